import { ConnectionError, MatrixError } from 'matrix-js-sdk/lib/http-api/errors.js';
import { describe, expect, it, vi } from 'vitest';
import { makeTasks } from '../../../../main/trust/tasks';
import type { TrustResult } from '../../../../preload/contract/trust';
import { quietLog } from '../quiet-log';
import { turnedClock } from '../turned-clock';

const ok: TrustResult = { ok: true };
const wantsPassword = () => Promise.reject(new MatrixError({ flows: [{ stages: ['m.login.password'] }] }, 401));

function made(typed: string | null = null) {
  const clock = turnedClock();
  const stages: (string | null)[] = [];
  let password = typed;
  const openBrowser = vi.fn(() => Promise.resolve());
  const tasks = makeTasks({
    userId: '@anna:example.org',
    fallbackUrl: () => 'https://example.org/sso',
    openBrowser,
    takePassword: () => {
      const taken = password;
      password = null;
      return taken;
    },
    clock,
    log: quietLog(),
    changed: () => {
      stages.push(tasks.current()?.stage ?? null);
    },
  });
  return { clock, stages, tasks, openBrowser };
}

describe('a task', () => {
  it('is shown while it works, and no other may begin', async () => {
    const { tasks } = made();
    const end = Promise.withResolvers<TrustResult>();
    const running = tasks.run('restore', () => end.promise);
    expect(await tasks.run('backup', () => Promise.resolve(ok))).toEqual({ ok: false, reason: 'busy' });
    expect(tasks.current()).toEqual({ what: 'restore', stage: 'working' });
    end.resolve(ok);
    expect(await running).toEqual(ok);
    expect(tasks.current()).toBeNull();
  });

  it('waits for a password, and goes on with it', async () => {
    const { tasks, stages } = made();
    const send = vi.fn().mockImplementationOnce(wantsPassword).mockResolvedValueOnce('through');
    const running = tasks.run('reset', async ({ authorize }) => {
      await authorize(send);
      return ok;
    });
    await vi.waitFor(() => {
      expect(stages).toContain('password');
    }, 10_000);
    tasks.password('secret');
    expect(await running).toEqual(ok);
    expect(send.mock.lastCall?.[0]).toMatchObject({ password: 'secret' });
  });

  it('uses what was typed at the sign-in, once', async () => {
    const { tasks, stages } = made('typed');
    const send = vi.fn().mockImplementationOnce(wantsPassword).mockResolvedValueOnce('through');
    await tasks.run('setUp', async ({ authorize }) => {
      await authorize(send);
      return ok;
    });
    expect(send.mock.lastCall?.[0]).toMatchObject({ password: 'typed' });
    expect(stages).not.toContain('password');
  });

  it('that nobody asked for asks nobody', async () => {
    const { tasks, stages } = made();
    const work = tasks.run('setUp', async ({ authorize }) => (await authorize(wantsPassword), ok), true);
    expect(await work).toEqual({ ok: false, reason: 'unsupported' });
    expect(stages).not.toContain('password');
  });

  it('that nobody asked for is waited for by one that somebody did', async () => {
    const { tasks } = made();
    const end = Promise.withResolvers<TrustResult>();
    const first = tasks.run('setUp', () => end.promise, true);
    const second = tasks.run('setUp', () => Promise.resolve(ok));
    end.resolve(ok);
    expect(await Promise.all([first, second])).toEqual([ok, ok]);
  });

  it('given up is over at once, whatever the homeserver does; the next one waits a little for its end', async () => {
    const { tasks, clock } = made();
    const first = Promise.withResolvers<TrustResult>();
    const running = tasks.run('restore', () => first.promise);
    await Promise.resolve();
    tasks.cancel();
    expect(await running).toEqual({ ok: false, reason: 'cancelled' });
    expect(tasks.current()).toBeNull();
    const second = tasks.run('restore', () => Promise.resolve(ok));
    first.resolve(ok);
    expect(await second).toEqual(ok);

    const silent = tasks.run('restore', () => new Promise(() => undefined));
    await Promise.resolve();
    tasks.cancel();
    await silent;
    const third = tasks.run('restore', () => Promise.resolve(ok));
    await vi.waitFor(() => {
      clock.turn(1000);
    }, 10_000);
    clock.turn(10_000);
    expect(await third).toEqual({ ok: false, reason: 'busy' });
  });

  it.each<[Error, string]>([
    [new ConnectionError('gone'), 'unreachable'],
    [new MatrixError({ errcode: 'M_FORBIDDEN' }, 403), 'refused'],
    [new MatrixError({ errcode: 'M_UNKNOWN_TOKEN' }, 401), 'signedOut'],
    [new MatrixError({ errcode: 'M_LIMIT_EXCEEDED' }, 429), 'unreachable'],
    [new Error('a bug'), 'failed'],
  ])('%s is %s', async (error, reason) => {
    expect(await made().tasks.run('restore', () => Promise.reject(error))).toEqual({ ok: false, reason });
  });
});
