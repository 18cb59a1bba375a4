import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { historyRows } from '../../../../main/history/rows';
import { prepareSchema } from '../../../../main/history/schema';
import type { HistoryQuery } from '../../../../preload/contract/history';
import { anna, ben, call, cleo, invite, otherCall, report } from '../call-facts';
import { everything, list, noon, only, open, row, scratchFolder } from './calls';

const miss = (history: ReturnType<typeof open>['history'], callId = call.callId): void => {
  history.signal(invite({ callId }));
  history.ringingEnded({ ...call, callId }, 'hungUp');
};

/** The rows alone, in memory. */
function rowsOf(count: number, most = 10_000) {
  const sql = new DatabaseSync(':memory:');
  prepareSchema(sql);
  const rows = historyRows(sql, () => noon, most);
  for (let index = 0; index < count; index++) rows.save(row(index));
  return rows;
}

describe('the list', () => {
  it('comes page by page, newest first, nothing twice and nothing left out', () => {
    const rows = rowsOf(25);
    // Two at the same moment, on both sides of a page's end.
    rows.save(row(15, { callId: 'twin' as typeof call.callId }));
    const seen: number[] = [];
    let before: HistoryQuery['before'] = null;
    for (;;) {
      const page = rows.list({ ...everything, before, limit: 10 });
      seen.push(...page.slice(0, 10).map(({ id }) => id));
      const last = page[9];
      if (page.length <= 10 || last === undefined) break;
      before = { startedAt: last.startedAt, id: last.id };
    }
    expect(seen).toHaveLength(26);
    expect(new Set(seen).size).toBe(26);
    const times = rows.all().map(({ startedAt }) => startedAt);
    expect(times).toEqual([...times].sort((a, b) => b - a));
  });

  it('can be of missed calls, and of one person at one account', () => {
    const rows = rowsOf(0);
    rows.save(row(1));
    rows.save(row(2, { outcome: 'answered', missed: false }));
    rows.save(row(3, { peer: cleo }));
    rows.save(row(4, { account: cleo }));
    const minutes = (query: Partial<HistoryQuery>) =>
      rows.list({ ...everything, ...query }).map(({ startedAt }) => (startedAt - noon) / 60_000);
    expect(minutes({})).toEqual([4, 3, 2, 1]);
    expect(minutes({ filter: 'missed' })).toEqual([4, 3, 1]);
    expect(minutes({ peer: { account: anna, userId: ben } })).toEqual([2, 1]);
    expect(minutes({ filter: 'missed', peer: { account: anna, userId: ben } })).toEqual([1]);
  });

  it('says whether there is more', () => {
    const { history } = open(scratchFolder());
    miss(history);
    expect(history.list({ ...everything, limit: 1 })).toMatchObject({ more: false, unseen: 1, trouble: null });
    miss(history, otherCall.callId);
    expect(history.list({ ...everything, limit: 1 })).toMatchObject({ more: true, unseen: 2 });
    expect(list(history, { limit: 1 })).toHaveLength(1);
  });

  it('keeps the newest', () => {
    const rows = rowsOf(30, 20);
    expect(rows.all()).toHaveLength(20);
    expect(rows.all().at(-1)?.startedAt).toBe(row(10).startedAt);
    rows.save(row(5));
    expect(rows.all().at(-1)?.startedAt).toBe(row(10).startedAt);
  });
});

describe('looking and deleting', () => {
  it('looking at the list makes its missed calls seen, once', () => {
    const { history, told } = open(scratchFolder());
    miss(history);
    history.markSeen();
    history.markSeen();
    expect(told).toEqual([1, 0]);
    expect(list(history)).toMatchObject([{ missed: true, seen: true }]);
  });

  it('a deleted call does not come back when its invite is read again', () => {
    const { history } = open(scratchFolder());
    miss(history);
    miss(history, otherCall.callId);
    history.delete(list(history).find(({ callId }) => callId === call.callId)?.id ?? 0);
    expect(list(history).map(({ callId }) => callId)).toEqual([otherCall.callId]);
    history.signal(invite({ verdict: { ring: false, why: 'expired' } }));
    expect(list(history)).toHaveLength(1);
    expect(history.unseen()).toBe(1);
  });

  it('deleting all leaves the calls that live, and no trace of the others in the files', () => {
    const folder = scratchFolder();
    const { history } = open(folder);
    miss(history);
    history.report(report('connected', { ...otherCall, peer: cleo }));
    history.delete(null);
    expect(list(history)).toEqual([]);
    const files = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'latin1'));
    expect(files.join()).toContain(cleo);
    expect(files.join()).not.toContain(ben);
    history.report(report('ended', { ...otherCall, peer: cleo, reason: 'user_hangup', by: 'us' }));
    expect(only(history)).toBe('answered');
  });

  it('an account takes its calls with it', () => {
    const { history } = open(scratchFolder());
    miss(history);
    history.report(report('ended', { account: cleo, direction: 'outgoing', reason: 'rejected', by: 'them' }));
    history.forgetAccount(anna);
    expect(list(history).map(({ account }) => account)).toEqual([cleo]);
  });

  it('a call is found by its name once it is over', () => {
    const { history } = open(scratchFolder());
    history.signal(invite());
    expect(history.entry(call)).toBeNull();
    history.ringingEnded(call, 'expired');
    expect(history.entry(call)).toMatchObject({ ...call, outcome: 'missed' });
  });
});

