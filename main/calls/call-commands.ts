/**
 * What a person can ask for without a window: from the command line and with global keys. Each names no call; here is
 * decided which one is meant. The page's engine carries it out, and what it reports says whether it did.
 */
import { callKeyOf } from '../../preload/contract/call-key';
import type { CallAction, CallReport } from '../../preload/contract/calls';
import type { HotkeyName } from '../../preload/contract/hotkeys';
import type { UserId } from '../../preload/contract/ids';
import type { Person } from '../../preload/contract/people';
import type { CallKey } from '../../preload/contract/signalling';
import type { Clock } from '../clock';
import type { Verb } from '../desktop/command-line';

export type VerbFailure =
  | 'nothingRings'
  | 'notAnswered'
  | 'noCall'
  | 'notConnected'
  | 'notSignedIn'
  | 'unknownPerson'
  | 'cannotCall'
  | 'alreadyInCall'
  | 'notDone';

export type VerbOutcome = { readonly ok: true } | { readonly ok: false; readonly reason: VerbFailure };

/** Each resolves when it is done, or when it is plain that it will not be. */
export interface CallCommands {
  readonly answer: () => Promise<VerbOutcome>;
  readonly decline: () => Promise<VerbOutcome>;
  /** Holds the call that goes on, or resumes it. */
  readonly hold: () => Promise<VerbOutcome>;
  /** The call that goes on; without one, the call that rings is declined. */
  readonly hangUp: () => Promise<VerbOutcome>;
  readonly mute: (to: 'on' | 'off' | 'toggle') => Promise<VerbOutcome>;
  readonly call: (userId: UserId) => Promise<VerbOutcome>;
  /** A call was reported, or stopped ringing. */
  readonly changed: () => void;
}

export interface CallCommandsEnv {
  readonly clock: Clock;
  /** Oldest first. */
  readonly calls: () => readonly CallReport[];
  /** Nobody has answered them yet, oldest first. */
  readonly ringing: () => readonly CallKey[];
  readonly act: (call: CallKey, action: CallAction) => void;
  /** Everybody of every account. */
  readonly people: () => readonly Person[];
  /** The accounts kept on disk are there, and some account is signed in. */
  readonly isSignedIn: () => Promise<boolean>;
  /** Some account has not heard from its homeserver yet. */
  readonly isConnecting: () => boolean;
  /** Asks the page for a voice call. */
  readonly place: (person: Person) => void;
}

/** ms in which the page must have done it; opening a microphone takes its time, and so does a slow homeserver. */
const bound = 15_000;

const done: VerbOutcome = { ok: true };
const failed = (reason: VerbFailure): VerbOutcome => ({ ok: false, reason });

export function makeCallCommands(env: CallCommandsEnv): CallCommands {
  const waiting = new Set<() => void>();

  /** Resolves with the first outcome that `look` sees, asked after every change. */
  function until(look: () => VerbOutcome | null): Promise<VerbOutcome> {
    return new Promise((resolve) => {
      const settle = (outcome: VerbOutcome): void => {
        waiting.delete(check);
        cancel();
        resolve(outcome);
      };
      const check = (): void => {
        const outcome = look();
        if (outcome !== null) settle(outcome);
      };
      const cancel = env.clock.after(bound, () => settle(failed('notDone')));
      waiting.add(check);
      check();
    });
  }

  const find = (key: CallKey): CallReport | undefined => env.calls().find((call) => callKeyOf(call) === callKeyOf(key));
  const rings = (key: CallKey): boolean => env.ringing().some((call) => callKeyOf(call) === callKeyOf(key));

  return {
    answer: async () => {
      const call = env.ringing()[0];
      if (call === undefined) return failed('nothingRings');
      env.act(call, 'answer');
      let tried = false;
      const gone = (): VerbOutcome => failed(tried ? 'notAnswered' : 'nothingRings');
      return until(() => {
        const now = find(call);
        if (now === undefined) return rings(call) ? null : gone();
        // Without a microphone, or a homeserver that takes the answer, it rings again.
        if (now.state === 'ringing') return tried ? gone() : null;
        tried = true;
        return now.state === 'answering' ? null : done;
      });
    },
    decline: async () => {
      const call = env.ringing()[0];
      if (call === undefined) return failed('nothingRings');
      env.act(call, 'decline');
      return until(() => (find(call) === undefined && !rings(call) ? done : null));
    },
    hold: async () => {
      const call = inFront(env.calls());
      if (call === null) return failed('noCall');
      if (!call.held && !isConnected(call)) return failed('notConnected');
      env.act(call, 'toggleHold');
      return until(() => {
        const now = find(call);
        if (now === undefined) return failed('noCall');
        return now.held === call.held ? null : done;
      });
    },
    hangUp: async () => {
      const call = inFront(env.calls());
      const ringing = env.ringing()[0];
      if (call !== null) env.act(call, 'hangUp');
      else if (ringing !== undefined) env.act(ringing, 'decline');
      const ended = call ?? ringing;
      if (ended === undefined) return failed('noCall');
      return until(() => (find(ended) === undefined && !rings(ended) ? done : null));
    },
    mute: async (to) => {
      const call = inFront(env.calls());
      if (call === null) return failed('noCall');
      const wanted = to === 'toggle' ? !call.muted : to === 'on';
      if (call.muted !== wanted) env.act(call, 'toggleMute');
      return until(() => {
        const now = find(call);
        if (now === undefined) return failed('noCall');
        return now.muted === wanted ? done : null;
      });
    },
    call: async (userId) => {
      if (!(await env.isSignedIn())) return failed('notSignedIn');
      const calls = (): boolean => env.calls().some((call) => call.peer === userId);
      if (calls()) return failed('alreadyInCall');
      let person: Person | undefined;
      const found = await until(() => {
        const known = env.people().filter((someone) => someone.userId === userId);
        person = known.find(canBeCalled);
        if (person !== undefined) return done;
        // Right after the start the people are not known yet.
        if (env.isConnecting()) return null;
        return failed(known.length === 0 ? 'unknownPerson' : 'cannotCall');
      });
      if (person === undefined) return found;
      env.place(person);
      return until(() => (calls() ? done : null));
    },
    changed: () => {
      for (const check of [...waiting]) check();
    },
  };
}

const canBeCalled = ({ standing, barred, roomId }: Person): boolean =>
  standing === 'joined' && barred === null && roomId !== null;

const isConnected = ({ state }: CallReport): boolean => state === 'connected' || state === 'reconnecting';

/** The call that the person is in: one on hold only when there is no other; of several the latest. */
export function inFront(calls: readonly CallReport[]): CallReport | null {
  const running = calls.filter((call) => call.state !== 'ringing');
  return running.findLast((call) => !call.held) ?? running.at(-1) ?? null;
}

export function perform(commands: CallCommands, verb: Verb): Promise<VerbOutcome> {
  switch (verb.do) {
    case 'call':
      return commands.call(verb.userId);
    case 'mute':
      return commands.mute(verb.to);
    case 'answer':
    case 'decline':
    case 'hold':
    case 'hangUp':
      return commands[verb.do]();
  }
}

/** `talk` has no end that could be told: each press opens the microphone, or closes it. */
export function performHotkey(commands: CallCommands, name: HotkeyName): Promise<VerbOutcome> {
  if (name === 'answer' || name === 'hangUp') return commands[name]();
  return commands.mute('toggle');
}
