import { ConnectionError, MatrixError } from 'matrix-js-sdk/lib/http-api/errors.js';
import { expect, it } from 'vitest';

import { NotTrusted } from '../../../../main/matrix/not-trusted';
import { NotSealed, sendFailure } from '../../../../main/matrix/send-failure';

const early = (cause: unknown) => new NotSealed('not ready', { cause });

it.each<[string, unknown, string]>([
  ['AN-19: without an answer the homeserver may have it', new ConnectionError('lost'), 'unreachable'],
  ['AN-19: what was not made ready it cannot have', early(new ConnectionError('lost')), 'notReady'],
  ['AN-19: nor where it is not known yet whether the room is encrypted', early(new Error('not known')), 'notReady'],
  ['EN-02: nor for whom one does not trust', early(new NotTrusted('not verified')), 'untrusted'],
  ['signed out on the way', early(new MatrixError({ errcode: 'M_UNKNOWN_TOKEN' }, 401)), 'signedOut'],
  ['IC-14: limited on the way', early(new MatrixError({ errcode: 'M_LIMIT_EXCEEDED' }, 429)), 'rateLimited'],
])('%s', (_what, error, reason) => {
  expect(sendFailure(error).reason).toBe(reason);
});
