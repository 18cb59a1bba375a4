/**
 * The log: one line per event, to a file with a bounded size and, when asked, to stderr.
 * It must be safe to hand to a stranger: callers name what happened and pass plain facts; what slips in with a
 * foreign error message (tokens, ids, addresses, SDP, folders of a user) is blotted out on the way.
 */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

export type Level = 'debug' | 'info' | 'warn' | 'error';

/** `what` is a fixed sentence; `facts` are counts, states and reasons, never names or contents. */
export type Write = (what: string, facts?: Readonly<Record<string, string | number | boolean | undefined>>) => void;

export type Log = Readonly<Record<Level, Write>> & {
  /** An unexpected error: its kind, scrubbed message and stack. */
  readonly failure: (what: string, cause: unknown) => void;
};

export interface LogOptions {
  readonly file: string;
  /** Bytes after which the file is set aside as `FILE.1`, replacing an older one. */
  readonly maxBytes: number;
  /** Write `debug` too and show every line on stderr. */
  readonly verbose: boolean;
  readonly now?: () => Date;
  readonly show?: (line: string) => void;
}

/** A full disk or a folder that is gone must not stop the program: lines are then shown or lost, never thrown. */
export function makeLog(options: LogOptions): Log {
  const now = options.now ?? (() => new Date());
  const show = options.show ?? ((line) => process.stderr.write(line));
  let size = openSize(options.file);

  function append(line: string): void {
    try {
      if (size + line.length > options.maxBytes) {
        renameSync(options.file, `${options.file}.1`);
        size = 0;
      }
      appendFileSync(options.file, line, { mode: 0o600 });
      size += line.length;
    } catch {
      size = openSize(options.file);
    }
  }

  function write(level: Level, text: string): void {
    if (level === 'debug' && !options.verbose) return;
    const line = `${now().toISOString()} ${level.padEnd(5)} ${scrub(text)}\n`;
    append(line);
    if (options.verbose) show(line);
  }

  const at =
    (level: Level): Write =>
    (what, facts = {}) => {
      const told = Object.entries(facts).filter(([, value]) => value !== undefined);
      write(level, [what, ...told.map(([name, value]) => `${name}=${String(value)}`)].join(' '));
    };

  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    failure: (what, cause) => {
      write('error', `${what}: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`);
    },
  };
}

function openSize(file: string): number {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    return statSync(file).size;
  } catch {
    return 0;
  }
}

const blots: readonly (readonly [RegExp, string])[] = [
  // SDP: from the first line of a description to its last.
  [/(?:^|\b)v=0(?:\\r\\n|\r?\n)[\s\S]*?(?=\n\s*\n|$)/g, '[sdp]'],
  [/^(?:a|c|o|m)=.*$/gm, '[sdp]'],
  [/\bcandidate:\S+(?: \S+){6,}/g, '[candidate]'],
  [
    /\bsy[tr]_[\w-]+|\bm[ac]t_[\w-]+|\b(?:bearer|access_token|refresh_token|loginToken|password)["']?[\s=:]+\S+/gi,
    '[secret]',
  ],
  [/[@!#][^\s:"'/]+:[^\s"'),;]+/g, '[id]'],
  [/\b(?:https?|wss?|turns?|stuns?):[^\s"')]+/gi, '[url]'],
  [/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/g, '[ip]'],
  [
    /\b(?:[\da-f]{1,4}:){3,7}[\da-f]{0,4}\b|\b[\da-f]{1,4}(?::[\da-f]{1,4})*::(?:[\da-f]{1,4}(?::[\da-f]{1,4})*)?/gi,
    '[ip]',
  ],
  // Home folders carry the name of their owner.
  [/((?:\/home\/|\/Users\/|\\Users\\))[^/\\\s]+/g, '$1[user]'],
];

/** Takes out what must never stand in a log. Exported for its test. */
export function scrub(text: string): string {
  return blots.reduce((told, [pattern, blot]) => told.replace(pattern, blot), text);
}
