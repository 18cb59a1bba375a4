/**
 * One RTCPeerConnection and the order in which it is used: every operation waits for the one before it, so that offers,
 * answers and candidates never meet half-applied descriptions. RFC 8829; IC-01, IC-11, IC-16, IC-17, NG-06, NG-16
 */
import type { CallKind } from './call-view';
import type { CallEnvironment, PeerConnection } from './environment';
import type { Candidate } from './events';
import { Gathering } from './gathering';
import { Lines } from './lines';
import type { LocalMedia } from './local-media';
import type { StatsEntry } from './quality';
import { isOfGeneration, takeCandidates, withWrongFingerprints } from './sdp';

export interface PeerListener {
  readonly candidate: (candidate: RTCIceCandidateInit | null) => void;
  readonly connectionStateChanged: (state: RTCPeerConnectionState) => void;
  readonly negotiationNeeded: () => void;
  readonly track: (track: MediaStreamTrack, streams: readonly MediaStream[]) => void;
  readonly digit: (digit: string) => void;
}

/** What became of the far end's description. */
export type Received =
  | { readonly verdict: 'ignored' } // its offer crossed ours, and ours goes first
  | { readonly verdict: 'provisional' } // an answer for the time being
  | { readonly verdict: 'applied' }
  | { readonly verdict: 'answered'; readonly answer: RTCSessionDescriptionInit };

export class Peer {
  readonly #env: CallEnvironment;
  readonly #pc: PeerConnection;
  readonly #lines: Lines;
  readonly #gathering: Gathering;
  #chain: Promise<unknown> = Promise.resolve();
  #closed = false;
  /** Candidates of an offer that was applied without them; they are used with the answer, not before. AN-01 */
  #withheld: readonly RTCIceCandidateInit[] = [];
  /** What is offered, and what is answered to it, has fingerprints of nobody. AN-28 */
  #misleads = false;

