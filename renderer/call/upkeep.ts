/**
 * Whether the connection stands, and what is done when it does not: an answer after which nothing connects, a loss, another
 * network, a handshake that hangs. NG-13, NG-14, AN-23, AN-28
 */
import type { CallEnvironment } from './environment';
import type { FarEnd } from './far-end';
import { Handshake } from './handshake';
import type { Negotiator } from './negotiator';
import type { Peer } from './peer';
import { Recovery } from './recovery';

export interface UpkeepListener {
  readonly connected: () => void;
  readonly lost: () => void;
  readonly gaveUp: (reason: 'ice_failed' | 'ice_timeout') => void;
}

export interface UpkeepEnvironment extends Pick<CallEnvironment, 'clock' | 'log'> {
  readonly caller: boolean;
  readonly listener: UpkeepListener;
  readonly farEnd: () => FarEnd;
  readonly peer: () => Pick<Peer, 'hangsInHandshake' | 'isConnected' | 'restartIce' | 'setFingerprints'> | null;
  readonly negotiator: () => Pick<Negotiator, 'insist' | 'isIdle'> | null;
  /** With credentials of now. V0-14 */
  readonly configuration: () => Promise<RTCConfiguration>;
}

export class Upkeep {
  readonly #env: UpkeepEnvironment;
  readonly #recovery: Recovery;
  readonly #handshake: Handshake;
  #established = false;
  #connected = false;
  #closed = false;

  constructor(env: UpkeepEnvironment) {
    this.#env = env;
    this.#recovery = new Recovery({
      clock: env.clock,
      restart: () => this.#restartIce(),
      giveUp: env.listener.gaveUp,
    });
    this.#handshake = new Handshake({
      clock: env.clock,
      caller: env.caller,
      hangs: () => this.#hangsInHandshake,
      isConnected: () => env.peer()?.isConnected === true,
      isIdle: () => env.negotiator()?.isIdle === true,
      show: (fingerprints) => env.peer()?.setFingerprints(fingerprints),
      offer: () => env.negotiator()?.insist(),
      mended: () => this.#recovery.connected(),
    });
  }

  /** Offer and answer are known to both: the connection is due. */
  get established(): boolean {
    return this.#established;
  }

  /** NG-15, N5: a client that may not know what it is asked is asked only where the call is lost anyway. */
  get mayNegotiate(): boolean {
    const { renegotiates } = this.#env.farEnd();
    return renegotiates === 'yes' || (renegotiates === 'atTheLast' && !this.#connected);
  }

  establish(): void {
    this.#established = true;
    this.#recovery.start();
    this.#handshake.start();
  }

  /** The answer did not get out after all. AN-25 */
  unestablish(): void {
    this.#established = false;
    this.#recovery.stop();
    this.#handshake.reset();
  }

  /** The far end answered an offer of ours in the running call. */
  answered(): void {
    this.#handshake.answered();
  }

  /** An offer of ours was given up in the running call. */
  dropped(): void {
    this.#handshake.dropped();
  }

  connectionStateChanged(state: RTCPeerConnectionState): void {
    const { listener, log } = this.#env;
    if (state === 'connected') {
      this.#connected = true;
      if (this.#handshake.connected()) this.#recovery.connected();
      listener.connected();
    } else if (state === 'failed' && this.#handshake.isUnderWay && this.#hangsInHandshake) {
      log('AN-28', 'DTLS failed on a path that is there');
    } else if ((state === 'disconnected' || state === 'failed') && this.#established) {
      this.#connected = false;
      listener.lost();
      this.#recovery.lost(state);
    }
  }

  /** The network changed, or the machine woke up: do not wait for the loss to be noticed. NG-14 */
  networkChanged(): void {
    if (this.#connected && this.#env.farEnd().renegotiates === 'yes') this.#restartIce();
  }

  close(): void {
    this.#closed = true;
    this.#recovery.stop();
    this.#handshake.stop();
  }

  /** There is something left to try: otherwise the failure counts as every other. */
  get #hangsInHandshake(): boolean {
    return this.mayNegotiate && this.#env.peer()?.hangsInHandshake === true;
  }

  #restartIce(): boolean {
    const peer = this.#env.peer();
    if (peer === null || !this.#established || this.#env.farEnd().renegotiates === 'no') return false;
    void this.#env.configuration().then((configuration) => {
      if (this.#closed) return;
      peer.restartIce(configuration);
      this.#env.negotiator()?.insist();
    });
    return true;
  }
}
