/**
 * What a person wants who presses the buttons of one headset, and what its reports say that nobody wants.
 *
 *   hook    up while we are on hook, down while we are off it: the person did that. A level that agrees with the lamp that
 *           we set is the headset following us, and means nothing.
 *   mute    likewise, where the headset says how it stands; where it says that the button was pressed, the other way round
 *   others  pressed
 *
 * Headsets follow late, and some say "down" only for as long as the button is held. So a level that we asked for is
 * expected for a while, even when we want another by then, and a button that is let go soon undoes nothing.
 */
import type { Clock } from '../call/environment';
import type { Lamps } from './hid';
import type { ButtonField } from './layout';
import { readButton } from './report';

export type HeadsetCommand =
  | 'offHook'
  | 'onHook'
  /** The hook of a headset that does not say how it stands. */
  | 'hook'
  | 'mute'
  | 'unmute'
  | 'toggleMute'
  | 'flash'
  | 'hold'
  | 'drop';

/** ms. No thumb presses a button twice in less. */
const soonest = 200;
/** A headset that is pressed oftener in so many ms is broken: what it says beyond is not done. */
const most = { presses: 10, ms: 5000 };
/** ms for which a headset may take to follow a lamp. */
const echo = 1000;
/** ms for which a thumb may stay on a button. */
const letGo = 1000;
/** ms without a report, after which "pressed" is said of another press although no end of the first was told. */
const pressedAnew = 400;

interface FieldState {
  value: -1 | 0 | 1;
  /** Since it was last told how to stand. */
  moved: boolean;
  /** Clock times in ms: when the button was last seen down, when it last did something, when it last went up and did. */
  seen: number;
  acted: number;
  rose: number;
  /** Levels that were asked for and have not come back, oldest first, each with the time until when it may. */
  awaited: readonly { readonly level: boolean; readonly until: number }[];
}

export class Buttons {
  readonly #clock: Clock;
  readonly #fields: ReadonlyMap<ButtonField, FieldState>;
  #wanted = { hook: false, mute: false };
  /** Clock time in ms at which the lamp last changed. */
  #told = { hook: -Infinity, mute: -Infinity };
  /** Clock times in ms of the last presses that did something. */
  #presses: readonly number[] = [];

  constructor(buttons: readonly ButtonField[], clock: Clock) {
    this.#clock = clock;
    const fresh = (): FieldState => ({
      value: 0,
      moved: false,
      seen: -Infinity,
      acted: -Infinity,
      rose: -Infinity,
      awaited: [],
    });
    this.#fields = new Map(buttons.map((field) => [field, fresh()]));
  }

  /** The headset is told this by its lamps. @param again told once more, although nothing changed. */
  tell(lamps: Lamps, again = false): void {
    const now = this.#clock.now();
    const levels = { hook: lamps.offHook, mute: lamps.mute };
    for (const button of ['hook', 'mute'] as const) {
      const level = levels[button];
      if (level !== this.#wanted[button]) this.#told[button] = now;
      else if (!again) continue;
      this.#wanted[button] = level;
      for (const [field, state] of this.#fields) {
        if (field.button !== button) continue;
        state.moved = false;
        const awaited = state.awaited.filter(({ until }) => until >= now);
        const follows = (state.value === 1) !== level || awaited.length > 0;
        state.awaited = follows ? [...awaited, { level, until: now + echo }] : [];
      }
    }
  }

  /** Reads one report; a field that it is too short for has not changed. */
  take(reportId: number, data: DataView): HeadsetCommand[] {
    return [...this.#fields].flatMap(([field, state]) => {
      if (field.reportId !== reportId) return [];
      const value = readButton(field, data);
      return value === null ? [] : (this.#read(field, state, value) ?? []);
    });
  }

  /** A hook or mute has moved away from what it was told, also where that was for nothing. One that never followed has not. */
  get disagrees(): boolean {
    return [...this.#fields].some(
      ([{ button, isAbsolute }, { value, moved }]) =>
        isAbsolute && moved && (button === 'hook' || button === 'mute') && (value === 1) !== this.#wanted[button],
    );
  }

  #read(field: ButtonField, state: FieldState, value: -1 | 0 | 1): HeadsetCommand | null {
    const { button, isAbsolute, isSigned } = field;
    const before = state.value;
    state.value = value;
    state.moved ||= value !== before;
    if (button !== 'hook' && button !== 'mute') {
      return this.#isPress(field, state, before) ? this.#act(state, button) : null;
    }
    if (isAbsolute) return (value === 1) === (before === 1) ? null : this.#level(button, state, value === 1);
    if (isSigned) {
      return value === 0 || (value === 1) === this.#wanted[button]
        ? null
        : this.#act(state, switched(button, value === 1));
    }
    const isEcho = this.#clock.now() - this.#told[button] < soonest;
    if (!this.#isPress(field, state, before) || isEcho) return null;
    return this.#act(state, button === 'hook' ? 'hook' : 'toggleMute');
  }

  #level(button: 'hook' | 'mute', state: FieldState, level: boolean): HeadsetCommand | null {
    const now = this.#clock.now();
    const expected = state.awaited.findIndex((one) => one.level === level && one.until >= now);
    if (expected !== -1) {
      state.awaited = state.awaited.slice(expected + 1);
      return null;
    }
    if (level === this.#wanted[button]) return null;
    if (!level && now - state.rose < letGo) {
      state.rose = -Infinity;
      return null;
    }
    const command = this.#act(state, switched(button, level));
    if (command !== null && level) state.rose = now;
    return command;
  }

  /** Down, and up before: or, where only presses are told, told again after a while. */
  #isPress({ isAbsolute }: ButtonField, state: FieldState, before: -1 | 0 | 1): boolean {
    if (state.value !== 1) return false;
    const now = this.#clock.now();
    const quiet = now - state.seen;
    state.seen = now;
    return before !== 1 || (!isAbsolute && quiet >= pressedAnew);
  }

  #act(state: FieldState, command: HeadsetCommand): HeadsetCommand | null {
    const now = this.#clock.now();
    const recent = this.#presses.filter((at) => now - at < most.ms);
    if (now - state.acted < soonest || recent.length >= most.presses) return null;
    state.acted = now;
    this.#presses = [...recent, now];
    return command;
  }
}

const switched = (button: 'hook' | 'mute', on: boolean): HeadsetCommand =>
  button === 'hook' ? (on ? 'offHook' : 'onHook') : on ? 'mute' : 'unmute';
