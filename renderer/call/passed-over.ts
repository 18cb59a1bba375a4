/**
 * Invites that gave way to a call of ours. A client that knows no glare rule keeps waiting for an answer to its own, while
 * we wait for one to ours: after some time, or when ours fails, theirs is taken after all. GL-13
 */
import type { Cancel, Clock } from './environment';

/** What could still be answered. */
export interface PassedOver {
  /** Names the call, for `forget`. */
  readonly key: string;
  /** Clock time, ms, until which there is somebody to answer. */
  readonly until: number;
  readonly take: () => void;
}

interface Watched {
  readonly invite: PassedOver;
  readonly stop: Cancel;
}

/** ms; a client that follows the rule needs a sync and a capture, one that gathers first two seconds more. */
const patience = 6000;

export class PassedOverInvites {
  readonly #clock: Clock;
  /** By the call of ours that went first. */
  readonly #watched = new Map<string, Watched>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(ours: string, invite: PassedOver): void {
    this.forget(invite.key);
    this.#watched.get(ours)?.stop();
    this.#watched.set(ours, { invite, stop: this.#clock.after(patience, () => this.take(ours)) });
  }

  /** Our call found its end without an answer: theirs, if there is one, is answered instead. */
  take(ours: string): void {
    const watched = this.#watched.get(ours);
    this.settle(ours);
    if (watched !== undefined && this.#clock.now() < watched.invite.until) watched.invite.take();
  }

  /** Our call was answered, or nobody wants it any more. */
  settle(ours: string): void {
    this.#watched.get(ours)?.stop();
    this.#watched.delete(ours);
  }

  /** Their call is over. */
  forget(theirs: string): void {
    for (const [ours, { invite }] of this.#watched) if (invite.key === theirs) this.settle(ours);
  }
}
