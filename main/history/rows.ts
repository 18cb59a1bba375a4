/** The rows of the list of calls: one per call, found by its name, read by pages. Knows SQLite, and nothing of calls. */
import { createHash } from 'node:crypto';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { callKeyOf } from '../../preload/contract/call-key';
import type { HistoryEntry, HistoryQuery } from '../../preload/contract/history';
import type { UserId } from '../../preload/contract/ids';
import type { CallKey } from '../../preload/contract/signalling';

/** A call that may still live: its outcome is open then. */
export type HistoryRow = Omit<HistoryEntry, 'id' | 'outcome'> & { readonly outcome: HistoryEntry['outcome'] | null };

/** All of them throw what SQLite throws. */
export interface HistoryRows {
  readonly find: (call: CallKey) => (HistoryRow & { readonly id: number }) | null;
  /** The one with the same name is replaced. The oldest beyond the bound go. */
  readonly save: (row: HistoryRow) => void;
  /** As if it had never been. */
  readonly drop: (call: CallKey) => void;
  readonly living: () => readonly HistoryRow[];
  /** Calls that are over; one more than asked for tells that there are more. */
  readonly list: (query: HistoryQuery) => readonly HistoryEntry[];
  /** All that are over, newest first. */
  readonly all: () => readonly HistoryEntry[];
  readonly unseen: () => number;
  readonly markSeen: () => void;
  /** What is deleted does not come back when its invite is read once more. Living calls stay. Null: all. */
  readonly delete: (id: number | null) => void;
  readonly wasDeleted: (call: CallKey) => boolean;
  readonly forgetAccount: (account: UserId) => void;
  readonly close: () => void;
}

type Stored = Record<
  | 'account'
  | 'room'
  | 'call'
  | 'peer'
  | 'peer_name'
  | 'direction'
  | 'kind'
  | 'started'
  | 'answered'
  | 'connected'
  | 'ended'
  | 'outcome'
  | 'cause'
  | 'missed'
  | 'seen',
  SQLInputValue
>;

const columns = [
  ...['account', 'room', 'call', 'peer', 'peer_name', 'direction', 'kind', 'started', 'answered', 'connected'],
  ...['ended', 'outcome', 'cause', 'missed', 'seen'],
] as const;
const newestFirst = 'ORDER BY started DESC, id DESC';

