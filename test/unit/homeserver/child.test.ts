import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { startChild } from '../../homeserver/child.ts';
import { until } from '../../homeserver/until.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'carillon-child-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const start = (script: string) =>
  startChild({ path: 'sh', args: ['-c', script], folder, logFile: path.join(folder, 'log') });

/** A zombie has ended too: nobody may be there to collect it. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

test('tells how a program ended, and its last words', async () => {
  const child = await start('echo out; echo err >&2; exit 3');
  expect(await child.ended).toBe('3');
  expect(child.running()).toBe(false);
  expect(child.lastWords()).toBe('out\nerr');
});

test('kill waits until the program is gone, also a stopped one', async () => {
  const child = await start('sleep 60');
  child.signal('SIGSTOP');
  expect(child.running()).toBe(true);
  await child.kill();
  expect(await child.ended).toBe('SIGKILL');
  expect(isRunning(child.pid)).toBe(false);
});

test('a program ends when its parent is killed', async () => {
  const parent = spawn(
    process.execPath,
    [
      '--input-type=module-typescript',
      '--eval',
      `import { startChild } from ${JSON.stringify(path.join(import.meta.dirname, '../../homeserver/child.ts'))};
       const child = await startChild({ path: 'sleep', args: ['60'], folder: ${JSON.stringify(folder)}, logFile: 'log' });
       console.log(child.pid);
       setInterval(() => undefined, 60_000);`,
    ],
    { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [output] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = Number(output.toString());
  expect(isRunning(pid)).toBe(true);

  parent.kill('SIGKILL');
  await until('the child to end', 4000, () => Promise.resolve(isRunning(pid) ? undefined : true));
});
