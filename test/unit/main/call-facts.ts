/** One incoming call, as the tests of main speak of it: Ben calls Anna, whose account this is. */
import type { UnnumberedSignal } from '../../../main/account/contract';
import type { CallReport } from '../../../preload/contract/calls';
import type { CallId, PartyId, RoomId, UserId } from '../../../preload/contract/ids';
import type { CallKey } from '../../../preload/contract/signalling';

export const anna = '@anna:example.org' as UserId;
export const ben = '@ben:example.org' as UserId;
export const cleo = '@cleo:example.org' as UserId;
export const room = '!room:example.org' as RoomId;

export const call: CallKey = { account: anna, roomId: room, callId: 'call-1' as CallId };
export const otherCall: CallKey = { ...call, callId: 'call-2' as CallId };

type Event = Extract<UnnumberedSignal, { kind: 'event' }>;

export const event = (type: Event['type'], facts: Partial<Event> = {}): Event => ({
  kind: 'event',
  ...call,
  eventId: `$${type}`,
  sender: ben,
  type,
  content: { call_id: facts.callId ?? call.callId, version: '1', party_id: 'BEN' },
  age: 0,
  encrypted: false,
  members: 2,
  ...facts,
});

export const invite = (facts: Partial<Event> = {}): Event =>
  event('m.call.invite', {
    content: { call_id: call.callId, version: '1', party_id: 'BEN', lifetime: 60_000 },
    verdict: { ring: true },
    ...facts,
  });

/** `content` with another party, or without one. */
export const ofParty = (party: string | undefined): Pick<Event, 'content'> => ({
  content: { call_id: call.callId, version: '1', ...(party === undefined ? {} : { party_id: party }) },
});

export const left = (userId: UserId, facts: Partial<CallKey> = {}): UnnumberedSignal => ({
  kind: 'left',
  account: facts.account ?? anna,
  roomId: facts.roomId ?? room,
  userId,
});

export const redacted = (facts: Partial<CallKey> = {}): UnnumberedSignal => ({
  kind: 'redacted',
  ...call,
  eventId: '$m.call.invite',
  ...facts,
});

export const report = (state: CallReport['state'], facts: Partial<CallReport> = {}): CallReport => ({
  ...call,
  partyId: 'ANNA' as PartyId,
  version: '1',
  direction: 'incoming',
  peer: ben,
  kind: 'voice',
  state,
  announced: false,
  muted: false,
  held: false,
  picture: false,
  sharing: false,
  ...facts,
});
