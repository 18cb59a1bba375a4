import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { endOrderly } from '../../../../main/desktop/lifecycle';
import { quietLog } from '../quiet-log';
import { turnedClock } from '../turned-clock';

/** Electron's `app` as far as its end goes: `quit` asks, and goes unless it is held back. */
class App extends EventEmitter {
  gone = false;
  quit(): void {
    let held = false;
    this.emit('before-quit', { preventDefault: () => (held = true) });
    this.gone ||= !held;
  }
}

function running(finish: () => Promise<void>) {
  const app = new App();
  const clock = turnedClock();
  const log = quietLog();
  const lifecycle = endOrderly({ app: app as never, clock, log, finish, bound: 3000 });
  return { app, clock, log, lifecycle };
}

describe('the end of the program', () => {
  it('waits for the last words, said once', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const finish = vi.fn(() => promise);
    const { app, lifecycle } = running(finish);
    expect(lifecycle.isQuitting()).toBe(false);
    app.quit();
    app.quit();
    expect([app.gone, lifecycle.isQuitting(), finish.mock.calls.length]).toEqual([false, true, 1]);
    resolve(undefined);
    await vi.waitFor(() => {
      expect(app.gone).toBe(true);
    }, 10_000);
  });

  it('does not wait for ever', () => {
    const { app, clock } = running(() => new Promise(() => undefined));
    app.quit();
    clock.turn(2999);
    expect(app.gone).toBe(false);
    clock.turn(1);
    expect(app.gone).toBe(true);
  });

  it('goes although the last words fail', async () => {
    const { app, log } = running(() => Promise.reject(new Error('disk full')));
    app.quit();
    await vi.waitFor(() => {
      expect(app.gone).toBe(true);
    }, 10_000);
    expect(log.failure).toHaveBeenCalledOnce();
  });

  it('comes when the last window is gone', () => {
    const finish = vi.fn(() => new Promise<void>(() => undefined));
    running(finish).app.emit('window-all-closed');
    expect(finish).toHaveBeenCalledOnce();
  });
});
