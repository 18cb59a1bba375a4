/**
 * May this invite ring? Pure: facts in, verdict out.
 * Spec: client-server API, Voice over IP, "Invitees" and "Liveness"; checklist RG-01..RG-06, V1-07, V1-08,
 * LV-01..LV-05, LV-12, EN-02, EN-03.
 */
import type { UserId } from '../../preload/contract/ids';
import type { RingVerdict } from '../../preload/contract/signalling';
import type { Standing } from '../matrix/room-crypto';

export interface RingFacts {
  readonly account: UserId;
  readonly sender: UserId;
  /** Sent by this very device of ours: what we placed ourselves does not ring here. V1-07 */
  readonly ownDevice: boolean;
  /** As it came: whoever wrote the event may have put anything there. V1-13 */
  readonly invitee: unknown;
  /** The one device of the invitee that is called; matrix-dart-sdk names it. As it came. X-05 */
  readonly inviteeDevice: unknown;
  /** Ours. */
  readonly device: string | null;
  /** ms since the invite was sent. LV-01 */
  readonly age: number;
  /** As it came. LV-12 */
  readonly lifetime: unknown;
  /** Answered, rejected or hung up by what was read together with it. LV-05 */
  readonly settled: boolean;
  readonly joined: boolean;
  /** Null: the homeserver did not say; it took the event, so they were in the room. */
  readonly senderJoined: boolean | null;
  readonly senderIgnored: boolean;
  readonly joinRule: string;
  readonly roomEncrypted: boolean;
  /** `clear`: not encrypted. See `RoomCrypto.standingOf`. */
  readonly standing: Standing | 'clear';
  /** The push rules say that this event notifies: `.m.rule.call` and whatever the person put before it. RG-06 */
  readonly notifies: boolean;
  /** Notifications of this device were silenced from another one. RG-06 */
  readonly silenced: boolean;
}

/** ms that a person needs to see the call and reach for it. LV-03 */
const REACTION = 3000;

const USUAL_LIFETIME = 90_000; // LV-09
const SHORTEST_LIFETIME = 1000;
export const LONGEST_LIFETIME = 600_000;

/** ms that an invite is valid, whatever it says: neither dead on arrival nor ringing for ever. LV-12 */
export function inviteLifetime(lifetime: unknown): number {
  if (typeof lifetime !== 'number' || !Number.isFinite(lifetime)) return USUAL_LIFETIME;
  return Math.min(Math.max(lifetime, SHORTEST_LIFETIME), LONGEST_LIFETIME);
}

/** The first reason that applies, those that do not pass with time first: a call for somebody else is never "missed". */
export function mayRing(facts: RingFacts): RingVerdict {
  const invitee = typeof facts.invitee === 'string' ? facts.invitee : null;
  if (invitee !== null && invitee !== facts.account) return silent('invitee'); // RG-01
  if (isForAnotherDevice(facts)) return silent('invitee');
  // Without an invitee it is meant for anyone but its sender (V1-08); with ours, our other devices ring (V1-07).
  if (facts.sender === facts.account && (invitee === null || facts.ownDevice)) return silent('ownUser');
  if (facts.settled) return silent('settled');
  if (!facts.joined || facts.senderJoined === false) return silent('notJoined'); // RG-05
  if (facts.senderIgnored) return silent('ignoredUser');
  if (facts.joinRule === 'public') return silent('publicRoom'); // RG-03
  if (facts.standing === 'forged' || (facts.roomEncrypted && facts.standing === 'clear')) return silent('untrusted'); // EN-03
  if (facts.standing === 'stranger') return silent('unverified'); // EN-02
  if (inviteLifetime(facts.lifetime) - facts.age < REACTION) return silent('expired');
  // Push rules never match what we sent ourselves, so they cannot speak of a call from another device of ours.
  if (!facts.notifies && facts.sender !== facts.account) return silent('muted');
  return facts.silenced ? silent('doNotDisturb') : { ring: true };
}

function isForAnotherDevice({ inviteeDevice, device }: RingFacts): boolean {
  return typeof inviteeDevice === 'string' && inviteeDevice !== '' && device !== null && inviteeDevice !== device;
}

type Reason = Extract<RingVerdict, { ring: false }>['why'];

function silent(why: Reason): RingVerdict {
  return { ring: false, why };
}
