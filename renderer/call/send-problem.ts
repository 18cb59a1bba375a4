/** What the person is told of a signal that did not get through. */
import type { SignalOutcome } from '../../preload/contract/signalling';
import type { SendProblem } from './call-view';

export function sendProblem(reason: Extract<SignalOutcome, { ok: false }>['reason']): SendProblem {
  return reason === 'gaveUp' || reason === 'untrusted' ? reason : 'forbidden';
}
