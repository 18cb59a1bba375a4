/**
 * Telephone numbers, where the homeserver has a bridge that leads to them: who stands for a number is asked through its
 * third-party protocol, and called in a direct room like anybody else.
 * Spec: client-server API, "Third-party lookups". The protocols' names and fields are those of the bridges in use, as
 * element-web asks for them (PSTN, and virtual users who take the calls of native ones).
 */
import { UserId } from '../../preload/contract/ids';
import type { NumberResult, NumberSupport } from '../../preload/contract/numbers';
import type { Person, PersonResult } from '../../preload/contract/people';
import type { Clock } from '../clock';
import type { RequestFailure } from './request-failure';

export interface Numbers {
  /** Asks up to three times, 10 s apart, before it says `unknown`. */
  readonly support: () => Promise<NumberSupport>;
  /** Looks a number up and sees to it that it can be called. Never rejects. */
  readonly find: (number: string) => Promise<NumberResult>;
  /** Whoever stands for a number may have come into the room. */
  readonly peopleChanged: () => void;
}

export interface NumbersEnv {
  readonly clock: Clock;
  /** `GET /thirdparty/protocols`. Rejects as the SDK does. */
  readonly protocols: () => Promise<unknown>;
  /** `GET /thirdparty/user/PROTOCOL`. Rejects as the SDK does. */
  readonly users: (protocol: string, fields: Readonly<Record<string, string>>) => Promise<unknown>;
  /** In a room that a bridge can read. */
  readonly startDirect: (userId: UserId) => Promise<PersonResult>;
  readonly person: (userId: UserId) => Person | undefined;
  readonly failureOf: (error: unknown) => RequestFailure;
}

/** Best first. */
const PSTN = ['m.protocol.pstn', 'im.vector.protocol.pstn'] as const;
const NATIVE = 'im.vector.protocol.sip_native';
const VIRTUAL = 'im.vector.protocol.sip_virtual';

const TRIES = 3;
/** ms between them. */
const PAUSE = 10_000;
/** ms for which a no is believed: somebody may set up a bridge. */
const NO_IS_GOOD_FOR = 600_000;
/** ms in which a bridge's user joins the room that it was invited to. */
const JOINING = 20_000;

/** What the homeserver leads to. */
interface Bridge {
  readonly pstn: (typeof PSTN)[number] | null;
  /** Numbers may be taken by virtual users in place of the people behind them. */
  readonly hasVirtualUsers: boolean;
  readonly at: number;
}

type Failed = Extract<NumberResult, { ok: false }>;

export function makeNumbers({ clock, protocols, users, startDirect, person, failureOf }: NumbersEnv): Numbers {
  let bridge: Bridge | null = null;
  let asking: Promise<Bridge | Failed> | null = null;
  let supporting: Promise<NumberSupport> | null = null;
  const waiting = new Set<() => void>();

  async function ask(): Promise<Bridge | Failed> {
    try {
      bridge = read(await protocols(), clock.now());
      return bridge;
    } catch (error) {
      const failure = failed(error);
      // Nothing to lead anywhere, and it says so.
      if (failure.reason !== 'notFound' && failure.reason !== 'forbidden') return failure;
      return (bridge = { pstn: null, hasVirtualUsers: false, at: clock.now() });
    }
  }

  function known(): Promise<Bridge | Failed> {
    const isGood = bridge !== null && (bridge.pstn !== null || clock.now() - bridge.at < NO_IS_GOOD_FOR);
    if (isGood && bridge !== null) return Promise.resolve(bridge);
    asking ??= ask().finally(() => {
      asking = null;
    });
    return asking;
  }

  async function support(): Promise<NumberSupport> {
    for (let attempt = 1; ; attempt++) {
      const found = await known();
      if ('at' in found) return found.pstn === null ? 'no' : 'yes';
      if (attempt === TRIES || found.reason === 'signedOut') return 'unknown';
      await new Promise<void>((resolve) => clock.after(PAUSE, resolve));
    }
  }

  async function find(number: string): Promise<NumberResult> {
    const found = await known();
    if (!('at' in found)) return found;
    if (found.pstn === null) return { ok: false, reason: 'noBridge' };
    const named = await lookUp(found.pstn, { 'm.id.phone': number });
    if (typeof named !== 'string') return named ?? { ok: false, reason: 'unknownNumber' };
    const target = found.hasVirtualUsers ? await whoTakesCallsOf(named) : named;
    const started = await startDirect(target);
    if (!started.ok || started.person.standing === 'joined') return started;
    return (await joined(target)) ?? { ok: false, reason: 'bridgeSilent' };
  }

  /** A number may name a virtual user: calls go to the one of whoever is behind it. */
  async function whoTakesCallsOf(named: UserId): Promise<UserId> {
    const native = await lookUp(NATIVE, { virtual_mxid: named });
    const virtual = await lookUp(VIRTUAL, { native_mxid: typeof native === 'string' ? native : named });
    return typeof virtual === 'string' ? virtual : named;
  }

  /** Null: nobody. */
  async function lookUp(protocol: string, fields: Readonly<Record<string, string>>): Promise<UserId | Failed | null> {
    try {
      return firstUser(await users(protocol, fields));
    } catch (error) {
      const failure = failed(error);
      return failure.reason === 'notFound' ? null : failure;
    }
  }

  function failed(error: unknown): Failed {
    const { reason } = failureOf(error);
    return { ok: false, reason: reason === 'tooLarge' || reason === 'rejected' ? 'forbidden' : reason };
  }

  /** Null when nobody comes in time. */
  function joined(userId: UserId): Promise<NumberResult | null> {
    return new Promise((resolve) => {
      const done = (result: NumberResult | null): void => {
        waiting.delete(look);
        cancel();
        resolve(result);
      };
      const look = (): void => {
        const now = person(userId);
        if (now?.standing === 'joined') done({ ok: true, person: now });
      };
      const cancel = clock.after(JOINING, () => {
        done(null);
      });
      waiting.add(look);
      look();
    });
  }

  return {
    support: () => {
      supporting ??= support().finally(() => {
        supporting = null;
      });
      return supporting;
    },
    find,
    peopleChanged: () => {
      for (const look of [...waiting]) look();
    },
  };
}

function read(answer: unknown, at: number): Bridge {
  const has = (name: string): boolean => typeof answer === 'object' && answer !== null && Object.hasOwn(answer, name);
  return { pstn: PSTN.find(has) ?? null, hasVirtualUsers: has(NATIVE) && has(VIRTUAL), at };
}

/** Of those that a lookup names; a bridge that found none may still answer with one, and say so. */
function firstUser(answer: unknown): UserId | null {
  if (!Array.isArray(answer)) return null;
  for (const entry of answer as readonly unknown[]) {
    if (typeof entry !== 'object' || entry === null || !('userid' in entry)) continue;
    const fields = 'fields' in entry ? entry.fields : null;
    const failed =
      typeof fields === 'object' && fields !== null && 'lookup_success' in fields && !fields.lookup_success;
    const userId = UserId.safeParse(entry.userid);
    if (userId.success && !failed) return userId.data;
  }
  return null;
}