describe('the file', () => {
  const fileIn = (folder: string): string => path.join(folder, 'history.sqlite');

  it('survives the program, readable by its owner only', () => {
    const folder = scratchFolder();
    const first = open(folder);
    miss(first.history);
    for (const name of readdirSync(folder)) expect(statSync(path.join(folder, name)).mode & 0o777).toBe(0o600);
    first.history.close();
    const { history } = open(folder);
    expect(list(history)).toMatchObject([{ ...call, peerName: 'Ben', outcome: 'missed' }]);
    expect(history.unseen()).toBe(1);
  });

  it.each<[string, (file: string) => void]>([
    ['is no database', (file) => writeFileSync(file, 'not a database at all, but long enough to be one'.repeat(100))],
    [
      'is of a later version',
      (file) => {
        new DatabaseSync(file).exec('CREATE TABLE calls (id); PRAGMA user_version = 99');
      },
    ],
    [
      'is somebody else’s',
      (file) => {
        new DatabaseSync(file).exec('CREATE TABLE recipes (id)');
      },
    ],
    [
      'has lost a table',
      (file) => {
        new DatabaseSync(file).exec('CREATE TABLE calls (id); PRAGMA user_version = 1');
      },
    ],
  ])('that %s is kept aside, and a new one begun', (_what, spoil) => {
    const folder = scratchFolder();
    spoil(fileIn(folder));
    const before = readFileSync(fileIn(folder));
    const { history, log } = open(folder);
    miss(history);
    expect(history.list(everything)).toMatchObject({ trouble: 'setAside', unseen: 1 });
    expect(readFileSync(`${fileIn(folder)}.aside-1`)).toEqual(before);
    expect(log.failure).toHaveBeenCalled();
    history.close();
    expect(list(open(folder).history)).toHaveLength(1);
  });

  it('that breaks while it is open is replaced, and the calls go on', () => {
    const folder = scratchFolder();
    open(folder).history.close();
    const sql = new DatabaseSync(fileIn(folder));
    const rows = historyRows(sql, () => noon, 100);
    // More than SQLite keeps in memory.
    for (let index = 0; index < 50; index++) rows.save(row(index, { peerName: 'Ben'.repeat(50_000) }));
    rows.close();
    const bytes = readFileSync(fileIn(folder));
    const { history } = open(folder);
    // Behind its back, as a failing disk would: every page but the first.
    writeFileSync(fileIn(folder), bytes.fill(0x55, 4096));
    for (let index = 0; index < 3; index++) miss(history, `later-${String(index)}` as typeof call.callId);
    list(history);
    miss(history, otherCall.callId);
    expect(history.list(everything).entries.map(({ callId }) => callId)).toContain(otherCall.callId);
    expect(history.list(everything).trouble).toBe('setAside');
    expect(existsSync(`${fileIn(folder)}.aside-1`)).toBe(true);
  });

  it('that cannot be written leaves a list that lasts until the end', () => {
    const folder = scratchFolder();
    mkdirSync(fileIn(folder));
    const { history, log } = open(folder);
    miss(history);
    expect(history.list(everything)).toMatchObject({ trouble: 'notKept', unseen: 1 });
    expect(log.failure).toHaveBeenCalled();
  });

  it('a full disk is logged and told, and nothing throws', () => {
    const folder = scratchFolder();
    const { history, log } = open(folder);
    miss(history);
    history.close(); // stands for any write that fails
    miss(history, otherCall.callId);
    history.markSeen();
    expect(history.hasCrossed(call)).toBe(false);
    expect(history.list(everything)).toEqual({ entries: [], more: false, unseen: 0, trouble: 'notKept' });
    expect(log.failure).toHaveBeenCalled();
  });
});
