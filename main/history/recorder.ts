/**
 * Writes down every call once, from what main knows: the signals of its accounts, the engine's reports, the ends of
 * ringing, and its own hangups. Whoever tells of a call's end first is believed; only another device of ours can still
 * say that it took a call which looked missed from here (peers' lesson: answered calls listed as missed).
 */
import { callKeyOf, callNameOf } from '../../preload/contract/call-key';
import type { CallReport } from '../../preload/contract/calls';
import type { HistoryEntry } from '../../preload/contract/history';
import type { UserId } from '../../preload/contract/ids';
import type { CallKey } from '../../preload/contract/signalling';
import type { UnnumberedSignal } from '../account/contract';
import { makeRecent } from '../matrix/recent';
import { endsRinging, type Invite, type RingingEnd, ringingFacts, type RingingFacts } from '../ringing/alert-rules';
import {
  type Ending,
  endingOfHangup,
  endingOfInterrupted,
  endingOfReport,
  endingOfRinging,
  endingOfVerdict,
  isMissed,
} from './outcome';
import type { HistoryRow, HistoryRows } from './rows';

export interface Recorder {
  readonly signal: (signal: UnnumberedSignal) => void;
  readonly report: (report: CallReport) => void;
  readonly ringingEnded: (call: CallKey, end: RingingEnd) => void;
  /** Main hung up. */
  readonly hungUp: (call: CallKey) => void;
  /** The page died with its calls; those that only ring go on ringing. */
  readonly pageGone: () => void;
  /** At the start: what lived when the program was last seen. */
  readonly recover: () => void;
  /** Both called at once, and ours was the call: theirs was not missed. GL-15 */
  readonly hasCrossed: (call: CallKey) => boolean;
}

export interface RecorderEnv {
  /** The ones of now: a file that breaks is replaced. */
  readonly rows: () => Pick<HistoryRows, 'find' | 'save' | 'drop' | 'living' | 'wasDeleted'>;
  /** ms since the epoch. */
  readonly date: () => number;
  readonly nameOf: (account: UserId, user: UserId) => string;
  /** A call is over, or not over after all. */
  readonly changed: () => void;
}

/** Calls that did not ring, whose later signals may still say what came of them. */
const FOLLOWED = 200;
/** UTF-16 units. A name may be as long as an event. */
const LONGEST_NAME = 255;

