/**
 * Answers for a person, in calls of those whom they named: after a moment in which one sees and hears who calls, without
 * a camera, and never into another call.
 */
import type { UserId } from '../../preload/contract/ids';
import type { Settings } from '../../preload/contract/settings';
import type { CallKey } from '../../preload/contract/signalling';
import type { Clock } from '../clock';
import type { RingingCall, Sign } from './alert';

/** ms of ringing before the answer. */
export const forewarning = 2500;

export interface AutoAnswerEnv {
  readonly clock: Pick<Clock, 'after'>;
  readonly settings: () => Pick<Settings, 'autoAnswer'>;
  /** A call goes on already, on hold or not. */
  readonly isBusy: () => boolean;
  readonly answer: (call: CallKey & { readonly caller: UserId }) => void;
}

/** A sign like the others: what ends the ringing takes back the answer that has not been given. */
export function autoAnswering({ clock, settings, isBusy, answer }: AutoAnswerEnv): Sign {
  const mayAnswer = ({ account, caller }: RingingCall): boolean =>
    !isBusy() && settings().autoAnswer.some((one) => one.account === account && one.userId === caller);
  return (call) => {
    if (!mayAnswer(call)) return () => undefined;
    return clock.after(forewarning, () => {
      // Another call may have begun, or the person changed their mind, while this one rang.
      if (mayAnswer(call)) answer(call);
    });
  };
}
