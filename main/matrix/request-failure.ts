/** What a rejected request of the SDK means. Its messages hold room and user ids: they are never passed on or logged. */
import { HTTPError, MatrixError } from 'matrix-js-sdk/lib/http-api/errors.js';

export type RequestFailure =
  | {
      readonly reason: 'signedOut' | 'forbidden' | 'notFound' | 'tooLarge' | 'rejected';
    }
  /** No answer, or one that says that the server itself is in trouble: the request may have been carried out. */
  | { readonly reason: 'unreachable' }
  | {
      readonly reason: 'rateLimited';
      /** ms to wait, where the homeserver said so. IC-14 */
      readonly retryAfter: number | undefined;
    };

export function requestFailure(error: unknown): RequestFailure {
  if (!(error instanceof HTTPError) || error.httpStatus === undefined) return { reason: 'unreachable' };
  const errcode = error instanceof MatrixError ? error.errcode : undefined;
  if (errcode === 'M_UNKNOWN_TOKEN' || errcode === 'M_MISSING_TOKEN') return { reason: 'signedOut' };
  if (error.httpStatus === 429 || errcode === 'M_LIMIT_EXCEEDED') {
    return { reason: 'rateLimited', retryAfter: retryAfter(error) };
  }
  if (error.httpStatus >= 500 || error.httpStatus === 408) return { reason: 'unreachable' };
  if (error.httpStatus === 413 || errcode === 'M_TOO_LARGE') return { reason: 'tooLarge' };
  if (error.httpStatus === 403) return { reason: 'forbidden' };
  return { reason: error.httpStatus === 404 ? 'notFound' : 'rejected' };
}

function retryAfter(error: HTTPError): number | undefined {
  try {
    return Math.max(0, error.getRetryAfterMs() ?? Number.NaN) || undefined;
  } catch {
    return undefined; // not a number, not a date
  }
}
