/**
 * kill -9 against the store alone, strictly: whatever was reported complete is there, and every transaction (upgrades
 * included) is there as a whole or not at all. KILL_ROUNDS sets the number of kills.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { openAccountStore } from '../../../../main/store/account-store';
import { settle } from '../../../unit/main/store/indexeddb';
import { scratch } from '../../../unit/main/store/scratch';
import { commandFor, startChild } from './child';
import { type Phase, phases } from './kill-points';
import type { Sum } from './writer';

const rounds = Number(process.env.KILL_ROUNDS ?? 12);
const key = randomBytes(32);

/** When a writer dies: so many ms after a moment of its life, or at an exact point of a transaction. */
type Death =
  | { readonly after: 'start' | 'first report' | 'order to close'; readonly by: number }
  | { readonly phase: Phase; readonly count: number };

function deathOf(round: number): Death {
  switch (round % 4) {
    case 0:
      return { after: 'start', by: randomInt(50, 400) };
    case 1:
      return { after: 'first report', by: randomInt(0, 400) };
    case 2:
      return { after: 'order to close', by: randomInt(0, 8) };
    default:
      return { phase: phases[(round >> 2) % phases.length] ?? 'begin', count: randomInt(1, 120) };
  }
}

/** Runs a writer until it dies. @returns the last number that it reported, 0 for none. */
async function life(folder: string, death: Death, mode = ''): Promise<number> {
  const exact = 'phase' in death ? [death.phase, String(death.count)] : [mode];
  const child = startChild(commandFor('writer.ts', folder, key.toString('hex'), ...exact));
  const moment = 'after' in death ? death.after : 'start';
  if (moment !== 'start') await Promise.race([once(child.process.stdout ?? child.process, 'data'), child.ended]);
  if (moment === 'order to close') {
    await pause(randomInt(0, 200));
    child.process.kill('SIGTERM');
  }
  const timer = setTimeout(() => child.process.kill('SIGKILL'), 'by' in death ? death.by : 30_000);
  const ended = await child.ended;
  clearTimeout(timer);
  expect(moment === 'order to close' ? ['SIGKILL', '0'] : ['SIGKILL']).toContain(ended);
  return Number(child.output().trimEnd().split('\n').at(-1));
}

/** The number of the last transaction in the file, after checking that exactly those from 1 to n are. */
async function check(folder: string): Promise<number> {
  const opened = await openAccountStore({ folder, key, onFatal: () => expect.unreachable() });
  if (!opened.ok) throw new Error(opened.reason);
  const { store } = opened;
  const [info] = await indexedDB.databases();
  const n = info === undefined ? 0 : await checkDatabase(info);
  await store.close();
  return n;
}

async function checkDatabase({ name = '', version }: IDBDatabaseInfo): Promise<number> {
  const database = await settle(indexedDB.open(name));
  const all = <T>(store: string): Promise<T[]> =>
    settle(database.transaction(store).objectStore(store).getAll() as IDBRequest<T[]>);
  const [{ n, sum } = { n: 0, sum: 0 }] = await all<Sum>('sum');
  expect(sum).toBe((n * (n + 1)) / 2);
  const numbers = Array.from({ length: n }, (_, at) => at + 1);
  const log = await all<{ n: number; padding: string }>('log');
  expect(log.map((row) => [row.n, row.padding.length])).toEqual(numbers.slice(-40).map((m) => [m, (m * 97) % 3000]));
  expect((await all<{ n: number }>('by')).map((row) => row.n)).toEqual(numbers);
  const index = database.transaction('by').objectStore('by').index('by');
  for (let by = 0; by < 7; by++) {
    expect(await settle(index.count(by))).toBe(numbers.filter((m) => m % 7 === by).length);
  }
  const upgrades = Math.floor(n / 25);
  expect(version).toBe(1 + upgrades);
  const extra = [...database.objectStoreNames].filter((store) => store.startsWith('v'));
  expect(extra).toEqual(upgrades > 0 ? [`v${1 + upgrades}`] : []);
  for (const store of extra) expect(await all(store)).toEqual([upgrades * 25]);
  return n;
}

test(
  `${rounds} kills: every reported transaction is there, none in part`,
  { timeout: 10_000 + 10_000 * rounds },
  async () => {
    const folder = scratch();
    let before = 0;
    for (let round = 0; round < rounds; round++) {
      const death = deathOf(round);
      const reported = await life(folder, death);
      const after = await check(folder);
      const floor = Math.max(before, reported);
      const told = `round ${round}, ${JSON.stringify(death)}: ${after} found, ${floor} reported`;
      expect([floor, floor + 1], told).toContain(after);
      // At an exact point it is known which: the commit either had been made or had not.
      if ('phase' in death && death.phase !== 'committed') expect(after, told).toBe(floor);
      before = after;
    }
    const sql = new DatabaseSync(path.join(folder, 'crypto.sqlite'));
    expect(sql.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    sql.close();
  },
);

test('a store that reported before it committed would be noticed', { timeout: 60_000 }, async () => {
  const folder = scratch();
  const lost = async (): Promise<boolean> => {
    const reported = await life(folder, { after: 'first report', by: randomInt(0, 400) }, 'late');
    return (await check(folder)) < reported;
  };
  let noticed = false;
  for (let round = 0; round < 20 && !noticed; round++) noticed = await lost();
  expect(noticed).toBe(true);
});
