/** A history in a folder of its own, and what main tells it. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { type History, openHistory } from '../../../../main/history/history';
import type { HistoryRow } from '../../../../main/history/rows';
import type { HistoryEntry, HistoryQuery } from '../../../../preload/contract/history';
import type { CallId } from '../../../../preload/contract/ids';
import { ben, call } from '../call-facts';
import { quietLog } from '../quiet-log';

export const noon = Date.UTC(2026, 10, 21, 12);

export function scratchFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'carillon-history-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

export interface Opened {
  readonly history: History;
  readonly log: ReturnType<typeof quietLog>;
  /** Numbers of unseen calls, as told. */
  readonly told: number[];
  /** Lets `ms` pass. */
  readonly wait: (ms: number) => void;
}

export function open(folder: string, at = noon): Opened {
  let now = at;
  const log = quietLog();
  const told: number[] = [];
  const nameOf = vi.fn((_account: string, user: string) => (user === ben ? 'Ben' : user));
  const history = openHistory({ folder, log, date: () => now, nameOf, changed: (unseen) => told.push(unseen) });
  return {
    history,
    log,
    told,
    wait: (ms) => {
      now += ms;
    },
  };
}

export const everything: HistoryQuery = { filter: 'all', peer: null, before: null, limit: 1000 };

export const list = (history: History, query: Partial<HistoryQuery> = {}): readonly HistoryEntry[] =>
  history.list({ ...everything, ...query }).entries;

/** The one call there is, in short. */
export function only(history: History): string {
  const entries = list(history);
  return entries.map(({ outcome, cause }) => (cause === null ? outcome : `${outcome}: ${cause}`)).join(', ');
}

/** A call that Ben missed us with at noon, `minutes` later. */
export const row = (minutes: number, over: Partial<HistoryRow> = {}): HistoryRow => ({
  ...call,
  callId: `call-${String(minutes)}` as CallId,
  peer: ben,
  peerName: 'Ben',
  direction: 'incoming',
  kind: 'voice',
  startedAt: noon + minutes * 60_000,
  answeredAt: null,
  connectedAt: null,
  endedAt: null,
  outcome: 'missed',
  cause: null,
  missed: true,
  seen: false,
  ...over,
});
