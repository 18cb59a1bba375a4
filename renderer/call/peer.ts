/**
 * One RTCPeerConnection and the order in which it is used: every operation waits for the one before it, so that offers,
 * answers and candidates never meet half-applied descriptions. RFC 8829; IC-01, IC-11, IC-16, NG-06, NG-16
 */
import type { CallKind } from './call-view';
import type { CallEnvironment, Cancel, CaptureDevice, PeerConnection } from './environment';
import type { Candidate } from './events';
import { mediaKind, type LocalMedia } from './local-media';
import { mediaSections, takeCandidates } from './sdp';

export interface PeerListener {
  readonly candidate: (candidate: RTCIceCandidateInit | null) => void;
  readonly connectionStateChanged: (state: RTCPeerConnectionState) => void;
  readonly negotiationNeeded: () => void;
  readonly track: (track: MediaStreamTrack, streams: readonly MediaStream[]) => void;
}

/** Longest wait for candidates to ride in the invite or answer, ms. IC-01 */
const longestGathering = 200;
/** Without a new candidate for this long, ms, the rest may as well follow with end-of-candidates, which is sent anyway. */
const quiet = 30;

export class Peer {
  readonly #env: CallEnvironment;
  readonly #pc: PeerConnection;
  readonly #media: LocalMedia;
  readonly #listener: PeerListener;
  readonly #relayExpected: boolean;
  #chain: Promise<unknown> = Promise.resolve();
  #closed = false;
  #gathered: { any: boolean; relay: boolean } = { any: false, relay: false };
  #onGathering: () => void = () => undefined;
  /** Candidates of an offer that was applied without them; they are used with the answer, not before. AN-01 */
  #withheld: readonly RTCIceCandidateInit[] = [];

