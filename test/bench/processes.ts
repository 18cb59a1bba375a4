/** What a program and all that it started take of the machine, as Linux counts it. */
import { readdirSync, readFileSync } from 'node:fs';

/** Ticks per second of `/proc/PID/stat`; sysconf(_SC_CLK_TCK) is 100 on every Linux that runs here. */
const ticks = 100;

/** The process and all its descendants. */
export function familyOf(pid: number): readonly number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (/^\d+$/.test(name)) parents.set(Number(name), statOf(Number(name))?.parent ?? 0);
  }
  const family = new Set([pid]);
  for (let before = 0; before < family.size;) {
    before = family.size;
    for (const [child, parent] of parents) if (family.has(parent)) family.add(child);
  }
  return [...family];
}

/** Of a process, in MiB. */
export interface Memory {
  /** What it is for: `main`, or Chromium's name of its kind. */
  readonly role: string;
  /** Memory that processes share is counted once (proportional set size). */
  readonly whole: number;
  /**
   * Without the files of Node and Chromium: those can be read again at any time, and how much of them is counted here
   * depends on what other programs use them too.
   */
  readonly own: number;
}

export function memoryOf(pids: readonly number[]): readonly Memory[] {
  return pids.map((pid) => {
    const figures = read(`/proc/${pid}/smaps_rollup`);
    const figure = (name: string): number =>
      Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(figures)?.[1] ?? 0) / 1024;
    return { role: roleOf(pid), whole: figure('Pss'), own: figure('Pss_Anon') };
  });
}

/** Chromium tells each of its processes what it is, but the first. */
function roleOf(pid: number): string {
  const line = read(`/proc/${pid}/cmdline`).split(/[\0 ]/); // Chromium's children write theirs anew, with spaces
  const kind = line.find((each) => each.startsWith('--type='))?.slice('--type='.length);
  const service = line
    .find((each) => each.startsWith('--utility-sub-type='))
    ?.split('.')
    .at(-1);
  if (kind !== undefined) return service ?? kind;
  return line.includes('--remote-debugging-pipe') ? 'browser' : 'main';
}

/** Seconds of processor time so far. */
export function processorTimeOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + (statOf(pid)?.ticks ?? 0), 0) / ticks;
}

/** proc_pid_stat(5): after the name in brackets, field 4 is the parent, 14 and 15 user and system time. */
function statOf(pid: number): { readonly parent: number; readonly ticks: number } | null {
  const text = read(`/proc/${pid}/stat`);
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return text === '' ? null : { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
}

/** A process may end while one looks. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