export function makeRecorder({ rows, date, nameOf: personName, changed }: RecorderEnv): Recorder {
  const followed = makeRecent<string, RingingFacts>(FOLLOWED);
  /** Invites that met a waiting call of ours to the same person; false once the engine has taken theirs. */
  const crossed = makeRecent<string, boolean>(FOLLOWED);

  /** Calls that the page is answering: the alert takes the echo of our own answer for one of another device. */
  const answering = new Set<string>();

  const hasCrossed = (call: CallKey): boolean => crossed.get(callKeyOf(call)) === true;

  function begin(call: CallKey, facts: Pick<HistoryEntry, 'peer' | 'direction' | 'kind' | 'startedAt'>): HistoryRow {
    return {
      ...callNameOf(call),
      ...facts,
      peerName: personName(call.account, facts.peer).slice(0, LONGEST_NAME).toWellFormed(),
      answeredAt: null,
      connectedAt: null,
      endedAt: null,
      outcome: null,
      cause: null,
      missed: false,
      seen: true,
    };
  }

  function finish(row: HistoryRow, ending: Ending, endedAt: number | null): void {
    const missed = isMissed(ending);
    rows().save({ ...row, ...ending, missed, seen: !missed, endedAt });
    changed();
  }

  function invited(invite: Invite): void {
    const { verdict } = invite;
    if (verdict === undefined || rows().wasDeleted(invite)) return;
    if (verdict.ring) return ring(invite);
    const ending = endingOfVerdict(verdict.why);
    if (ending === 'notOurs') return;
    followed.set(callKeyOf(invite), ringingFacts(invite));
    if (rows().find(invite) !== null) return;
    const row = incoming(invite);
    if (ending === 'later') rows().save(row);
    else finish(row, ending, null);
  }

  function ring(invite: Invite): void {
    const known = rows().find(invite);
    if (known === null) {
      if (hasWaiting(invite)) crossed.set(callKeyOf(invite), true);
      rows().save(incoming(invite));
    } else if (known.outcome === 'missed') {
      // The program was killed while it rang, and it still does.
      rows().save({ ...known, outcome: null, missed: false, seen: true, endedAt: null });
      changed();
    }
  }

  const incoming = (invite: Invite): HistoryRow =>
    begin(invite, {
      peer: invite.sender,
      direction: 'incoming',
      kind: null,
      startedAt: Math.round(date() - invite.age),
    });

  /** A call of ours to the one who invites us now. GL-01 */
  const hasWaiting = ({ account, roomId, sender }: Invite): boolean =>
    rows()
      .living()
      .some(
        (row) =>
          row.direction === 'outgoing' &&
          row.answeredAt === null &&
          row.account === account &&
          row.roomId === roomId &&
          row.peer === sender,
      );

  function follow(signal: Invite): void {
    const facts = followed.get(callKeyOf(signal));
    const end = facts === undefined ? null : endsRinging(facts, signal);
    const ending = end === null ? null : endingOfRinging(end);
    const row = ending === null ? null : rows().find(signal);
    if (ending === null || row === null) return;
    const elsewhere = ending.outcome === 'answeredElsewhere' || ending.outcome === 'declinedElsewhere';
    const mayBeBetter = elsewhere && (row.outcome === 'missed' || row.outcome === 'suppressed');
    if (row.outcome === null || mayBeBetter) finish(row, ending, Math.round(date() - signal.age));
  }

  function report(told: CallReport): void {
    if (told.direction === 'incoming') crossed.set(callKeyOf(told), false);
    if (told.state === 'answering') answering.add(callKeyOf(told));
    else answering.delete(callKeyOf(told));
    const { peer, direction, kind } = told;
    const known = rows().find(told);
    const row = { ...(known ?? begin(told, { peer, direction, kind, startedAt: date() })), kind };
    if (row.outcome !== null) return;
    if (told.state === 'ended') {
      const ending = endingOfReport(told, row);
      if (ending === null) rows().drop(told);
      else finish(row, ending, date());
      return;
    }
    const hasAnswer = told.state === 'connecting' || told.state === 'connected';
    const answeredAt = row.answeredAt ?? (hasAnswer ? date() : null);
    const connectedAt = row.connectedAt ?? (told.state === 'connected' ? date() : null);
    const isNews = known?.answeredAt !== answeredAt || known.connectedAt !== connectedAt || known.kind !== kind;
    if (isNews) rows().save({ ...row, answeredAt, connectedAt });
  }

  return {
    signal: (signal) => {
      if (signal.kind !== 'event') return;
      if (signal.type === 'm.call.invite') invited(signal);
      else follow(signal);
    },
    report,
    ringingEnded: (call, end) => {
      if (answering.has(callKeyOf(call))) return;
      const row = rows().find(call);
      const ending = endingOfRinging(end);
      if (row?.outcome !== null || ending === null) return;
      if (ending.outcome === 'missed' && hasCrossed(call)) rows().drop(call);
      else finish(row, ending, date());
    },
    hungUp: (call) => {
      const row = rows().find(call);
      if (row?.outcome === null) finish(row, endingOfHangup(row), date());
    },
    pageGone: () => {
      answering.clear();
      for (const row of rows().living()) {
        const onlyRings = row.direction === 'incoming' && row.answeredAt === null;
        if (!onlyRings) finish(row, endingOfInterrupted(row), date());
      }
    },
    recover: () => {
      for (const row of rows().living()) finish(row, endingOfInterrupted(row), null);
    },
    hasCrossed,
  };
}
