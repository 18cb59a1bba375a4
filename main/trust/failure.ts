/** Why something of trust could not be done, as a value for the screen. */
import { ConnectionError, HTTPError } from 'matrix-js-sdk/lib/http-api/errors.js';

import type { TrustFailure } from '../../preload/contract/trust';
import { requestFailure } from '../matrix/request-failure';

/** An end that was foreseen, on its way out of the SDK's hands. */
export class TrustEnd extends Error {
  override readonly name = 'TrustEnd';
  readonly reason: TrustFailure;
  constructor(reason: TrustFailure) {
    super(reason);
    this.reason = reason;
  }
}

export interface Failed {
  readonly ok: false;
  readonly reason: TrustFailure;
}

export const done = { ok: true } as const;

export const failed = (reason: TrustFailure): Failed => ({ ok: false, reason });

/** Messages of the SDK hold ids: of what is unforeseen only the kind is kept, by whoever logs it. */
export function trustFailure(error: unknown): TrustFailure {
  if (error instanceof TrustEnd) return error.reason;
  if (error instanceof ConnectionError) return 'unreachable';
  // What the SDK makes of a homeserver that takes too long.
  if (error instanceof Error && error.name === 'AbortError') return 'unreachable';
  if (!(error instanceof HTTPError)) return 'failed';
  const { reason } = requestFailure(error);
  if (reason === 'signedOut') return reason;
  return reason === 'unreachable' || reason === 'rateLimited' ? 'unreachable' : 'refused';
}
