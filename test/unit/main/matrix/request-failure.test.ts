import { ConnectionError, HTTPError, MatrixError } from 'matrix-js-sdk';
import { describe, expect, it } from 'vitest';

import { requestFailure } from '../../../../main/matrix/request-failure';

it.each([
  [401, 'M_UNKNOWN_TOKEN', 'signedOut'],
  [401, 'M_MISSING_TOKEN', 'signedOut'],
  [403, 'M_FORBIDDEN', 'forbidden'],
  [403, undefined, 'forbidden'],
  [404, 'M_NOT_FOUND', 'notFound'],
  [400, 'M_BAD_JSON', 'rejected'],
  [413, undefined, 'tooLarge'],
  [400, 'M_TOO_LARGE', 'tooLarge'],
  [408, undefined, 'unreachable'],
  [500, 'M_UNKNOWN', 'unreachable'],
  [502, undefined, 'unreachable'],
])('%d %s → %s', (status, errcode, reason) => {
  expect(requestFailure(new MatrixError(errcode === undefined ? {} : { errcode }, status))).toEqual({ reason });
});

const silences: readonly Error[] = [
  new ConnectionError('fetch failed'),
  new DOMException('aborted', 'AbortError'),
  new SyntaxError('not JSON'),
];
it.each(silences)('no answer: %s', (error) => {
  expect(requestFailure(error)).toEqual({ reason: 'unreachable' });
});

describe('IC-14: the time to wait after a 429', () => {
  const header = (value: string): Headers => new Headers({ 'retry-after': value });

  it.each([
    ['in the body', new MatrixError({ errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: 1500 }, 429), 1500],
    ['in the header', new MatrixError({ errcode: 'M_LIMIT_EXCEEDED' }, 429, undefined, undefined, header('2')), 2000],
    ['nowhere', new MatrixError({ errcode: 'M_LIMIT_EXCEEDED' }, 429), undefined],
    [
      'nonsense',
      new MatrixError({ errcode: 'M_LIMIT_EXCEEDED' }, 429, undefined, undefined, header('soon')),
      undefined,
    ],
    ['of a proxy without JSON', new HTTPError('Too Many Requests', 429, header('3')), 3000],
  ])('%s', (_where, error, retryAfter) => {
    expect(requestFailure(error)).toEqual({ reason: 'rateLimited', retryAfter });
  });
});
