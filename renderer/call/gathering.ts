/**
 * How long an invite or answer waits for candidates: until gathering ends, until those that matter are there and no more
 * come, or 200 ms. Measured: the end of gathering takes 120 ms at best and 40 s with a dead server. IC-01
 */
import type { Cancel, Clock } from './environment';

/** ms */
const longestWait = 200;
/** Without a new candidate for this long, ms, the rest may as well follow with end-of-candidates, which is sent anyway. */
const quiet = 30;

export class Gathering {
  readonly #clock: Clock;
  readonly #relayExpected: boolean;
  #any = false;
  #relay = false;
  #complete = false;
  #news: () => void = () => undefined;

  constructor(clock: Clock, relayExpected: boolean) {
    this.#clock = clock;
    this.#relayExpected = relayExpected;
  }

  found(candidate: RTCIceCandidateInit | null): void {
    if (candidate !== null) {
      this.#any = true;
      this.#relay ||= candidate.candidate?.includes(' typ relay') === true;
    }
    this.#news();
  }

  changed(state: RTCIceGatheringState): void {
    this.#complete = state === 'complete';
    this.#news();
  }

  /** The connection is closed: nobody waits any longer. */
  stop(): void {
    this.#complete = true;
    this.#news();
  }

  /** One waits at a time. */
  done(): Promise<void> {
    return new Promise((resolve) => {
      let quietTimer: Cancel | null = null;
      const finish = (): void => {
        limit();
        quietTimer?.();
        this.#news = () => undefined;
        resolve();
      };
      const limit = this.#clock.after(longestWait, finish);
      this.#news = () => {
        if (this.#complete) return finish();
        if (!this.#any || (this.#relayExpected && !this.#relay)) return;
        quietTimer?.();
        quietTimer = this.#clock.after(quiet, finish);
      };
      this.#news();
    });
  }
}
