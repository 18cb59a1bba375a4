import { ConnectionError, HTTPError, MatrixError } from 'matrix-js-sdk/lib/http-api/errors.js';
import { expect, it } from 'vitest';

import { TrustEnd, trustFailure } from '../../../../main/trust/failure';

it.each<[string, unknown, string]>([
  ['no connection', new ConnectionError('fetch failed'), 'unreachable'],
  ['no answer in time', new DOMException('This operation was aborted', 'AbortError'), 'unreachable'],
  ['in trouble itself', new HTTPError('bad gateway', 502), 'unreachable'],
  ['too often', new MatrixError({ errcode: 'M_LIMIT_EXCEEDED' }, 429), 'unreachable'],
  ['a lost token', new MatrixError({ errcode: 'M_UNKNOWN_TOKEN' }, 401), 'signedOut'],
  ['a considered no', new MatrixError({ errcode: 'M_FORBIDDEN' }, 403), 'refused'],
  ['an end that was foreseen', new TrustEnd('incomplete'), 'incomplete'],
  ['a fault of ours', new TypeError('undefined is not a function'), 'failed'],
])('%s', (_what, error, reason) => {
  expect(trustFailure(error)).toBe(reason);
});
