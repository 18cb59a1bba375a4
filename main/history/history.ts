/**
 * The list of calls of this profile. It never stands in a call's way: whatever the disk does is logged, shown with the
 * list, and otherwise without consequence.
 */
import path from 'node:path';
import type { HistoryEntry, HistoryPage, HistoryQuery } from '../../preload/contract/history';
import type { UserId } from '../../preload/contract/ids';
import type { CallKey } from '../../preload/contract/signalling';
import type { Log } from '../log';
import { beginAnew, isUnreadable, openHistoryFile } from './file';
import { makeRecorder, type Recorder } from './recorder';
import { historyRows, type HistoryRows } from './rows';

export interface History extends Omit<Recorder, 'recover'> {
  readonly list: (query: HistoryQuery) => HistoryPage;
  /** All calls that are over, newest first. */
  readonly all: () => readonly HistoryEntry[];
  /** Null while the call lives, and when there is no such call. */
  readonly entry: (call: CallKey) => HistoryEntry | null;
  /** Missed calls that nobody has looked at. */
  readonly unseen: () => number;
  readonly markSeen: () => void;
  /** Null: all. */
  readonly delete: (id: number | null) => void;
  /** The account was signed out by its person: its calls go with it. */
  readonly forgetAccount: (account: UserId) => void;
  /** The last thing that is asked of it. */
  readonly close: () => void;
}

export interface HistoryEnv {
  readonly folder: string;
  readonly log: Log;
  /** ms since the epoch. */
  readonly date: () => number;
  readonly nameOf: (account: UserId, user: UserId) => string;
  /** Called with every change of what `list` says, but not before this one is open. */
  readonly changed: (unseen: number) => void;
}

/** Rows kept; the oldest go first. */
const MOST = 10_000;

/** Never throws; nor does anything that it returns. */
export function openHistory(env: HistoryEnv): History {
  const { log, date } = env;
  const file = {
    file: path.join(env.folder, 'history.sqlite'),
    use: (sql: Parameters<typeof historyRows>[0]) => historyRows(sql, date, MOST),
    log,
  };
  let { content: rows, trouble } = openHistoryFile<HistoryRows>(file);
  /** The last write did not succeed. */
  let failing = false;
  let isOpen = false;

  function changed(): void {
    if (isOpen) env.changed(attempt('unseen', 0, () => rows.unseen()));
  }

  function attempt<T>(what: string, otherwise: T, action: () => T): T {
    try {
      return action();
    } catch (error) {
      log.failure(`history: ${what}`, error);
      failing = true;
      if (isUnreadable(error)) replace();
      return otherwise;
    }
  }

  function write(what: string, action: () => void): void {
    attempt(what, undefined, () => {
      action();
      failing = false;
    });
  }

  function replace(): void {
    try {
      rows.close();
    } catch {
      // It was broken anyhow.
    }
    ({ content: rows, trouble } = beginAnew(file));
    changed();
  }

  const recorder = makeRecorder({ ...env, rows: () => rows, changed });
  write('recover', recorder.recover);
  isOpen = true;

  return {
    signal: (signal) => {
      write('signal', () => recorder.signal(signal));
    },
    report: (report) => {
      write('report', () => recorder.report(report));
    },
    ringingEnded: (call, end) => {
      write('ringing ended', () => recorder.ringingEnded(call, end));
    },
    hungUp: (call) => {
      write('hung up', () => recorder.hungUp(call));
    },
    pageGone: () => {
      write('page gone', recorder.pageGone);
    },
    hasCrossed: recorder.hasCrossed,
    list: (query) => {
      const found = attempt<readonly HistoryEntry[]>('list', [], () => rows.list(query));
      const unseen = attempt('unseen', 0, () => rows.unseen());
      const more = found.length > query.limit;
      return { entries: found.slice(0, query.limit), more, unseen, trouble: failing ? 'notKept' : trouble };
    },
    all: () => attempt<readonly HistoryEntry[]>('all', [], () => rows.all()),
    entry: (call) => {
      const row = attempt('entry', null, () => rows.find(call));
      const outcome = row?.outcome ?? null;
      return row === null || outcome === null ? null : { ...row, outcome };
    },
    unseen: () => attempt('unseen', 0, () => rows.unseen()),
    markSeen: () => {
      write('mark seen', () => {
        if (rows.unseen() === 0) return;
        rows.markSeen();
        changed();
      });
    },
    delete: (id) => {
      write('delete', () => {
        rows.delete(id);
        changed();
      });
    },
    forgetAccount: (account) => {
      write('forget account', () => {
        rows.forgetAccount(account);
        changed();
      });
    },
    close: () => {
      write('close', () => rows.close());
    },
  };
}
