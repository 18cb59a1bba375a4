/**
 * What the person's own settings say of a call that protocol and account would let ring. The last gate, and the same
 * for all accounts; what it holds back is listed with its reason like every call that may not ring (RG-04).
 */
import type { Settings } from '../../preload/contract/settings';
import type { RingVerdict } from '../../preload/contract/signalling';
import { quietAt } from '../../preload/contract/quiet';
import type { UnnumberedSignal } from '../account/contract';

export interface Caller {
  /** A room of their own with this person: they are in the list. */
  readonly listed: boolean;
  readonly favourite: boolean;
}

export interface OwnRulesEnv {
  readonly settings: () => Pick<Settings, 'doNotDisturb' | 'whoMayRing'>;
  /** ms since the epoch. */
  readonly date: () => number;
  readonly caller: (invite: Pick<Extract<UnnumberedSignal, { kind: 'event' }>, 'account' | 'sender'>) => Caller;
  /** As many ring already as may. RG-10 */
  readonly isTooMuch: (invite: Extract<UnnumberedSignal, { kind: 'event' }>) => boolean;
}

/** @returns the signal with the verdict that holds. */
export function byOwnRules(signal: UnnumberedSignal, env: OwnRulesEnv): UnnumberedSignal {
  if (signal.kind !== 'event' || signal.verdict?.ring !== true) return signal;
  return { ...signal, verdict: verdictOn(signal, env) };
}

function verdictOn(invite: Extract<UnnumberedSignal, { kind: 'event' }>, env: OwnRulesEnv): RingVerdict {
  const { whoMayRing, doNotDisturb } = env.settings();
  if (env.isTooMuch(invite)) return { ring: false, why: 'tooMany' };
  if (quietAt(doNotDisturb, env.date()) !== null) return { ring: false, why: 'doNotDisturb' };
  // Another device of the person's own account is nobody else.
  if (whoMayRing === 'everyone' || invite.sender === invite.account) return { ring: true };
  const { listed, favourite } = env.caller(invite);
  return (whoMayRing === 'people' ? listed : favourite) ? { ring: true } : { ring: false, why: 'notWanted' };
}
