/**
 * What durability costs, `npm run bench:store`: the account store beside plain fake-indexeddb, which keeps everything in
 * memory. Each measurement runs in a process of its own; shown are medians, and their ratio within this one run.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { type Figures, type Measurement, measurements } from './store-measurements.ts';

const RUNS = 5;
const SESSIONS = 10_000;
const ROOMS = 1000;

const [name, ...given] = process.argv.slice(2);
if (name === undefined) compare();
else {
  console.log(JSON.stringify(await measurements[name as Measurement](...given)));
  process.exit(); // a client leaves timers behind
}

/** One measurement, in another process. */
function run(measurement: Measurement, ...args: readonly string[]): Figures {
  const command = [...process.execArgv, import.meta.filename, measurement, ...args];
  return JSON.parse(execFileSync(process.execPath, command, { encoding: 'utf8' })) as Figures;
}

/** Of each figure, over several runs; `args` is asked for every run. */
function median(measurement: Measurement, args: () => readonly string[]): Figures {
  const runs = Array.from({ length: RUNS }, () => run(measurement, ...args()));
  const middle = (figure: string): number => {
    const values = runs.map((figures) => figures[figure] ?? NaN).sort((a, b) => a - b);
    return values[RUNS >> 1] ?? NaN;
  };
  return Object.fromEntries(Object.keys(runs[0] ?? {}).map((figure) => [figure, middle(figure)]));
}

function compare(): void {
  const scratch = mkdtempSync(path.join(tmpdir(), 'carillon-bench-'));
  let folders = 0;
  const fresh = (): string => path.join(scratch, String(++folders));
  const [used, full] = [fresh(), fresh()];
  try {
    const write = { memory: median('write', () => ['memory']) };
    const start = { memory: median('start', () => []) };
    console.log('ms (medians)'.padEnd(52) + 'store'.padStart(10) + 'memory'.padStart(10) + 'ratio'.padStart(10));

    run('start', used);
    show(
      'first start: open, make the files',
      median('start', () => [fresh()]),
      start.memory,
      ['open'],
    );
    show(
      'first start: machine',
      median('start', () => [fresh()]),
      start.memory,
      ['machine'],
    );
    const again = median('start', () => [used]);
    show('start with few keys: open', again, start.memory, ['open']);
    show('start with few keys: all', again, start.memory, ['open', 'machine', 'sync']);

    for (const durability of ['FULL', 'NORMAL']) {
      const durable = median('write', () => [durability, fresh()]);
      show(`${durability}: one row`, durable, write.memory, ['one']);
      show(`${durability}: one row, slowest in a hundred`, durable, write.memory, ['slowest']);
      show(`${durability}: ten rows at once`, durable, write.memory, ['ten']);
    }

    run('fill', full, String(SESSIONS), String(ROOMS));
    const restart = median('start', () => [full]);
    const memory = median('startInMemory', () => [full]);
    const told = `${SESSIONS} sessions, ${ROOMS} rooms`;
    show(`${told}: open`, restart, memory, ['open']);
    show(`${told}: machine`, restart, memory, ['machine']);
    show(`${told}: sync`, restart, memory, ['sync']);
    show(`${told}: all`, restart, memory, ['open', 'machine', 'sync']);
    const account = median('account', () => [full]);
    console.log(`an account there, without a network: open after ${account.open?.toFixed(0)} ms, its`);
    console.log(`${account.count} people shown another ${account.people?.toFixed(0)} ms later`);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function show(what: string, store: Figures, memory: Figures, figures: readonly string[]): void {
  const sum = (from: Figures): number => figures.reduce((all, figure) => all + (from[figure] ?? NaN), 0);
  const [ours, theirs] = [sum(store), sum(memory)];
  const ratio = theirs < 0.01 ? '-' : (ours / theirs).toFixed(1);
  console.log(what.padEnd(52) + ours.toFixed(2).padStart(10) + theirs.toFixed(2).padStart(10) + ratio.padStart(10));
}
