import { expect, it, vi } from 'vitest';

import { makeAttempts } from '../../../../main/account/attempts';
import type { Attempt } from '../../../../main/account/in-browser';
import type { SignInResult } from '../../../../preload/contract/accounts';
import type { UserId } from '../../../../preload/contract/ids';

const done: SignInResult = { ok: true, account: '@bob:x' as UserId };
const never = () => new Promise<SignInResult>(() => undefined);

it('answers what the sign-in answers', async () => {
  expect(await makeAttempts(vi.fn()).begin(() => Promise.resolve(done))).toEqual(done);
});

it('is cancelled at once, whatever still runs; that tells nothing any more', async () => {
  const progress = vi.fn();
  const attempts = makeAttempts(progress);
  let seen: Attempt | undefined;
  const result = attempts.begin((attempt) => {
    seen = attempt;
    attempt.progress({ stage: 'browser' });
    return never();
  });
  attempts.cancel();
  expect(await result).toEqual({ ok: false, reason: 'cancelled' });
  expect(seen?.signal.aborted).toBe(true);
  seen?.progress({ stage: 'finishing' });
  expect(progress.mock.calls).toEqual([[{ stage: 'browser' }]]);
});

it('a new one cancels the one under way', async () => {
  const attempts = makeAttempts(vi.fn());
  const first = attempts.begin(never);
  const second = attempts.begin(() => Promise.resolve(done));
  expect(await first).toEqual({ ok: false, reason: 'cancelled' });
  expect(await second).toEqual(done);
});

it('opens the page of the one under way once more, and no other', async () => {
  const attempts = makeAttempts(vi.fn());
  const [one, two] = [vi.fn(), vi.fn()];
  let first: Attempt | undefined;
  void attempts.begin((attempt) => {
    first = attempt;
    attempt.reopen(one);
    return never();
  });
  attempts.reopen();
  const { promise, resolve } = Promise.withResolvers<SignInResult>();
  const result = attempts.begin((attempt) => {
    attempt.reopen(two);
    return promise;
  });
  first?.reopen(one);
  attempts.reopen();
  resolve(done);
  await result;
  attempts.reopen();
  expect([one.mock.calls.length, two.mock.calls.length]).toEqual([1, 1]);
});
