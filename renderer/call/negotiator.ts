/**
 * Changes of a running call: `m.call.negotiate` out and in, one exchange at a time, unanswered offers rolled back.
 * NG-01..NG-08, NG-16, NG-17
 */
import type { Cancel, Clock } from './environment';
import type { Negotiate } from './events';
import { PeerClosed, type Peer, type Received } from './peer';

export interface NegotiatorEnvironment {
  readonly clock: Clock;
  readonly peer: Pick<Peer, 'exchanged' | 'offerChange' | 'receive' | 'rollBack' | 'localSdp'>;
  /** The callee; in a glare that is the side that gave way. GL-06, NG-06 */
  readonly polite: boolean;
  /** May we send an offer at all? NG-15, N5 */
  readonly allowed: () => boolean;
  readonly send: (description: RTCSessionDescriptionInit, lifetime: number) => void;
  /** A description of the far end was applied. @param ourOffer set when theirs is the answer to it. */
  readonly applied: (event: Negotiate, ourOffer: string | null) => void;
  /** An offer of ours was given up: for one of theirs, or for want of a usable answer. */
  readonly dropped: () => void;
  readonly log: (rule: string, reason: string) => void;
}

/** ms; long enough for a sync loop that reconnects. */
const lifetime = 30_000;
/** Offers in a row without a usable answer, after which we stop asking until the far end makes sense again. */
const mostFailures = 2;

export class Negotiator {
  readonly #env: NegotiatorEnvironment;
  #open = false;
  #wanted = false;
  #offering = false;
  #failures = 0;
  #answerTimer: Cancel | null = null;

  constructor(env: NegotiatorEnvironment) {
    this.#env = env;
  }

  /** The first offer and answer are through: from now on changes are negotiated. */
  open(): void {
    this.#open = true;
    if (this.#wanted) void this.#offer();
  }

  /** The answer did not get out: back to before the exchange. AN-25 */
  shut(): void {
    this.#open = false;
  }

  /** The connection says that something changed; several in a row make one offer. */
  needed(): void {
    // Before the first exchange it is the first offer that is meant; whatever else is asks again when that is through.
    if (!this.#env.peer.exchanged) return;
    this.#wanted = true;
    void this.#offer();
  }

  /** No offer of ours is being made, or waits for its answer. */
  get isIdle(): boolean {
    return this.#open && !this.#offering && this.#answerTimer === null;
  }

  /** ICE has to be restarted: whether the far end was silent before matters no more. */
  insist(): void {
    this.#failures = 0;
    this.#wanted = true;
    void this.#offer();
  }

  /** From the far end that we have chosen, once our answer was given or theirs is being applied. NG-03, NG-07 */
  async receive(event: Negotiate, age: number): Promise<void> {
    const { peer, polite, log } = this.#env;
    const isAnswer = event.description.type === 'answer';
    const awaited = this.#answerTimer !== null;
    if (age > event.lifetime) {
      log('NG-04', 'negotiate came too late');
      if (isAnswer && !awaited) this.#askAgain();
      return;
    }
    const ourOffer = isAnswer && awaited ? peer.localSdp : null;
    let received: Received;
    try {
      received = await peer.receive(event.description, polite);
    } catch (error) {
      if (error instanceof PeerClosed) return;
      log('NG-08', 'negotiate refused by WebRTC; the call goes on as it was');
      if (isAnswer && awaited) await this.#failed();
      else if (isAnswer) this.#askAgain(); // it answers what was given up: it is there again
      return;
    }
    if (received.verdict === 'ignored') {
      log('NG-06', 'their offer crossed ours, which goes first');
      return;
    }
    if (received.verdict === 'provisional') return; // ours goes on waiting for the answer
    const wasDropped = this.#answerTimer !== null && !isAnswer;
    this.#stopTimer(); // answered, or rolled back by theirs
    this.#failures = 0;
    if (wasDropped) this.#env.dropped();
    this.#env.applied(event, ourOffer);
    if (received.verdict === 'answered') this.#env.send(received.answer, lifetime);
    if (this.#wanted) void this.#offer();
  }

  close(): void {
    this.#open = false;
    this.#stopTimer();
  }

  async #offer(): Promise<void> {
    const busy = this.#offering || this.#answerTimer !== null;
    if (!this.#open || busy || this.#failures >= mostFailures || !this.#env.allowed()) return;
    this.#offering = true;
    const offer = await this.#env.peer.offerChange().catch((error: unknown) => {
      if (!(error instanceof PeerClosed)) this.#env.log('NG-08', 'no offer could be made');
      return null;
    });
    this.#offering = false;
    if (offer === null || !this.#isOpen()) return;
    this.#wanted = false; // what was asked for until now is in it; what comes later asks again when this is through
    this.#env.send(offer, lifetime);
    this.#answerTimer = this.#env.clock.after(lifetime, () => {
      this.#env.log('NG-04', 'negotiate was not answered; rolled back');
      void this.#failed();
    });
  }

  /** What the far end has missed can be asked for once more. */
  #askAgain(): void {
    this.#failures = 0;
    if (this.#wanted) void this.#offer();
  }

  /** No usable answer: the call goes on as it was. What was wanted is still wanted, so the connection will ask again. */
  async #failed(): Promise<void> {
    this.#stopTimer();
    this.#failures += 1;
    this.#env.dropped();
    await this.#env.peer.rollBack().catch(() => undefined);
  }

  #isOpen(): boolean {
    return this.#open;
  }

  #stopTimer(): void {
    this.#answerTimer?.();
    this.#answerTimer = null;
  }
}
