/** Reads from the SDK's rooms what the directory and the ringing policy must know. */
import { EventTimeline, type MatrixClient, MatrixEvent, type Room } from 'matrix-js-sdk';

import type { UserId } from '../../preload/contract/ids';
import { callEventTypes } from '../../preload/contract/signalling';
import type { RingFacts } from '../ringing/policy';
import type { RoomFacts } from './people';
import type { CallEventFacts } from './signalling-in';

/** Null: neither joined nor invited. */
export function roomFacts(room: Room, account: UserId): RoomFacts | null {
  const own = room.getMyMembership();
  if (own !== 'join' && own !== 'invite') return null;
  const state = stateOf(room);
  const invitation = room.getMember(account)?.events.member;
  const isDirect = own === 'invite' && invitation?.getContent().is_direct === true;
  return {
    roomId: room.roomId,
    own,
    directInviter: isDirect ? (invitation.getSender() ?? null) : null,
    others: room
      .getMembers()
      .filter(({ userId }) => userId !== account)
      .map(({ userId, membership, events }) => ({
        userId,
        membership,
        name: displayName(events.member),
        avatar: avatarOf(events.member),
      })),
    members: room.getInvitedAndJoinedMemberCount(),
    maySignal: typesIn(room).every((type) => state?.maySendEvent(type, account) === true),
    closed: state?.getStateEvents('m.room.tombstone', '') != null,
    lastActive: room.getLastActiveTimestamp(),
    favourite: Object.hasOwn(room.tags, 'm.favourite'),
  };
}

/** The types that the homeserver sees: encrypted, all are of one. */
function typesIn(room: Room): readonly string[] {
  return room.hasEncryptionStateEvent() ? ['m.room.encrypted'] : callEventTypes;
}

/** What the policy must know of an invite. RG-01..RG-06 */
export function ringFacts(client: MatrixClient, account: UserId, { event, age, settled }: CallEventFacts): RingFacts {
  const room = client.getRoom(event.roomId);
  const sender = room?.getMember(event.sender)?.membership;
  return {
    account,
    sender: event.sender as UserId,
    ownDevice: event.ownDevice,
    invitee: event.content.invitee,
    inviteeDevice: event.content.invitee_device_id,
    device: client.getDeviceId(),
    age,
    lifetime: event.content.lifetime,
    settled,
    joined: room?.getMyMembership() === 'join',
    senderJoined: sender === undefined ? null : sender === 'join',
    senderIgnored: client.isUserIgnored(event.sender),
    joinRule: room?.getJoinRule() ?? 'invite',
    roomEncrypted: room?.hasEncryptionStateEvent() === true,
    standing: event.standing,
    notifies: notifies(client, event),
    silenced: isSilenced(client),
  };
}

function notifies(client: MatrixClient, { eventId, roomId, sender, type, content }: CallEventFacts['event']): boolean {
  const event = new MatrixEvent({ event_id: eventId, room_id: roomId, sender, type, content: { ...content } });
  return client.getPushActionsForEvent(event, true)?.notify === true;
}

/** MSC3890: another device of ours silenced this one. */
function isSilenced(client: MatrixClient): boolean {
  const device = client.getDeviceId() ?? '';
  const names = [`m.local_notification_settings.${device}`, `org.matrix.msc3890.local_notification_settings.${device}`];
  return names.some((name) => client.store.getAccountData(name)?.getContent().is_silenced === true);
}

export function displayName(member: MatrixEvent | undefined): string | undefined {
  const name: unknown = member?.getContent().displayname;
  return typeof name === 'string' ? name : undefined;
}

function avatarOf(member: MatrixEvent | undefined): string | undefined {
  const url: unknown = member?.getContent().avatar_url;
  return typeof url === 'string' ? url : undefined;
}

function stateOf(room: Room): ReturnType<EventTimeline['getState']> {
  return room.getLiveTimeline().getState(EventTimeline.FORWARDS);
}
