/**
 * The people of one account: who is known from direct rooms, who can be found, and how a direct room comes to be.
 * Spec: client-server API, "Direct messaging", "User directory", "Profiles".
 */
import { ClientEvent, type MatrixClient, Preset, RoomEvent, RoomStateEvent, SyncState } from 'matrix-js-sdk';

import { type RoomId, UserId } from '../../preload/contract/ids';
import type { Person, PersonFailure, PersonResult, SearchResult } from '../../preload/contract/people';
import type { AccountSession } from '../account/contract';
import { avatarUrl } from './avatar-url';
import { readDirectRooms, withDirectRoom } from './direct-rooms';
import { peopleIn, readableName, tellApart } from './people';
import { requestFailure } from './request-failure';
import { roomFacts } from './room-facts';

export interface Directory extends Pick<
  AccountSession,
  'people' | 'search' | 'startDirect' | 'accept' | 'declineInvitation' | 'setFavourite'
> {
  /** Resolves when the homeserver knows, or refuses to, which rooms are direct. Never rejects. */
  readonly marked: () => Promise<unknown>;
}

export interface DirectoryEnv {
  readonly client: MatrixClient;
  readonly account: UserId;
  /** At most once per sync, and only when something changed. */
  readonly changed: (people: readonly Person[]) => void;
}

const MOST_FOUND = 20;
/** Spec: client-server API, "m.room.encryption". */
const ENCRYPTION = { algorithm: 'm.megolm.v1.aes-sha2' };

