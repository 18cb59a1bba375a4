import { beforeEach, describe, expect, it, vi } from 'vitest';

import type { Life, OpenedLife } from '../../../../main/account/life';
import { type Lives, makeLives } from '../../../../main/account/lives';
import type { WriteFailure } from '../../../../main/store/account-store';
import type { AccountTrouble } from '../../../../preload/contract/account-trouble';
import { turnedClock } from '../turned-clock';

let clock: ReturnType<typeof turnedClock>;
let lives: Lives;
/** What the next openings come to; without an entry they succeed. */
let troubles: AccountTrouble[];
let opened: Life[];
let fail: (failure: WriteFailure) => void;
const troubled = vi.fn<(trouble: AccountTrouble | null) => void>();

beforeEach(() => {
  clock = turnedClock();
  troubles = [];
  opened = [];
  troubled.mockReset();
  lives = makeLives({
    clock,
    troubled,
    open: (storeFailed): Promise<OpenedLife> => {
      const trouble = troubles.shift();
      if (trouble !== undefined) return Promise.resolve({ ok: false, trouble });
      fail = storeFailed;
      const life = { start: vi.fn(), save: vi.fn(() => Promise.resolve(true)), close: vi.fn(() => Promise.resolve()) };
      opened.push(life as unknown as Life);
      return Promise.resolve({ ok: true, life: life as unknown as Life });
    },
  });
});

const settle = (): Promise<void> => new Promise(setImmediate);
async function pass(ms: number): Promise<void> {
  clock.turn(ms);
  await settle();
}
const full: WriteFailure = { file: 'crypto', reason: 'diskFull', cause: null };

it('opens, starts, and closes once', async () => {
  await lives.start();
  expect(lives.ifAny()).toBe(opened[0]);
  expect(opened[0]?.start).toHaveBeenCalledOnce();
  await Promise.all([lives.stop(), lives.stop()]);
  expect(opened[0]?.close).toHaveBeenCalledOnce();
  expect(lives.ifAny()).toBeUndefined();
});

it('what is asked during an opening is answered by it, and by nobody where it fails', async () => {
  troubles = ['locked'];
  void lives.start();
  expect(await lives.soon()).toBeUndefined();
  lives.retry();
  expect(await lives.soon()).toBe(opened[0]);
});

describe('a write that fails', () => {
  it('closes the life before the next one begins; trouble is over when that has written something', async () => {
    await lives.start();
    fail(full);
    await settle();
    expect(opened[0]?.close).toHaveBeenCalledOnce();
    expect(troubled.mock.calls).toEqual([['diskFull']]);
    await pass(0);
    expect(lives.ifAny()).toBe(opened[1]);
    expect(troubled).toHaveBeenCalledOnce();
    lives.thrives();
    await settle();
    expect(opened[1]?.save).toHaveBeenCalledOnce();
    expect(troubled).toHaveBeenLastCalledWith(null);
  });

  it('again and again: with growing pauses', async () => {
    await lives.start();
    for (const pause of [0, 2000, 10_000, 30_000, 30_000]) {
      fail(full);
      await settle();
      if (pause > 0) await pass(pause - 1);
      expect(lives.ifAny()).toBeUndefined();
      await pass(1);
      expect(lives.ifAny()).toBeDefined();
    }
  });

  it('ends what waits for its client', async () => {
    await lives.start();
    const waiting = lives.whileLived(new Promise(() => undefined));
    fail(full);
    await expect(waiting).rejects.toThrow('ended');
  });
});

it('what waits for a life gets the next one', async () => {
  troubles = ['locked'];
  const waiting = lives.next();
  await lives.start();
  expect(() => lives.current()).toThrow();
  lives.retry();
  expect(await waiting).toBe(opened[0]);
});

it('of a store that cannot be read any more nothing is tried again by itself', async () => {
  troubles = ['damaged'];
  await lives.start();
  await pass(1e6);
  expect(opened).toEqual([]);
  expect(troubled.mock.calls).toEqual([['damaged']]);
});

it('stopped while it opens, it is closed', async () => {
  const starting = lives.start();
  await lives.stop();
  await starting;
  expect(lives.ifAny()).toBeUndefined();
  for (const life of opened) expect(life.close).toHaveBeenCalledOnce();
  await pass(1e6);
  expect(opened.length).toBeLessThanOrEqual(1);
});