/** @param most rows, and memories of deleted ones, that are kept. */
export function historyRows(sql: DatabaseSync, now: () => number, most: number): HistoryRows {
  const byName = 'account = :account AND room = :room AND call = :call';
  const statements = {
    find: sql.prepare(`SELECT * FROM calls WHERE ${byName}`),
    save: sql.prepare(
      `INSERT INTO calls (${columns.join()}) VALUES (${columns.map((name) => `:${name}`).join()})
       ON CONFLICT (account, room, call) DO UPDATE SET ${columns.map((name) => `${name} = excluded.${name}`).join()}`,
    ),
    drop: sql.prepare(`DELETE FROM calls WHERE ${byName}`),
    prune: sql.prepare(`DELETE FROM calls WHERE id IN (SELECT id FROM calls ${newestFirst} LIMIT -1 OFFSET ?)`),
    living: sql.prepare('SELECT * FROM calls WHERE outcome IS NULL'),
    all: sql.prepare(`SELECT * FROM calls WHERE outcome IS NOT NULL ${newestFirst}`),
    unseen: sql.prepare('SELECT count(*) AS count FROM calls WHERE missed = 1 AND seen = 0'),
    markSeen: sql.prepare('UPDATE calls SET seen = 1 WHERE missed = 1 AND seen = 0'),
    named: sql.prepare('SELECT account, room, call FROM calls WHERE outcome IS NOT NULL AND (:id IS NULL OR id = :id)'),
    remember: sql.prepare('INSERT OR REPLACE INTO deleted VALUES (?, ?)'),
    delete: sql.prepare('DELETE FROM calls WHERE outcome IS NOT NULL AND (:id IS NULL OR id = :id)'),
    pruneDeleted: sql.prepare(
      'DELETE FROM deleted WHERE digest IN (SELECT digest FROM deleted ORDER BY at DESC LIMIT -1 OFFSET ?)',
    ),
    wasDeleted: sql.prepare('SELECT 1 FROM deleted WHERE digest = ?'),
    forgetAccount: sql.prepare('DELETE FROM calls WHERE account = ?'),
  };
  const name = ({ account, roomId, callId }: CallKey) => ({ account, room: roomId, call: callId });

  function inTransaction(action: () => void): void {
    sql.exec('BEGIN IMMEDIATE');
    try {
      action();
      sql.exec('COMMIT');
    } catch (error) {
      // SQLite itself has rolled back when the disk is full.
      if (sql.isTransaction) sql.exec('ROLLBACK');
      throw error;
    }
  }

  return {
    find: (call) => {
      const stored = statements.find.get(name(call));
      return stored === undefined ? null : readRow(stored);
    },
    save: (row) => {
      inTransaction(() => {
        statements.save.run(writeRow(row));
        statements.prune.run(most);
      });
    },
    drop: (call) => {
      statements.drop.run(name(call));
    },
    living: () => statements.living.all().map(readRow),
    list: ({ filter, peer, before, limit }) => {
      const conditions = ['outcome IS NOT NULL'];
      const values: Record<string, SQLInputValue> = { limit: limit + 1 };
      if (filter === 'missed') conditions.push('missed = 1');
      if (peer !== null) {
        conditions.push('account = :account AND peer = :peer');
        Object.assign(values, { account: peer.account, peer: peer.userId });
      }
      if (before !== null) {
        conditions.push('(started, id) < (:started, :id)');
        Object.assign(values, { started: before.startedAt, id: before.id });
      }
      const query = `SELECT * FROM calls WHERE ${conditions.join(' AND ')} ${newestFirst} LIMIT :limit`;
      return sql.prepare(query).all(values).map(readEntry);
    },
    all: () => statements.all.all().map(readEntry),
    unseen: () => Number(statements.unseen.get()?.count),
    markSeen: () => {
      statements.markSeen.run();
    },
    delete: (id) => {
      inTransaction(() => {
        for (const { account, room, call } of statements.named.all({ id })) {
          statements.remember.run(digestOf(callKeyOf({ account, roomId: room, callId: call } as CallKey)), now());
        }
        statements.delete.run({ id });
        statements.pruneDeleted.run(most);
      });
      // Until then the file beside the database still holds the rows.
      sql.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    },
    wasDeleted: (call) => statements.wasDeleted.get(digestOf(callKeyOf(call))) !== undefined,
    forgetAccount: (account) => {
      statements.forgetAccount.run(account);
      sql.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    },
    close: () => {
      sql.close();
    },
  };
}

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest().subarray(0, 16);

function writeRow(row: HistoryRow): Stored {
  return {
    account: row.account,
    room: row.roomId,
    call: row.callId,
    peer: row.peer,
    peer_name: row.peerName,
    direction: row.direction,
    kind: row.kind,
    started: row.startedAt,
    answered: row.answeredAt,
    connected: row.connectedAt,
    ended: row.endedAt,
    outcome: row.outcome,
    cause: row.cause,
    missed: Number(row.missed),
    seen: Number(row.seen),
  };
}

/** The table is STRICT and written by `writeRow` alone. */
function readRow(stored: Record<string, unknown>): HistoryRow & { readonly id: number } {
  return {
    id: stored.id,
    account: stored.account,
    roomId: stored.room,
    callId: stored.call,
    peer: stored.peer,
    peerName: stored.peer_name,
    direction: stored.direction,
    kind: stored.kind,
    startedAt: stored.started,
    answeredAt: stored.answered,
    connectedAt: stored.connected,
    endedAt: stored.ended,
    outcome: stored.outcome,
    cause: stored.cause,
    missed: stored.missed === 1,
    seen: stored.seen === 1,
  } as HistoryRow & { readonly id: number };
}

/** Only of rows whose outcome is known. */
const readEntry = (stored: Record<string, unknown>): HistoryEntry => readRow(stored) as HistoryEntry;
