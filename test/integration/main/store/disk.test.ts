/** The store on a disk that is not its alone: other processes, no room, no permission. */
import { chmodSync } from 'node:fs';
import path from 'node:path';

import { expect, test } from 'vitest';

import { openAccountStore } from '../../../../main/store/account-store';
import { keysOf, openSimple } from '../../../unit/main/store/indexeddb';
import { scratch } from '../../../unit/main/store/scratch';
import { until } from '../../../homeserver/until';
import { type Child, commandFor, startChild, withoutPrivileges } from './child';
import type { Told } from './opener';

const key = Buffer.alloc(32, 'disk');
const opener = (folder: string, then = ''): readonly [string, ...string[]] =>
  commandFor('opener.ts', folder, key.toString('hex'), then);

const told = ({ output }: Child): Told[] =>
  output()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Told);

async function outcome(child: Child): Promise<Told[]> {
  await child.ended;
  return told(child);
}

async function open(folder: string) {
  const opened = await openAccountStore({ folder, key, onFatal: () => expect.unreachable() });
  if (!opened.ok) throw new Error(opened.reason);
  return opened.store;
}

/** How many rows the opener left. */
async function rowsIn(folder: string): Promise<number> {
  const store = await open(folder);
  const keys = await keysOf(await openSimple(indexedDB, `${store.crypto.cryptoDatabasePrefix}::db`));
  await store.close();
  expect(keys).toEqual(Array.from({ length: keys.length }, (_, n) => n));
  return keys.length;
}

test('one process at a time; the lock dies with its holder, however that ends', async () => {
  const folder = scratch();
  const holder = startChild(opener(folder, 'hold'));
  await until('the first opener', 20_000, () => Promise.resolve(told(holder)[0]));
  const refused = { opened: false, reason: 'locked', file: null };
  expect(await outcome(startChild(opener(folder)))).toEqual([refused]);
  expect(await openAccountStore({ folder, key, onFatal: () => undefined })).toMatchObject({ reason: 'locked' });
  holder.process.kill('SIGKILL');
  await holder.ended;

  const store = await open(folder);
  expect(await outcome(startChild(opener(folder)))).toEqual([refused]);
  await store.close();
  expect(await outcome(startChild(opener(folder)))).toEqual([{ opened: true }]);
});

/** The system refuses to let any file grow beyond so many blocks of 512 or 1024 bytes, as a full disk would. */
const limited = (blocks: number, command: readonly string[]): [string, ...string[]] => [
  'bash',
  '-c',
  `trap '' XFSZ; ulimit -f ${blocks}; exec "$@"`,
  'limited',
  ...command,
];

test('no more room: the write fails, is told, and every earlier one is there when there is room again', async () => {
  const folder = scratch();
  const [opened, end] = await outcome(startChild(limited(2000, opener(folder, 'fill'))));
  expect(opened).toEqual({ opened: true });
  if (end === undefined || !('fatal' in end)) throw new Error('no failure was told');
  expect(end.fatal).toMatch(/diskFull|failed/); // beyond a limit the system says EFBIG, not ENOSPC
  expect(end.error).toContain('UnknownError');
  expect(end.rows).toBeGreaterThan(10);
  expect(await rowsIn(folder)).toBe(end.rows);
});

test('no room from the start: what is there can be read, what is new is refused, nothing is harmed', async () => {
  const full = scratch();
  await outcome(startChild(limited(2000, opener(full, 'fill'))));
  const rows = await rowsIn(full);
  expect(await outcome(startChild(limited(1, opener(full, 'fill'))))).toMatchObject([{ opened: true }, { rows }]);
  expect(await rowsIn(full)).toBe(rows);

  const fresh = scratch();
  const reason = expect.stringMatching(/diskFull|failed/) as string;
  const refused = { opened: false, reason, file: 'crypto' };
  expect(await outcome(startChild(limited(1, opener(fresh))))).toEqual([refused]);
  expect(await rowsIn(fresh)).toBe(0);
});

test.each([
  ['the folder is read-only', (folder: string) => chmodSync(folder, 0o500), null],
  ['the file is read-only', (folder: string) => chmodSync(path.join(folder, 'crypto.sqlite'), 0o400), 'crypto'],
] as const)('%s: refused, and good again when that is over', async (_what, forbid, file) => {
  const folder = scratch();
  await (await open(folder)).close();
  forbid(folder);
  const refused = await outcome(startChild(withoutPrivileges(opener(folder))));
  expect(refused).toEqual([{ opened: false, reason: 'readOnly', file }]);
  chmodSync(folder, 0o700);
  chmodSync(path.join(folder, 'crypto.sqlite'), 0o600);
  expect(await outcome(startChild(withoutPrivileges(opener(folder))))).toEqual([{ opened: true }]);
});
