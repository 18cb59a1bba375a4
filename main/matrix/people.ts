/** The rooms of an account as people who can be called: one entry for each, with the room where a call would be. Pure. */
import type { RoomId, UserId } from '../../preload/contract/ids';
import type { Person, Standing } from '../../preload/contract/people';
import { avatarUrl } from './avatar-url';
import type { DirectRooms } from './direct-rooms';

export interface Member {
  readonly userId: string;
  /** As they typed it; undefined where they did not. */
  readonly name: string | undefined;
  /** An `mxc:` URI, if it is one. */
  readonly avatar?: string | undefined;
  /** Undefined: not known yet; member lists are loaded lazily. */
  readonly membership: string | undefined;
}

/** What matters of a room to somebody who wants to call. */
export interface RoomFacts {
  readonly roomId: string;
  readonly own: 'join' | 'invite';
  /** Who invited us to a direct room, while we have not answered. */
  readonly directInviter: string | null;
  /** The others, as far as they are known. */
  readonly others: readonly Member[];
  /** Joined and invited, ourselves included, as the homeserver counts. */
  readonly members: number;
  /** Power levels let us send every event that a call needs. RG-08 */
  readonly maySignal: boolean;
  /** Replaced by a newer room. */
  readonly closed: boolean;
  /** ms since the epoch. */
  readonly lastActive: number;
  readonly favourite: boolean;
}

interface Candidate {
  readonly person: Person;
  readonly lastActive: number;
}

/** Best first: where a call can be placed, then where somebody waits. */
const preference: readonly Standing[] = ['joined', 'invitesUs', 'invited', 'left', 'none'];

/** Made once: thousands of names are compared with every change. */
const alphabet = new Intl.Collator();

/** Sorted by name; who shares a name with another is shown with their user id. */
export function peopleIn(rooms: readonly RoomFacts[], direct: DirectRooms, account: UserId): readonly Person[] {
  const userOf = new Map([...direct].flatMap(([userId, ids]) => ids.map((roomId) => [roomId, userId] as const)));
  const best = new Map<string, Candidate>();
  for (const room of rooms) {
    const userId = otherIn(room, userOf.get(room.roomId));
    if (userId === null || userId === account || room.closed) continue;
    const candidate = { person: personIn(room, userId, account), lastActive: room.lastActive };
    const known = best.get(userId);
    if (!known || isBetter(candidate, known)) best.set(userId, candidate);
  }
  const people = tellApart([...best.values()].map(({ person }) => person));
  return people.toSorted((a, b) => alphabet.compare(a.name, b.name) || (a.userId < b.userId ? -1 : 1));
}

/** Whose room is it? Either we know it as theirs, or there are just the two of us. */
function otherIn(room: RoomFacts, marked: string | undefined): string | null {
  if (room.own === 'invite') return room.directInviter;
  if (marked !== undefined) return marked;
  const present = room.others.filter(({ membership }) => membership !== 'leave' && membership !== 'ban');
  return room.members === 2 && present.length === 1 ? (present[0]?.userId ?? null) : null;
}

function personIn(room: RoomFacts, userId: string, account: UserId): Person {
  const member = room.others.find((other) => other.userId === userId);
  const standing = standingOf(room, member);
  return {
    account,
    userId: userId as UserId,
    name: readableName(member?.name, userId),
    roomId: room.roomId as RoomId,
    standing,
    barred: standing === 'invitesUs' || room.maySignal ? null : 'powerLevel',
    favourite: room.favourite,
    avatar: avatarUrl(account, member?.avatar),
  };
}

function standingOf(room: RoomFacts, member: Member | undefined): Standing {
  if (room.own === 'invite') return 'invitesUs';
  if (member?.membership === 'join') return 'joined';
  if (member?.membership === 'invite') return 'invited';
  return member?.membership === undefined && room.members > 1 ? 'joined' : 'left';
}

function isBetter(a: Candidate, b: Candidate): boolean {
  const rank = ({ person }: Candidate): number => preference.indexOf(person.standing) * 2 + (person.barred ? 1 : 0);
  return rank(a) === rank(b) ? a.lastActive > b.lastActive : rank(a) < rank(b);
}

/** Marks that change the direction of text, and control characters: with them a name could pass for another. */
const INVISIBLE = /[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

export function readableName(name: string | undefined, userId: string): string {
  const readable = name?.replace(INVISIBLE, '').trim().slice(0, 255) ?? '';
  return readable === '' ? userId : readable;
}

/** Two people of one name: each is shown with their address. */
export function tellApart(people: readonly Person[]): readonly Person[] {
  const count = new Map<string, number>();
  const key = ({ name }: Person): string => name.normalize('NFKC').toLocaleLowerCase();
  for (const person of people) count.set(key(person), (count.get(key(person)) ?? 0) + 1);
  return people.map((person) =>
    count.get(key(person)) === 1 || person.name === person.userId
      ? person
      : { ...person, name: `${person.name} (${person.userId})` },
  );
}