  constructor(env: CallEnvironment, configuration: RTCConfiguration, media: LocalMedia, listener: PeerListener) {
    this.#env = env;
    this.#media = media;
    this.#listener = listener;
    this.#relayExpected = (configuration.iceServers?.length ?? 0) > 0;
    this.#pc = env.createPeerConnection(configuration, {
      candidate: (candidate) => this.#onCandidate(candidate),
      gatheringStateChanged: () => this.#onGathering(),
      connectionStateChanged: () => {
        if (!this.#closed) listener.connectionStateChanged(this.#pc.connectionState);
      },
      negotiationNeeded: () => {
        if (!this.#closed) listener.negotiationNeeded();
      },
      track: (track, streams) => {
        if (!this.#closed) listener.track(track, streams);
      },
    });
  }

  /** The first offer, with the candidates that came quickly. The devices need not be open yet. */
  async offer(kind: CallKind): Promise<string> {
    return this.#serially(async () => {
      await this.#carry('microphone');
      if (kind === 'video') await this.#carry('camera');
      await this.#pc.setLocalDescription();
      await this.#gather();
      return this.#sdp;
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
      await this.#carryOffered('video');
      await this.#pc.setLocalDescription();
    });
  }

  /** The answer, and only now the caller's candidates. */
  async answer(kind: CallKind): Promise<string> {
    return this.#serially(async () => {
      if (this.#pc.signalingState === 'have-remote-offer') {
        await this.#carryOffered(kind);
        await this.#pc.setLocalDescription();
      }
      await this.#gather();
      await this.#add(this.#withheld);
      this.#withheld = [];
      return this.#sdp;
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
      return { type: 'offer', sdp: this.#sdp };
    });
  }

  /**
   * Perfect negotiation: the polite side gives up its own offer when two cross, the impolite ignores theirs.
   * @returns the answer to send, or null where there is none. @throws when WebRTC refuses the SDP. NG-06
   */
  async receive(description: RTCSessionDescriptionInit, polite: boolean): Promise<RTCSessionDescriptionInit | null> {
    return this.#serially(async () => {
      const collision = description.type === 'offer' && this.#pc.signalingState !== 'stable';
      if (collision && !polite) return null;
      await this.#pc.setRemoteDescription(description);
      if (this.#pc.signalingState !== 'have-remote-offer') return null;
      await this.#carryOffered('video');
      await this.#pc.setLocalDescription();
      return { type: 'answer', sdp: this.#sdp };
    });
  }

  /** Gives up an offer that nobody answered; the call goes on as it was. NG-04 */
  async rollBack(): Promise<void> {
    return this.#serially(async () => {
      if (this.#pc.signalingState === 'have-local-offer') await this.#pc.setLocalDescription({ type: 'rollback' });
    });
  }

  /** The first offer and answer are both applied. */
  get exchanged(): boolean {
    return this.#pc.signalingState === 'stable' && this.#pc.remoteDescription !== null;
  }

  /** The connection has a way to send the camera's picture already. */
  get carriesCamera(): boolean {
    return this.#media.sender('camera') !== undefined;
  }

  /** Makes room for a picture; asks for a negotiation by itself. NG-12 */
  async addCamera(): Promise<void> {
    return this.#serially(() => this.#carry('camera'));
  }

  /** Sets the direction of every section that carries media of ours. @returns what they were, to be restored. NG-10 */
  redirect(change: (current: RTCRtpTransceiverDirection, mid: string) => RTCRtpTransceiverDirection): void {
    for (const transceiver of this.#pc.getTransceivers()) {
      if (transceiver.direction === 'stopped') continue;
      const wanted = change(transceiver.direction, transceiver.mid ?? '');
      if (wanted !== transceiver.direction) transceiver.direction = wanted;
    }
  }

  /** New credentials first: a restart with expired ones would find no relay. V0-14 */
  restartIce(iceServers: RTCIceServer[]): void {
    if (this.#closed) return;
    this.#pc.setConfiguration({ iceServers, bundlePolicy: 'max-bundle' });
    this.#pc.restartIce();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#onGathering();
    this.#pc.close();
  }

  get #sdp(): string {
    return this.#pc.localDescription?.sdp ?? '';
  }

  /** A sending section for a device, made before the device is open. */
  async #carry(device: CaptureDevice): Promise<void> {
    const { stream } = this.#media;
    const { sender } = this.#pc.addTransceiver(mediaKind(device), { direction: 'sendrecv', streams: [stream] });
    await this.#media.bind(device, sender);
  }

  /** Takes up the sections that the far end offers, as far as an answer of this kind sends media. */
  async #carryOffered(kind: CallKind): Promise<void> {
    const offered = mediaSections(this.#pc.remoteDescription?.sdp ?? '').map((section) => section.kind);
    const devices: readonly CaptureDevice[] = kind === 'video' ? ['microphone', 'camera'] : ['microphone'];
    for (const device of devices) {
      if (this.#media.sender(device) !== undefined) continue;
      const transceiver = this.#pc
        .getTransceivers()
        .find(
          ({ receiver, direction, mid }) =>
            receiver.track.kind === mediaKind(device) && direction === 'recvonly' && mid !== null,
        );
      if (transceiver === undefined || !offered.includes(mediaKind(device))) continue;
      transceiver.direction = 'sendrecv';
      transceiver.sender.setStreams(this.#media.stream);
      await this.#media.bind(device, transceiver.sender);
    }
  }

  async #add(candidates: readonly RTCIceCandidateInit[]): Promise<void> {
    for (const candidate of candidates) {
      try {
        await this.#pc.addIceCandidate(candidate);
      } catch {
        this.#env.log('IC-16', 'a candidate was refused by WebRTC');
      }
    }
  }

  #onCandidate(candidate: RTCIceCandidateInit | null): void {
    if (this.#closed) return;
    if (candidate !== null) {
      this.#gathered = {
        any: true,
        relay: this.#gathered.relay || candidate.candidate?.includes(' typ relay') === true,
      };
    }
    this.#listener.candidate(candidate);
    this.#onGathering();
  }

  /** Waits for the end of gathering, for quiet after the candidates that matter, or for 200 ms. */
  #gather(): Promise<void> {
    const { clock } = this.#env;
    return new Promise((resolve) => {
      let quietTimer: Cancel | null = null;
      const done = (): void => {
        limit();
        quietTimer?.();
        this.#onGathering = () => undefined;
        resolve();
      };
      const limit = clock.after(longestGathering, done);
      this.#onGathering = () => {
        if (this.#closed || this.#pc.iceGatheringState === 'complete') return done();
        const enough = this.#gathered.any && (this.#gathered.relay || !this.#relayExpected);
        if (!enough) return;
        quietTimer?.();
        quietTimer = clock.after(quiet, done);
      };
      this.#onGathering();
    });
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

/** An operation came after the connection was closed: the call has ended meanwhile, and its result matters to nobody. */
export class PeerClosed extends Error {
  override readonly name = 'PeerClosed';
}