export function makeDirectory({ client, account, changed }: DirectoryEnv): Directory {
  let people: readonly Person[] = [];
  let told = '';
  const starting = new Map<string, Promise<PersonResult>>();
  /** Each change of `m.direct` writes the whole of it: the next one waits until the last one is back from the homeserver. */
  let marking: Promise<unknown> = Promise.resolve();

  let isStale = true;
  const stale = (): void => {
    isStale = true;
  };
  client.on(ClientEvent.Room, stale);
  client.on(ClientEvent.AccountData, stale);
  client.on(RoomStateEvent.Events, stale);
  client.on(RoomEvent.MyMembership, stale);
  client.on(RoomEvent.Tags, stale);
  client.on(ClientEvent.Sync, (state) => {
    // A call brings many syncs that say nothing of people.
    if (isStale && (state === SyncState.Prepared || state === SyncState.Syncing)) refresh();
  });

  function refresh(): void {
    isStale = false;
    const rooms = client.getRooms().map((room) => roomFacts(room, account));
    const direct = readDirectRooms(directContent());
    people = peopleIn(
      rooms.filter((room) => room !== null),
      direct,
      account,
    );
    const telling = JSON.stringify(people);
    if (telling === told) return;
    told = telling;
    changed(people);
  }

  async function search(text: string): Promise<SearchResult> {
    const term = text.trim();
    if (term === '') return { ok: true, people };
    if (/^@[^:]*:/.test(term)) return byAddress(term);
    const known = people.filter((person) => matches(person, term));
    try {
      const { results } = await client.searchUserDirectory({ term, limit: MOST_FOUND });
      const strangers = results
        .filter(({ user_id: userId }) => userId !== account && !people.some((person) => person.userId === userId))
        .map(({ user_id: userId, display_name: name, avatar_url: avatar }) => stranger(userId as UserId, name, avatar));
      return { ok: true, people: tellApart([...known, ...strangers]) };
    } catch (error) {
      // Whom we know we know without a homeserver.
      return known.length > 0 ? { ok: true, people: known } : failed(error);
    }
  }

  async function byAddress(text: string): Promise<SearchResult> {
    const found = await lookUp(text);
    return found.ok ? { ok: true, people: [found.person] } : found;
  }

  /** Somebody we know, or whose homeserver vouches for them. */
  async function lookUp(text: string): Promise<PersonResult> {
    const userId = UserId.safeParse(text.trim());
    if (!userId.success) return { ok: false, reason: 'malformed' };
    if (userId.data === account) return { ok: false, reason: 'self' };
    const known = people.find((person) => person.userId === userId.data);
    if (known && known.standing !== 'left') return { ok: true, person: known };
    try {
      const { displayname, avatar_url: avatar } = await client.getProfileInfo(userId.data);
      return { ok: true, person: stranger(userId.data, displayname, avatar) };
    } catch (error) {
      // Some homeservers keep profiles to themselves: that says nothing of the person.
      const failure = failed(error);
      return failure.reason === 'forbidden' ? { ok: true, person: stranger(userId.data, undefined) } : failure;
    }
  }

  function stranger(userId: UserId, name: string | undefined, picture?: string): Person {
    const known = { name: readableName(name, userId), avatar: avatarUrl(account, picture) };
    return { account, userId, ...known, roomId: null, standing: 'none', barred: null, favourite: false };
  }

  /** Asked for twice at once, e.g. by a double click, it is still one room. */
  function startDirect(userId: string, bridged = false): Promise<PersonResult> {
    const running = starting.get(userId);
    if (running) return running;
    const start = findOrMake(userId, bridged).finally(() => starting.delete(userId));
    starting.set(userId, start);
    return start;
  }

  async function findOrMake(text: string, bridged: boolean): Promise<PersonResult> {
    const found = await lookUp(text);
    if (!found.ok) return found;
    const { person } = found;
    if (person.standing === 'invitesUs' && person.roomId !== null) return accept(person.roomId);
    if (person.roomId !== null) return found;
    try {
      const roomId = await makeRoom(person.userId, bridged);
      mark(person.userId, roomId);
      return { ok: true, person: { ...person, roomId: roomId as RoomId, standing: 'invited' } };
    } catch (error) {
      return failed(error);
    }
  }

  /** Encrypted, unless the homeserver refuses to make such rooms, or a bridge could not read what is said there. */
  async function makeRoom(invited: UserId, bridged: boolean): Promise<string> {
    const room = { preset: Preset.TrustedPrivateChat, is_direct: true, invite: [invited] };
    if (bridged && !(await hasKeys(invited))) return (await client.createRoom(room)).room_id;
    const secret = { ...room, initial_state: [{ type: 'm.room.encryption', state_key: '', content: ENCRYPTION }] };
    const made = await client.createRoom(secret).catch((error: unknown) => {
      const { reason } = requestFailure(error);
      if (reason !== 'forbidden' && reason !== 'rejected') throw error;
      return client.createRoom(room);
    });
    return made.room_id;
  }

  /** Users of a bridge have no devices that could read anything. True also when nobody can say. */
  async function hasKeys(userId: UserId): Promise<boolean> {
    const devices = await client
      .getCrypto()
      ?.getUserDeviceInfo([userId], true)
      .catch(() => undefined);
    return devices === undefined || (devices.get(userId)?.size ?? 0) > 0;
  }

  async function accept(roomId: RoomId): Promise<PersonResult> {
    const person = people.find((one) => one.roomId === roomId);
    if (!person) return { ok: false, reason: 'notFound' };
    if (person.standing !== 'invitesUs') return { ok: true, person };
    try {
      await client.joinRoom(roomId);
      mark(person.userId, roomId);
      return { ok: true, person: { ...person, standing: 'joined' } };
    } catch (error) {
      const failure = failed(error);
      return failure.reason === 'notFound' ? { ok: false, reason: 'forbidden' } : failure; // taken back meanwhile
    }
  }

  async function declineInvitation(roomId: RoomId): ReturnType<Directory['declineInvitation']> {
    try {
      await client.leave(roomId);
      return { ok: true };
    } catch (error) {
      const { reason } = failed(error);
      return { ok: false, reason: reason === 'notFound' ? 'forbidden' : reason };
    }
  }

  /** Known to all clients of the account: the room is tagged. Spec: client-server API, "Room tagging". */
  async function setFavourite(roomId: RoomId, favourite: boolean): ReturnType<Directory['setFavourite']> {
    try {
      if (favourite) await client.setRoomTag(roomId, 'm.favourite', { order: 0.5 });
      else await client.deleteRoomTag(roomId, 'm.favourite');
      return { ok: true };
    } catch (error) {
      return failed(error);
    }
  }

  /**
   * For our other clients; here two people in a room are enough. A failure is none of the call's, and nobody waits for it.
   */
  function mark(userId: UserId, roomId: string): void {
    marking = marking
      .then(() => client.setAccountData('m.direct' as never, withDirectRoom(directContent(), userId, roomId) as never))
      .catch(() => undefined);
  }

  function directContent(): unknown {
    return client.getAccountData('m.direct' as never)?.getContent();
  }

  return {
    people: () => people,
    search,
    startDirect,
    accept,
    declineInvitation,
    setFavourite,
    marked: () => marking,
  };
}

/** By the start of a word of the name, or by any part of the address; letters count without their marks. */
function matches({ name, userId }: Person, term: string): boolean {
  const wanted = plain(term);
  return (
    plain(name)
      .split(/\s+/)
      .some((word) => word.startsWith(wanted)) ||
    plain(name).includes(wanted) ||
    plain(userId).includes(wanted)
  );
}

function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

type SharedFailure = Exclude<PersonFailure, 'malformed' | 'self'>;

function failed(error: unknown): { readonly ok: false; readonly reason: SharedFailure } {
  const { reason } = requestFailure(error);
  return { ok: false, reason: reason === 'tooLarge' || reason === 'rejected' ? 'forbidden' : reason };
}
