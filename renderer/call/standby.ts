/**
 * The call that is probably about to be placed, because somebody looks at a person or points at the button: its connection
 * is made and its candidates are gathered before the click, so that the click only opens the devices and sends the invite.
 * Nothing leaves this device but what gathering needs, and no device is opened. Measured: most of the time from click to ring.
 */
import type { CallKind, PlaceTarget } from './call-view';
import type { Cancel, Clock } from './environment';
import type { OutgoingCall } from './outgoing-call';

/** ms; a connection that waits holds relay addresses. */
const keptFor = 60_000;

interface Waiting {
  readonly target: PlaceTarget;
  readonly kind: CallKind;
  readonly call: OutgoingCall;
  readonly stop: Cancel;
}

const fits = ({ target, kind }: Waiting, wanted: PlaceTarget, wantedKind: CallKind): boolean =>
  kind === wantedKind &&
  target.account === wanted.account &&
  target.roomId === wanted.roomId &&
  target.peer === wanted.peer;

export class Standby {
  readonly #clock: Clock;
  #waiting: Waiting | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Keeps one call ready; the one that waited for another target is given up. */
  expect(target: PlaceTarget, kind: CallKind, make: () => OutgoingCall): void {
    if (this.#waiting !== null && fits(this.#waiting, target, kind)) return;
    this.drop();
    const call = make();
    this.#waiting = { target, kind, call, stop: this.#clock.after(keptFor, () => this.drop()) };
    void call.prepare();
  }

  /** The call that waits for exactly this, or null. It is the caller's now. */
  take(target: PlaceTarget, kind: CallKind): OutgoingCall | null {
    const waiting = this.#waiting;
    if (waiting === null || !fits(waiting, target, kind)) return null;
    waiting.stop();
    this.#waiting = null;
    return waiting.call;
  }

  drop(): void {
    this.#waiting?.stop();
    this.#waiting?.call.discard();
    this.#waiting = null;
  }
}