  /** @throws when the browser makes no more connections. */
  constructor(env: CallEnvironment, configuration: RTCConfiguration, media: LocalMedia, listener: PeerListener) {
    this.#env = env;
    const unlessClosed = (tell: () => void): void => {
      if (!this.#closed) tell();
    };
    this.#gathering = new Gathering(env.clock, (configuration.iceServers?.length ?? 0) > 0);
    this.#pc = env.createPeerConnection(configuration, {
      candidate: (candidate) =>
        unlessClosed(() => {
          listener.candidate(candidate);
          this.#gathering.found(candidate);
        }),
      gatheringStateChanged: () => this.#gathering.changed(this.#pc.iceGatheringState),
      connectionStateChanged: () => unlessClosed(() => listener.connectionStateChanged(this.#pc.connectionState)),
      negotiationNeeded: () => unlessClosed(listener.negotiationNeeded),
      track: (track, streams) => unlessClosed(() => listener.track(track, streams)),
      digit: (digit) => unlessClosed(() => listener.digit(digit)),
    });
    this.#lines = new Lines(this.#pc, media);
  }

  /** The first offer, with the candidates that came quickly. The devices need not be open yet. */
  async offer(kind: CallKind): Promise<string> {
    return this.#serially(async () => {
      await this.#lines.carry('microphone');
      if (kind === 'video') await this.#lines.carry('camera');
      await this.#pc.setLocalDescription();
      await this.#gathering.done();
      return this.localSdp;
    });
  }

  /**
   * Applies the first offer while it rings. With `early` the answer is made as well, so that a click needs no more
   * gathering; its sections then promise to send whatever the user will answer with. @throws on SDP that WebRTC refuses.
   */
  async prepareAnswer(offer: string, early: boolean): Promise<void> {
    return this.#serially(async () => {
      const { sdp, candidates } = takeCandidates(offer);
      this.#withheld = candidates;
      await this.#pc.setRemoteDescription({ type: 'offer', sdp });
      if (!early) return;
      await this.#lines.carryOffered('video');
      await this.#pc.setLocalDescription();
    });
  }

  /** The answer, and only now the caller's candidates. */
  async answer(kind: CallKind): Promise<string> {
    return this.#serially(async () => {
      if (this.#pc.signalingState === 'have-remote-offer') {
        await this.#lines.carryOffered(kind);
        await this.#pc.setLocalDescription();
      }
      await this.#gathering.done();
      await this.#add(this.#withheld);
      this.#withheld = [];
      return this.localSdp;
    });
  }

  /** @throws when WebRTC refuses the SDP. */
  async acceptAnswer(sdp: string): Promise<void> {
    return this.#serially(() => this.#pc.setRemoteDescription({ type: 'answer', sdp }));
  }

  /** Adds the far end's candidates after what is under way. One that is refused does not stop the others. IC-16 */
  async addCandidates(candidates: readonly Candidate[]): Promise<void> {
    return this.#serially(() => this.#add(candidates));
  }

  /** An offer for what has changed, or null while another exchange is under way. */
  async offerChange(): Promise<RTCSessionDescriptionInit | null> {
    return this.#serially(async () => {
      if (this.#pc.signalingState !== 'stable') return null;
      await this.#pc.setLocalDescription();
      return { type: 'offer', sdp: this.#misleads ? withWrongFingerprints(this.localSdp) : this.localSdp };
    });
  }

  /**
   * Perfect negotiation: the polite side gives up its own offer when two cross, the impolite ignores theirs.
   * @throws when WebRTC refuses the SDP; the connection is then as it was. NG-06, NG-08
   */
  async receive(description: RTCSessionDescriptionInit, polite: boolean): Promise<Received> {
    return this.#serially(async () => {
      if (description.type === 'offer') await this.#settleProvisional();
      const collision = description.type === 'offer' && this.#pc.signalingState !== 'stable';
      if (collision && !polite) return { verdict: 'ignored' };
      const answers = description.type === 'answer' || description.type === 'pranswer';
      await this.#pc.setRemoteDescription(this.#misleads && answers ? misled(description) : description);
      if (this.#pc.signalingState === 'have-remote-pranswer') return { verdict: 'provisional' };
      if (this.#pc.signalingState !== 'have-remote-offer') return { verdict: 'applied' };
      try {
        await this.#lines.carryOffered('video');
        this.#lines.holdAdded();
        await this.#pc.setLocalDescription();
      } catch (error) {
        await this.#pc.setLocalDescription({ type: 'rollback' });
        throw error;
      }
      return { verdict: 'answered', answer: { type: 'answer', sdp: this.localSdp } };
    });
  }

  /** Gives up an offer that nobody answered; the call goes on as it was. NG-04 */
  async rollBack(): Promise<void> {
    return this.#serially(async () => {
      await this.#settleProvisional();
      if (this.#pc.signalingState === 'have-local-offer') await this.#pc.setLocalDescription({ type: 'rollback' });
    });
  }

  /** The first offer and answer are both applied. */
  get exchanged(): boolean {
    return this.#pc.signalingState === 'stable' && this.#pc.remoteDescription !== null;
  }

  /** The local description in force or pending; what it was when theirs is an answer is our offer. */
  get localSdp(): string {
    return this.#pc.localDescription?.sdp ?? '';
  }

  /** The connection has a way to send the camera's picture already. */
  get carriesCamera(): boolean {
    return this.#lines.carriesCamera;
  }

  /** Makes room for a picture; asks for a negotiation by itself. NG-12 */
  async addCamera(): Promise<void> {
    return this.#serially(async () => {
      if (!this.carriesCamera) await this.#lines.carry('camera');
    });
  }

  /** Sends what the screen's stream holds, or nothing any more; asks for a negotiation by itself. NG-12, SM-13 */
  async carryScreen(screen: MediaStream): Promise<void> {
    return this.#serially(() => this.#lines.carryScreen(screen));
  }

  /** Nothing is received any more, or again what was before; asks for a negotiation by itself. NG-09, NG-10 */
  setHeld(held: boolean): void {
    if (!this.#closed) this.#lines.setHeld(held);
  }

  /** New credentials first: a restart with expired ones would find no relay. V0-14 */
  restartIce(configuration: RTCConfiguration): void {
    if (this.#closed) return;
    this.#pc.setConfiguration(configuration);
    this.#pc.restartIce();
  }

  /** What WebRTC counts; addresses are among it, which are for nobody's eyes. */
  async stats(): Promise<readonly StatsEntry[]> {
    if (this.#closed) return [];
    const report = await this.#pc.getStats();
    return [...(report as ReadonlyMap<string, StatsEntry>).values()];
  }

  get isConnected(): boolean {
    return this.#pc.connectionState === 'connected';
  }

  /** ICE has found a path, but DTLS has not come to an end on it. */
  get hangsInHandshake(): boolean {
    const { connectionState, iceConnectionState } = this.#pc;
    return (
      connectionState !== 'connected' && (iceConnectionState === 'connected' || iceConnectionState === 'completed')
    );
  }

  /** With wrong fingerprints the next exchange ends the DTLS of both ends, with right ones it begins anew. AN-28 */
  setFingerprints(fingerprints: 'wrong' | 'right'): void {
    this.#misleads = fingerprints === 'wrong';
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#gathering.stop();
    this.#pc.close();
  }

  /**
   * A provisional answer that nothing but the answer may follow, and that cannot be rolled back, is taken for the answer:
   * the media go by it already. RFC 8829, 4.1.10.2; NG-05
   */
  async #settleProvisional(): Promise<void> {
    const { signalingState, remoteDescription } = this.#pc;
    if (signalingState !== 'have-remote-pranswer' || remoteDescription === null) return;
    await this.#pc.setRemoteDescription({ type: 'answer', sdp: remoteDescription.sdp });
  }

  async #add(candidates: readonly RTCIceCandidateInit[]): Promise<void> {
    for (const candidate of candidates) {
      if (!isOfGeneration(candidate.candidate ?? '', this.#pc.remoteDescription?.sdp ?? '')) {
        this.#env.log('IC-17', 'a candidate of a generation that is not in force');
        continue;
      }
      try {
        await this.#pc.addIceCandidate(candidate);
      } catch {
        this.#env.log('IC-16', 'a candidate was refused by WebRTC');
      }
    }
  }

  /** Whatever happens to an operation of a closed connection, its caller sees `PeerClosed` and nothing else. */
  #serially<T>(operation: () => Promise<T>): Promise<T> {
    const run = this.#chain.then(async () => {
      if (this.#closed) throw new PeerClosed();
      try {
        return await operation();
      } finally {
        if (this.#isClosed()) throw new PeerClosed(); // no other outcome matters any more
      }
    });
    this.#chain = run.catch(() => undefined);
    return run;
  }

  #isClosed(): boolean {
    return this.#closed;
  }
}

const misled = ({ type, sdp = '' }: RTCSessionDescriptionInit): RTCSessionDescriptionInit => ({
  type,
  sdp: withWrongFingerprints(sdp),
});

/** An operation came after the connection was closed: the call has ended meanwhile, and its result matters to nobody. */
export class PeerClosed extends Error {
  override readonly name = 'PeerClosed';
}
