/**
 * Keeps every sign of a ringing call (notification, tray, badge, flashing window) and removes all of them together at the
 * first reason to stop, whoever gives it: a signal, the page, the clock, the account (peers' lesson: alerts that outlive
 * their call).
 *
 *   invite that may ring ─▶ waiting ──page: ringing, or it says nothing──▶ showing ◀──page: ringing (AN-25)──┐
 *                              │                                             └────page: answering───▶ answering
 *                              └─────────────── any end ──▶ gone ◀───────────────────────┴─────────────────┘
 */
import { callKeyOf, callNameOf } from '../../preload/contract/call-key';
import type { CallReport } from '../../preload/contract/calls';
import type { UserId } from '../../preload/contract/ids';
import { wouldBeTooMany } from '../../preload/contract/ringing-bound';
import type { CallKey } from '../../preload/contract/signalling';
import type { UnnumberedSignal } from '../account/contract';
import type { Clock } from '../clock';
import { endsRinging, type Invite, isMissed, type RingingEnd, ringingFacts, type RingingFacts } from './alert-rules';

/** What a sign shows. */
export interface RingingCall extends CallKey {
  readonly caller: UserId;
  readonly kind: CallReport['kind'];
  /** A person stopped the sounds; the signs stay. RG-09 */
  readonly silenced: boolean;
}

/** Raises one sign of a ringing call. @returns what lowers it. */
export type Sign = (call: RingingCall) => () => void;

export interface Alerts {
  /** Calls whose signs are up, oldest first. */
  readonly list: () => readonly RingingCall[];
  /** Those, and calls whose signs are about to go up: the page may show them already. Oldest first. */
  readonly unanswered: () => readonly RingingCall[];
  readonly signal: (signal: UnnumberedSignal) => void;
  /** Another call beside those that ring already would be more than a person can bear. */
  readonly isTooMuch: (invite: Invite) => boolean;
  readonly report: (report: CallReport) => void;
  readonly silence: (call: CallKey) => void;
  /** The page died: what it was about to answer rings again, unless `stop` ended it. */
  readonly pageGone: () => void;
  /** The machine slept for `ms`, during which the clock may have stood still. LV-14 */
  readonly slept: (ms: number) => void;
  readonly stop: (call: CallKey) => void;
  readonly signedOut: (account: UserId) => void;
}

export interface AlertsEnv {
  readonly clock: Clock;
  readonly signs: readonly Sign[];
  /** After every change of `list()`. */
  readonly changed: () => void;
  /** Called once for each call that stopped ringing; `missed` when a person should be told that somebody called. */
  readonly ended: (call: RingingCall, end: RingingEnd, missed: boolean) => void;
}

/** ms. The page knows whether it is a video call, and whether it answers by itself (glare); a page that is not there says nothing. */
const patience = 400;

interface Alert {
  readonly facts: RingingFacts;
  call: RingingCall;
  phase: 'waiting' | 'showing' | 'answering';
  expiresAt: number;
  cancelExpiry: () => void;
  cancelPatience: () => void;
  lower: readonly (() => void)[];
}

export function makeAlerts({ clock, signs, changed, ended }: AlertsEnv): Alerts {
  const alerts = new Map<string, Alert>();

  function begin(invite: Invite): void {
    if (alerts.has(callKeyOf(invite))) return;
    const facts = ringingFacts(invite);
    const alert: Alert = {
      facts,
      call: { ...callNameOf(facts), caller: facts.caller, kind: 'voice', silenced: false },
      phase: 'waiting',
      expiresAt: clock.now() + facts.remaining,
      cancelExpiry: () => undefined,
      cancelPatience: clock.after(patience, () => {
        show(alert);
      }),
      lower: [],
    };
    alerts.set(callKeyOf(facts), alert);
    awaitExpiry(alert);
  }

  function show(alert: Alert): void {
    if (alert.phase === 'showing') return;
    alert.cancelPatience();
    alert.phase = 'showing';
    alert.lower = signs.map((raise) => raise(alert.call));
    changed();
  }

  function hide(alert: Alert): void {
    alert.cancelPatience();
    const lower = alert.lower;
    alert.lower = [];
    for (const sign of lower) sign();
  }

  /** An answer on its way is the page's business until it succeeds or fails: it is not missed meanwhile. */
  function awaitExpiry(alert: Alert): void {
    alert.cancelExpiry();
    alert.cancelExpiry = clock.after(Math.max(0, alert.expiresAt - clock.now()), () => {
      if (alert.phase !== 'answering') end(alert, 'expired');
    });
  }

  function end(alert: Alert, reason: RingingEnd): void {
    alerts.delete(callKeyOf(alert.facts));
    alert.cancelExpiry();
    hide(alert);
    // Nothing that takes time, as writing does, comes before the last sign is gone.
    changed();
    ended(alert.call, reason, isMissed(reason));
  }

  function ringAgain(alert: Alert): void {
    if (clock.now() >= alert.expiresAt) end(alert, 'expired');
    else show(alert);
  }

  return {
    list: () => [...alerts.values()].filter(({ phase }) => phase === 'showing').map(({ call }) => call),
    unanswered: () => [...alerts.values()].filter(({ phase }) => phase !== 'answering').map(({ call }) => call),
    signal: (signal) => {
      if (signal.kind === 'event' && signal.type === 'm.call.invite') {
        if (signal.verdict?.ring === true) begin(signal);
        return;
      }
      for (const alert of [...alerts.values()]) {
        const reason = endsRinging(alert.facts, signal);
        if (reason !== null) end(alert, reason);
      }
    },
    isTooMuch: (invite) => {
      const others = [...alerts.values()].filter(
        ({ facts, phase }) => phase !== 'answering' && callKeyOf(facts) !== callKeyOf(invite),
      );
      const next = { account: invite.account, roomId: invite.roomId, caller: invite.sender };
      return wouldBeTooMany(
        others.map(({ facts }) => facts),
        next,
      );
    },
    report: (report) => {
      const alert = alerts.get(callKeyOf(report));
      if (alert === undefined || report.direction !== 'incoming') return;
      alert.call = { ...alert.call, kind: report.kind };
      switch (report.state) {
        case 'ringing':
          show(alert);
          return;
        case 'answering':
          alert.phase = 'answering';
          hide(alert);
          changed();
          return;
        case 'ended':
          end(alert, endOf(report.reason));
          return;
        default:
          end(alert, 'answered');
      }
    },
    silence: (call) => {
      const alert = alerts.get(callKeyOf(call));
      if (alert === undefined) return;
      alert.call = { ...alert.call, silenced: true };
      changed();
    },
    pageGone: () => {
      for (const alert of [...alerts.values()]) if (alert.phase === 'answering') ringAgain(alert);
    },
    slept: (ms) => {
      for (const alert of alerts.values()) {
        alert.expiresAt -= ms;
        awaitExpiry(alert);
      }
    },
    stop: (call) => {
      const alert = alerts.get(callKeyOf(call));
      if (alert !== undefined) end(alert, 'ended');
    },
    signedOut: (account) => {
      for (const alert of [...alerts.values()]) if (alert.facts.account === account) end(alert, 'signedOut');
    },
  };
}

/** The engine's reason, where it matters to somebody who looks at the screen later. */
function endOf(reason: string | undefined): RingingEnd {
  switch (reason) {
    case 'invite_timeout':
      return 'expired';
    case 'rejected':
    case 'user_hangup':
      return 'declined';
    case 'answered_elsewhere':
      return 'answeredElsewhere';
    case 'rejected_elsewhere':
      return 'rejectedElsewhere';
    default:
      return 'ended';
  }
}
