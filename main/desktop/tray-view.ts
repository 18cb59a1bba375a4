/** What the tray shows and offers, as a pure function of what main knows. The icon itself is in tray.ts. */
import type { Account } from '../../preload/contract/accounts';
import type { CallAction, CallReport } from '../../preload/contract/calls';
import type { UserId } from '../../preload/contract/ids';
import type { CallKey } from '../../preload/contract/signalling';
import { nameOf } from '../calls/call-id';
import type { RingingCall } from '../ringing/alert';
import type { Messages } from './messages';

/** One icon each, in assets/tray. */
export const trayStates = ['ready', 'ringing', 'in-call', 'muted', 'offline'] as const;
export type TrayState = (typeof trayStates)[number];

export type TrayCommand =
  { readonly do: 'open' | 'quit' } | { readonly do: 'call'; readonly call: CallKey; readonly action: CallAction };

/** `command` is null for a heading. */
export type TrayEntry = 'separator' | { readonly label: string; readonly command: TrayCommand | null };

export interface TrayView {
  readonly state: TrayState;
  readonly toolTip: string;
  readonly menu: readonly TrayEntry[];
}

export interface TrayFacts {
  readonly accounts: readonly Account[];
  readonly ringing: readonly RingingCall[];
  readonly calls: readonly CallReport[];
  /** The name that people know somebody by. */
  readonly nameOf: (account: UserId, user: UserId) => string;
  readonly messages: Messages;
}

export function trayView(facts: TrayFacts): TrayView {
  const { messages } = facts;
  const calls = facts.calls.filter((call) => call.state !== 'ringing');
  return {
    ...headline(facts, calls),
    menu: [
      ...facts.ringing.flatMap((call) => ringingEntries(call, facts)),
      ...calls.flatMap((call) => callEntries(call, facts)),
      { label: messages.open, command: { do: 'open' } },
      { label: messages.quit, command: { do: 'quit' } },
    ],
  };
}

/** The most urgent thing first: who rings, then with whom we speak, then whether calls can come in at all. */
function headline(facts: TrayFacts, calls: readonly CallReport[]): Pick<TrayView, 'state' | 'toolTip'> {
  const { messages, accounts } = facts;
  const ringing = facts.ringing[0];
  if (ringing !== undefined) return { state: 'ringing', toolTip: incoming(ringing, facts) };
  const call = calls[0];
  if (call !== undefined) {
    const name = facts.nameOf(call.account, call.peer);
    if (call.muted) return { state: 'muted', toolTip: messages.inCallMuted(name) };
    return { state: 'in-call', toolTip: messages.inCall(name) };
  }
  if (accounts.every(({ connection }) => connection === 'signedOut')) {
    return { state: 'offline', toolTip: messages.notSignedIn };
  }
  if (accounts.some(({ connection }) => connection === 'online')) return { state: 'ready', toolTip: messages.ready };
  return { state: 'offline', toolTip: messages.offline };
}

function incoming(call: RingingCall, { nameOf: who, messages }: TrayFacts): string {
  const name = who(call.account, call.caller);
  return call.kind === 'video' ? messages.incomingVideoCall(name) : messages.incomingCall(name);
}

function ringingEntries(call: RingingCall, facts: TrayFacts): TrayEntry[] {
  const { messages } = facts;
  const entry = (label: string, action: CallAction): TrayEntry => ({ label, command: commandFor(call, action) });
  return [
    { label: incoming(call, facts), command: null },
    entry(messages.answer, 'answer'),
    ...(call.kind === 'video' ? [entry(messages.answerWithVideo, 'answerWithVideo')] : []),
    entry(messages.decline, 'decline'),
    call.silenced ? { label: messages.silenced, command: null } : entry(messages.silence, 'silence'),
    'separator',
  ];
}

function callEntries(call: CallReport, facts: TrayFacts): TrayEntry[] {
  const { messages } = facts;
  return [
    { label: messages.inCall(facts.nameOf(call.account, call.peer)), command: null },
    { label: call.muted ? messages.unmute : messages.mute, command: commandFor(call, 'toggleMute') },
    { label: messages.hangUp, command: commandFor(call, 'hangUp') },
    'separator',
  ];
}

const commandFor = (call: CallKey, action: CallAction): TrayCommand => ({ do: 'call', call: nameOf(call), action });
