/** Why a signal did not leave, and whether the homeserver may have it all the same. AN-19, EN-02 */
import { NotTrusted } from './not-trusted';
import { requestFailure } from './request-failure';
import type { SendFailure } from './signalling-out';

/** It could not be made ready, so nothing was sent. The cause says why. */
export class NotSealed extends Error {
  override name = 'NotSealed';
}

export function sendFailure(error: unknown): SendFailure {
  const isSealed = !(error instanceof NotSealed);
  const cause = isSealed ? error : error.cause;
  if (cause instanceof NotTrusted) return { reason: 'untrusted' };
  const failure = requestFailure(cause);
  return failure.reason === 'unreachable' && !isSealed ? { reason: 'notReady' } : failure;
}
