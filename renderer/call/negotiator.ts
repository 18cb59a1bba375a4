/**
 * Changes of a running call: `m.call.negotiate` out and in, one exchange at a time, unanswered offers rolled back.
 * NG-01..NG-08, NG-16
 */
import type { Cancel, Clock } from './environment';
import type { Negotiate } from './events';
import { PeerClosed, type Peer } from './peer';

export interface NegotiatorEnvironment {
  readonly clock: Clock;
  readonly peer: Peer;
  /** The callee; in a glare that is the side that gave way. GL-06, NG-06 */
  readonly polite: boolean;
  /** May we send one at all? Version 0 knows none (NG-15); N5: some version 1 clients hang up on any. */
  readonly allowed: () => boolean;
  readonly send: (description: RTCSessionDescriptionInit, lifetime: number) => void;
  /** A description of the far end was applied. */
  readonly applied: (event: Negotiate) => void;
  readonly log: (rule: string, reason: string) => void;
}

/** ms; long enough for a sync loop that reconnects. */
const lifetime = 30_000;

export class Negotiator {
  readonly #env: NegotiatorEnvironment;
  #ready = false;
  #wanted = false;
  #answerTimer: Cancel | null = null;

  constructor(env: NegotiatorEnvironment) {
    this.#env = env;
  }

  /** The first offer and answer are through: from now on changes are negotiated. */
  open(): void {
    this.#ready = true;
    if (this.#wanted) void this.#offer();
  }

  /** The connection says that something changed; several in a row make one offer. */
  needed(): void {
    // Before the first exchange it is the first offer that is meant; whatever else is asks again when that is through.
    if (!this.#env.peer.exchanged) return;
    this.#wanted = true;
    if (this.#ready) void this.#offer();
  }

  async receive(event: Negotiate, age: number): Promise<void> {
    if (age > event.lifetime) {
      this.#env.log('NG-04', 'negotiate came too late');
      return;
    }
    const { peer, polite } = this.#env;
    try {
      const answer = await peer.receive(event.description, polite);
      if (event.description.type === 'answer') this.#stopTimer();
      this.#env.applied(event);
      if (answer !== null) {
        this.#stopTimer(); // an own offer was rolled back by theirs
        this.#env.send(answer, lifetime);
      }
      if (this.#wanted) void this.#offer();
    } catch (error) {
      if (error instanceof PeerClosed) return;
      this.#env.log('NG-08', 'negotiate refused by WebRTC; the call goes on as it was');
    }
  }

  close(): void {
    this.#stopTimer();
  }

  async #offer(): Promise<void> {
    if (this.#answerTimer !== null || !this.#env.allowed()) return;
    this.#wanted = false;
    try {
      const offer = await this.#env.peer.offerChange();
      if (offer === null) {
        this.#wanted = true; // their offer is being answered; ours follows it
        return;
      }
      this.#env.send(offer, lifetime);
      this.#answerTimer = this.#env.clock.after(lifetime, () => void this.#unanswered());
    } catch (error) {
      if (!(error instanceof PeerClosed)) this.#env.log('NG-08', 'no offer could be made');
    }
  }

  async #unanswered(): Promise<void> {
    this.#answerTimer = null;
    this.#env.log('NG-04', 'negotiate was not answered; rolled back');
    await this.#env.peer.rollBack().catch(() => undefined);
  }

  #stopTimer(): void {
    this.#answerTimer?.();
    this.#answerTimer = null;
  }
}
