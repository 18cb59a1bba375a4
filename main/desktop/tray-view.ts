/** What the tray shows and offers, as a pure function of what main knows. The icon itself is in tray.ts. */
import type { Account } from '../../preload/contract/accounts';
import { callNameOf } from '../../preload/contract/call-key';
import type { CallAction, CallReport } from '../../preload/contract/calls';
import type { Device } from '../../preload/contract/device-choice';
import type { DeviceOffers } from '../../preload/contract/devices';
import type { UserId } from '../../preload/contract/ids';
import { type Quiet, type QuietChoice, quietChoices } from '../../preload/contract/quiet';
import type { CallKey } from '../../preload/contract/signalling';
import { inFront } from '../calls/call-commands';
import type { RingingCall } from '../ringing/alert';
import type { Messages } from './messages';
import { plainName } from './plain-name';

/** One icon each, in the folders of assets/tray. */
export const trayStates = ['ready', 'ringing', 'in-call', 'muted', 'missed', 'do-not-disturb', 'offline'] as const;
export type TrayState = (typeof trayStates)[number];

export type TrayCommand =
  | { readonly do: 'open' | 'quit' }
  | { readonly do: 'call'; readonly call: CallKey; readonly action: CallAction }
  /** `device` null: the system's. */
  | { readonly do: 'device'; readonly role: keyof DeviceOffers; readonly device: Device | null }
  | { readonly do: 'quiet'; readonly choice: QuietChoice };

/** `command` is null for what is only said. */
export type TrayEntry =
  | 'separator'
  | { readonly label: string; readonly command: TrayCommand | null; readonly checked?: boolean }
  | { readonly label: string; readonly submenu: readonly TrayEntry[] };

export interface TrayView {
  readonly state: TrayState;
  readonly toolTip: string;
  readonly menu: readonly TrayEntry[];
}

export interface TrayFacts {
  readonly accounts: readonly Account[];
  readonly ringing: readonly RingingCall[];
  readonly calls: readonly CallReport[];
  /** Null while there is no page that sees devices. */
  readonly devices: DeviceOffers | null;
  /** Missed calls that nobody has looked at. */
  readonly missed: number;
  /** Null while calls may ring. */
  readonly quiet: Quiet | null;
  /** A moment (ms since the epoch) as people say it. */
  readonly saidTime: (moment: number) => string;
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
      ...deviceEntries('microphone', facts),
      ...deviceEntries('speaker', facts),
      quietEntry(facts),
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
  const call = inFront(calls);
  if (call !== null) {
    const name = facts.nameOf(call.account, call.peer);
    if (call.muted) return { state: 'muted', toolTip: messages.inCallMuted(name) };
    return { state: 'in-call', toolTip: messages.inCall(name) };
  }
  if (accounts.every(({ connection }) => connection === 'signedOut')) {
    return { state: 'offline', toolTip: messages.notSignedIn };
  }
  if (accounts.every(({ connection }) => connection !== 'online')) {
    return { state: 'offline', toolTip: messages.offline };
  }
  const { quiet, missed } = facts;
  if (missed > 0) return { state: 'missed', toolTip: messages.missedCalls(missed) };
  if (quiet === null) return { state: 'ready', toolTip: messages.ready };
  const until = quiet.until === null ? null : facts.saidTime(quiet.until);
  return { state: 'do-not-disturb', toolTip: messages.quiet(until) };
}

function incoming(call: RingingCall, { nameOf: who, messages }: TrayFacts): string {
  const name = who(call.account, call.caller);
  return call.kind === 'video' ? messages.incomingVideoCall(name) : messages.incomingCall(name);
}

/** Which account is called is said only where there are several. */
function whatRings(call: RingingCall, facts: TrayFacts): TrayEntry[] {
  const { messages, accounts } = facts;
  return [
    { label: incoming(call, facts), command: null },
    ...(accounts.length > 1 ? [{ label: messages.callTo(plainName(call.account)), command: null }] : []),
  ];
}

function ringingEntries(call: RingingCall, facts: TrayFacts): TrayEntry[] {
  const { messages } = facts;
  const entry = (label: string, action: CallAction): TrayEntry => ({ label, command: commandFor(call, action) });
  const interrupts = facts.calls.some(({ state, held }) => state !== 'ringing' && !held);
  if (interrupts) {
    return [
      ...whatRings(call, facts),
      entry(messages.holdAndAnswer, 'answer'),
      entry(messages.endAndAnswer, 'endAndAnswer'),
      ...endsOfRinging(call, facts),
    ];
  }
  return [
    ...whatRings(call, facts),
    entry(messages.answer, 'answer'),
    ...(call.kind === 'video' ? [entry(messages.answerWithVideo, 'answerWithVideo')] : []),
    ...endsOfRinging(call, facts),
  ];
}

function endsOfRinging(call: RingingCall, { messages }: TrayFacts): TrayEntry[] {
  return [
    { label: messages.decline, command: commandFor(call, 'decline') },
    call.silenced
      ? { label: messages.silenced, command: null }
      : { label: messages.silence, command: commandFor(call, 'silence') },
    'separator',
  ];
}

function callEntries(call: CallReport, facts: TrayFacts): TrayEntry[] {
  const { messages } = facts;
  return [
    { label: messages.inCall(facts.nameOf(call.account, call.peer)), command: null },
    { label: call.muted ? messages.unmute : messages.mute, command: commandFor(call, 'toggleMute') },
    ...(call.sharing ? [{ label: messages.stopSharing, command: commandFor(call, 'stopSharing') }] : []),
    { label: messages.hangUp, command: commandFor(call, 'hangUp') },
    'separator',
  ];
}

/** Menus take every letter of a label; these come from whoever made the device. */
const longestLabel = 60;

function deviceEntries(role: keyof DeviceOffers, { devices, messages }: TrayFacts): TrayEntry[] {
  const offer = devices?.[role];
  if (offer === undefined || offer.devices.length === 0) return [];
  const entry = (label: string, device: Device | null): TrayEntry => ({
    label: label.length > longestLabel ? `${label.slice(0, longestLabel)}…` : label,
    command: { do: 'device', role, device },
    checked: offer.used === (device?.id ?? null),
  });
  return [
    {
      label: messages[role],
      submenu: [
        entry(messages.systemDefault, null),
        ...offer.devices.map((device, index) => entry(device.label || messages.unnamedDevice(index + 1), device)),
      ],
    },
  ];
}

/** What holds is marked; a timetable that holds is said, and "off" ends it for this time. */
function quietEntry({ quiet, messages, saidTime }: TrayFacts): TrayEntry {
  const timed = quiet?.why === 'times' && quiet.until !== null ? quiet.until : null;
  const holds = (choice: QuietChoice): boolean =>
    (choice === 'off' && quiet === null) ||
    (choice === 'untilSwitchedOff' && quiet?.why === 'byHand' && quiet.until === null);
  const byHand = quiet?.why === 'byHand' ? quiet.until : null;
  return {
    label: messages.doNotDisturb,
    submenu: [
      ...(timed === null ? [] : [{ label: messages.quietByTimes(saidTime(timed)), command: null, checked: true }]),
      ...(byHand === null ? [] : [{ label: messages.quietUntil(saidTime(byHand)), command: null, checked: true }]),
      ...quietChoices.map((choice) => ({
        label: messages.quietFor[choice],
        command: { do: 'quiet', choice } as const,
        checked: holds(choice),
      })),
    ],
  };
}

const commandFor = (call: CallKey, action: CallAction): TrayCommand => ({ do: 'call', call: callNameOf(call), action });
