import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { VerbOutcome } from '../../../../main/calls/call-commands';
import type { Verb } from '../../../../main/desktop/command-line';
import { listenForVerbs, passOn } from '../../../../main/desktop/remote-control';
import { quietLog } from '../quiet-log';

let folder: string;
let stop: (() => void) | null = null;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'carillon-control-'));
});
afterEach(() => {
  stop?.();
  stop = null;
  rmSync(folder, { recursive: true, force: true });
});

const address = () => readFileSync(path.join(folder, 'control'), 'utf8');

async function listening(outcome: VerbOutcome, environment: Record<string, string> = {}) {
  const perform = vi.fn<(verb: Verb) => Promise<VerbOutcome>>(() => Promise.resolve(outcome));
  stop = listenForVerbs({ folder, platform: 'linux', environment, perform, log: quietLog() });
  await vi.waitFor(() => expect(existsSync(path.join(folder, 'control'))).toBe(true), 10_000);
  return perform;
}

describe('verbs for a running program', () => {
  it.each<[Verb, VerbOutcome]>([
    [{ do: 'answer' }, { ok: true }],
    [
      { do: 'mute', to: 'on' },
      { ok: false, reason: 'noCall' },
    ],
    [
      { do: 'call', userId: '@ben:example.org' as never },
      { ok: false, reason: 'unknownPerson' },
    ],
  ])('%j is passed on and answered', async (verb, outcome) => {
    const perform = await listening(outcome);
    expect(await passOn(folder, verb)).toEqual(outcome);
    expect(perform.mock.calls).toEqual([[verb]]);
  });

  it('finds none running where none was, and none where one has died', async () => {
    expect(await passOn(folder, { do: 'answer' })).toBe('notRunning');
    writeFileSync(path.join(folder, 'control'), path.join(folder, 'gone'));
    expect(await passOn(folder, { do: 'answer' })).toBe('notRunning');
  });

  it('leaves nothing behind', async () => {
    await listening({ ok: true });
    const socket = address();
    stop?.();
    expect([existsSync(path.join(folder, 'control')), existsSync(path.dirname(socket))]).toEqual([false, false]);
  });

  it('is for this user alone', async () => {
    await listening({ ok: true });
    const modes = [path.join(folder, 'control'), address(), path.dirname(address())].map((file) =>
      (statSync(file).mode & 0o777).toString(8),
    );
    expect(modes).toEqual(['600', '600', '700']);
  });

  it.each(['no JSON', '{"do":"quit"}', '{"do":"call","userId":"ben"}', '{"do":"answer","more":1}', 'x'.repeat(3000)])(
    'hangs up on %j',
    async (line) => {
      const perform = await listening({ ok: true });
      await new Promise<void>((resolve) => {
        const socket = connect(address(), () => socket.write(`${line}\n`));
        socket.on('error', () => undefined);
        socket.on('close', () => resolve());
      });
      expect(perform).not.toHaveBeenCalled();
    },
  );

  it('a place that cannot be had leaves a program without verbs', async () => {
    const log = quietLog();
    const environment = { XDG_RUNTIME_DIR: path.join(folder, 'nowhere') };
    stop = listenForVerbs({ folder, platform: 'linux', environment, perform: vi.fn(), log });
    expect(log.failure).toHaveBeenCalledOnce();
    expect(await passOn(folder, { do: 'answer' })).toBe('notRunning');
  });
});
