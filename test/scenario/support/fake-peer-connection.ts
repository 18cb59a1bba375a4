/**
 * Peer connections without a network: signalling states, rollback, directions, stream ids, candidate generations, the
 * need for a negotiation and connection states as RFC 8829 and W3C WebRTC have them (and Chromium was seen to do), in
 * real SDP text, over a fake clock.
 */
import type { Cancel, PeerConnectionEvents } from '../../../renderer/call/environment';
import { FakeStream, type FakeTrack } from './fake-media';
import type { FakeNetwork, Station } from './fake-network';
import { readSdp, writeSdp, type Line } from './fake-sdp';
import { FakeTransceiver, flip, meet, receives, sends, type Direction, type Owner } from './fake-transceiver';

export type Network = FakeNetwork<FakePeerConnection>;

const descriptionTypes: readonly string[] = ['offer', 'pranswer', 'answer', 'rollback'] satisfies RTCSdpType[];

/** What a rollback restores. */
interface Snapshot {
  readonly local: RTCSessionDescription | null;
  readonly remote: RTCSessionDescription | null;
  readonly fragment: string | null;
  readonly order: readonly string[];
  readonly mids: ReadonlyMap<FakeTransceiver, string | null>;
  readonly told: ReadonlyMap<FakeTransceiver, Told>;
}

/** What the far end was last told of a transceiver. */
interface Told {
  readonly direction: Direction;
  readonly streams: readonly string[];
  /** What they had offered, when we told it in an answer. */
  readonly offered: Direction | null;
}

interface Credentials {
  readonly local: string;
  readonly remote: string;
}

export class FakePeerConnection implements Station {
  readonly #network: Network;
  readonly #events: PeerConnectionEvents;
  readonly #owner: Owner;
  readonly configurations: RTCConfiguration[];
  readonly transceivers: FakeTransceiver[] = [];
  /** Remote candidates that were taken one by one. */
  readonly addedCandidates: string[] = [];
  /** Tones of ours, in order. */
  readonly tones: string[] = [];
  signalingState: RTCSignalingState = 'stable';
  iceGatheringState: RTCIceGatheringState = 'new';
  connectionState: RTCPeerConnectionState = 'new';
  iceConnectionState: RTCIceConnectionState = 'new';
  localDescription: RTCSessionDescription | null = null;
  remoteDescription: RTCSessionDescription | null = null;
  closed = false;
  /** ICE restarts that were asked for. */
  restarts = 0;
  /** The order of the m-lines. */
  #order: readonly string[] = [];
  #mids = 0;
  /** User name fragment of the newest local description. */
  #fragment: string | null = null;
  #found: string[] = [];
  #inForce: Credentials | null = null;
  readonly #remoteCandidates = new Map<string, number>();
  readonly #told = new Map<FakeTransceiver, Told>();
  readonly #streams = new Map<string, FakeStream>();
  #stable: Snapshot | null = null;
  #restart = false;
  #needed = false;
  #linked: FakePeerConnection | null = null;
  #linkedBy: Credentials | null = null;
  #timer: Cancel | null = null;
  readonly #fingerprint: string;
  /** DTLS waits for somebody who will not come; a new fingerprint of the far end begins it anew. */
  #confused = false;
  /** A handshake has succeeded; to restart ICE does not undo it. */
  #secured = false;

  constructor(network: Network, configuration: RTCConfiguration, events: PeerConnectionEvents) {
    this.#network = network;
    this.#events = events;
    this.configurations = [validated(configuration)];
    this.#fingerprint = network.newFingerprint();
    const closed = (): boolean => this.closed;
    this.#owner = {
      get closed() {
        return closed();
      },
      changed: () => this.#checkNeed(),
      toned: (tone) => this.#sendTone(tone),
    };
    network.stations.add(this);
  }

  // --- As RTCPeerConnection has it

  getTransceivers(): FakeTransceiver[] {
    return [...this.transceivers];
  }

  addTransceiver(
    kind: 'audio' | 'video',
    init: { direction?: Direction; streams?: FakeStream[] } = {},
  ): FakeTransceiver {
    this.#mustLive();
    const transceiver = new FakeTransceiver(this.#owner, kind, init.direction ?? 'sendrecv');
    transceiver.sender.streams = (init.streams ?? []).map(({ id }) => id);
    this.transceivers.push(transceiver);
    this.#checkNeed();
    return transceiver;
  }

  async setLocalDescription(description?: { type: string }): Promise<void> {
    await Promise.resolve();
    this.#mustLive();
    if (this.signalingState === 'have-remote-pranswer') throw this.#wrongState();
    if (description?.type === 'rollback') {
      this.#takeBack();
      return;
    }
    const answering = this.signalingState === 'have-remote-offer';
    if (!answering) this.#remember();
    if (!answering) this.#assignMids();
    const fresh = this.#fragment === null || (answering ? this.#remoteRestarted() : this.#restart);
    if (fresh) {
      this.#fragment = this.#network.newFragment();
      this.#found = [];
    }
    if (!answering) this.#restart = false;
    this.#describe(answering ? 'answer' : 'offer');
    this.signalingState = answering ? 'stable' : 'have-local-offer';
    if (answering) this.#agree('answerer');
    if (fresh) this.#gather();
  }

  async setRemoteDescription({ type, sdp = '' }: { type: string; sdp?: string }): Promise<void> {
    await Promise.resolve();
    this.#mustLive();
    if (!descriptionTypes.includes(type)) throw new TypeError(`${type} is not taken here`);
    const isOffered = this.signalingState === 'have-local-offer';
    const isAnswered = this.signalingState === 'have-remote-pranswer';
    if (type === 'rollback' && isOffered) {
      this.#takeBack();
      return;
    }
    if (type === 'offer' ? isAnswered : !isOffered && (!isAnswered || type === 'rollback')) throw this.#wrongState();
    const session = readSdp(sdp);
    if (type !== 'offer' && session.lines.length !== this.#order.length) {
      throw new DOMException('The order of m-lines does not match.', 'InvalidAccessError');
    }
    if (type === 'offer' && this.signalingState === 'have-local-offer') this.#rollBack();
    if (type === 'offer') this.#remember();
    const known = readSdp(this.remoteDescription?.sdp ?? 'v=0').fingerprint;
    if (known !== '' && known !== session.fingerprint) this.#forgetHandshake();
    this.remoteDescription = { type, sdp } as RTCSessionDescription;
    this.#count(session.fragment, session.candidates.length);
    this.#takeLines(session.lines, type === 'offer' ? 'offer' : 'answer');
    this.signalingState =
      type === 'offer' ? 'have-remote-offer' : type === 'pranswer' ? 'have-remote-pranswer' : 'stable';
    if (type === 'answer') this.#agree('offerer');
  }

  async addIceCandidate(init: RTCIceCandidateInit = {}): Promise<void> {
    await Promise.resolve();
    this.#mustLive();
    if (this.remoteDescription === null) throw new DOMException('no remote description', 'InvalidStateError');
    const { candidate = '' } = init;
    if (candidate === '') return;
    if (!candidate.startsWith('candidate:')) throw new DOMException('not a candidate', 'OperationError');
    this.addedCandidates.push(candidate);
    this.#count(/ ufrag (\S+)/.exec(candidate)?.[1] ?? readSdp(this.remoteDescription.sdp).fragment, 1);
    this.#check();
  }

  restartIce(): void {
    this.restarts += 1;
    this.#restart = true;
    this.#checkNeed();
  }

  setConfiguration(configuration: RTCConfiguration): void {
    this.#mustLive();
    if (configuration.bundlePolicy !== this.configurations[0]?.bundlePolicy) {
      throw new DOMException('the bundle policy cannot be changed', 'InvalidModificationError');
    }
    this.configurations.push(validated(configuration));
  }

  getStats(): Promise<RTCStatsReport> {
    return Promise.resolve(new Map() as RTCStatsReport);
  }

  close(): void {
    this.closed = true;
    this.#timer?.();
    this.signalingState = 'closed';
    this.#network.stations.delete(this);
    this.#linked?.pathChanged();
  }

  // --- What only a test can see

  get fragment(): string | null {
    return this.#inForce?.local ?? null;
  }

  /** Packets leave towards the far end: whoever watches knows that somebody is there, and where. AN-01 */
  get probing(): boolean {
    return this.#inForce !== null && (this.#remoteCandidates.get(this.#inForce.remote) ?? 0) > 0;
  }

  /** The track of the far end that would be heard or seen here now; of one stream only, if it is named. */
  received(kind: 'audio' | 'video', stream?: string): FakeTrack | null {
    const other = this.#linked;
    if (other === null || other.closed || this.closed || !this.#network.up || !this.#secured) return null;
    for (const mine of this.transceivers) {
      const theirs = other.transceivers.find(({ mid }) => mid !== null && mid === mine.mid);
      if (mine.kind !== kind || theirs === undefined || !mine.receiver.track.enabled) continue;
      if (!receives(mine.currentDirection) || !sends(theirs.currentDirection)) continue;
      if (stream !== undefined && !theirs.sender.streams.includes(stream)) continue;
      const { track } = theirs.sender;
      if (track?.readyState === 'live' && track.enabled) return track;
    }
    return null;
  }

  pathChanged(): void {
    if (this.closed) return;
    if (this.#linked === null || this.#linkedBy !== this.#inForce) return this.#check();
    const alive = this.#network.up && !this.#linked.closed;
    if (alive) this.#pathCame();
    else this.#pathWent();
  }

  handshakeEnds(): void {
    this.#confused = false;
    if (this.#linked !== null && this.#linkedBy === this.#inForce) this.#secure(this.#linked);
  }

  // --- Descriptions

  #remember(): void {
    this.#stable ??= {
      local: this.localDescription,
      remote: this.remoteDescription,
      fragment: this.#fragment,
      order: this.#order,
      mids: new Map(this.transceivers.map((transceiver) => [transceiver, transceiver.mid])),
      told: new Map(this.#told),
    };
  }

  #rollBack(): void {
    const before = this.#stable;
    if (before === null) throw new DOMException('nothing to roll back', 'InvalidStateError');
    if (this.#fragment !== before.fragment && before.fragment !== null) this.#restart = true;
    this.localDescription = before.local;
    this.remoteDescription = before.remote;
    this.#fragment = before.fragment;
    this.#order = before.order;
    this.#told.clear();
    for (const [transceiver, told] of before.told) this.#told.set(transceiver, told);
    for (const transceiver of this.transceivers) transceiver.mid = before.mids.get(transceiver) ?? null;
    this.#stable = null;
    this.signalingState = 'stable';
  }

  /** A rollback that was asked for; what was to be negotiated still is. */
  #takeBack(): void {
    this.#rollBack();
    this.#needed = false;
    this.#checkNeed();
  }

  #wrongState(): DOMException {
    return new DOMException(`Called in wrong state: ${this.signalingState}`, 'InvalidStateError');
  }

  #assignMids(): void {
    for (const transceiver of this.transceivers) {
      if (transceiver.mid !== null) continue;
      const used = new Set(this.transceivers.map(({ mid }) => mid));
      while (used.has(String(this.#mids))) this.#mids += 1;
      transceiver.mid = String(this.#mids);
      this.#order = [...this.#order, transceiver.mid];
    }
  }

  #describe(type: 'offer' | 'answer'): void {
    const offered = type === 'answer' ? readSdp(this.remoteDescription?.sdp ?? 'v=0').lines : [];
    const lines = this.#order.flatMap((mid): Line[] => {
      const transceiver = this.#withMid(mid);
      if (transceiver === undefined) return [];
      const offer = offered.find((line) => line.mid === mid);
      const theirs = offer?.direction;
      const { direction: own, kind, sender } = transceiver;
      const direction = theirs === undefined ? own : meet(own, theirs);
      const streams = sends(own) ? sender.streams : [];
      const before = this.#told.get(transceiver)?.streams ?? [];
      if (before.length > 0) sender.streams = before; // Chromium forgets a second `setStreams` with the next description
      this.#told.set(transceiver, { direction, streams, offered: theirs ?? null });
      return [{ kind, mid, direction, streams, foreign: offer?.foreign === true }];
    });
    this.localDescription = {
      type,
      sdp: writeSdp({ fragment: this.#fragment ?? '', fingerprint: this.#fingerprint, candidates: this.#found, lines }),
    } as RTCSessionDescription;
  }

  #takeLines(lines: readonly Line[], type: 'offer' | 'answer'): void {
    if (type === 'offer') this.#order = lines.map(({ mid }) => mid);
    lines.forEach((line, index) => {
      const transceiver = this.#withMid(type === 'offer' ? line.mid : (this.#order[index] ?? '')) ?? this.#adopt(line);
      this.#arrive(transceiver, sends(line.direction) ? line.streams : null);
    });
  }

  /** A line that the far end has added. */
  #adopt({ kind, mid }: Line): FakeTransceiver {
    const transceiver = new FakeTransceiver(this.#owner, kind, 'recvonly');
    transceiver.mid = mid;
    this.transceivers.push(transceiver);
    return transceiver;
  }

  /** @param ids streams the far end sends in, or null where it sends nothing. */
  #arrive(transceiver: FakeTransceiver, ids: readonly string[] | null): void {
    const { track } = transceiver.receiver;
    for (const stream of this.#streams.values()) stream.removeTrack(track);
    const began = ids !== null && !transceiver.arriving;
    transceiver.arriving = ids !== null;
    if (ids === null) return;
    // Without a=msid Chromium makes a stream of its own. N3
    const streams = (ids.length === 0 ? ['default'] : ids).map((id) => this.#stream(id));
    for (const stream of streams) stream.addTrack(track);
    if (began) {
      this.#events.track(track as unknown as MediaStreamTrack, streams as unknown as MediaStream[]);
    }
  }

  #stream(id: string): FakeStream {
    const stream = this.#streams.get(id) ?? new FakeStream(id);
    this.#streams.set(id, stream);
    return stream;
  }

  #withMid(mid: string): FakeTransceiver | undefined {
    return this.transceivers.find((transceiver) => transceiver.mid === mid);
  }

  /** An offer and its answer are through. */
  #agree(role: 'offerer' | 'answerer'): void {
    const described = readSdp((role === 'offerer' ? this.remoteDescription : this.localDescription)?.sdp ?? 'v=0');
    described.lines.forEach(({ direction }, index) => {
      const transceiver = this.#withMid(this.#order[index] ?? '');
      if (transceiver !== undefined) transceiver.currentDirection = role === 'offerer' ? flip(direction) : direction;
    });
    this.#stable = null;
    const remote = readSdp(this.remoteDescription?.sdp ?? 'v=0').fragment;
    if (this.#inForce?.local !== this.#fragment || this.#inForce.remote !== remote) {
      this.#inForce = { local: this.#fragment ?? '', remote };
    }
    this.#needed = false;
    this.#checkNeed();
    this.#check();
    if (this.#linked !== null && this.#linkedBy === this.#inForce) this.#secure(this.#linked);
  }

  #remoteRestarted(): boolean {
    const now = readSdp(this.remoteDescription?.sdp ?? 'v=0').fragment;
    return this.#inForce !== null && this.#inForce.remote !== now;
  }

  // --- Need for a negotiation: W3C WebRTC, 4.7.3

  #checkNeed(): void {
    queueMicrotask(() => {
      if (this.closed || this.signalingState !== 'stable') return;
      const needed = this.#restart || this.transceivers.some((transceiver) => this.#isNews(transceiver));
      if (needed && !this.#needed) {
        this.#needed = true;
        this.#events.negotiationNeeded();
      }
      this.#needed = needed;
    });
  }

  #isNews(transceiver: FakeTransceiver): boolean {
    const told = this.#told.get(transceiver);
    if (transceiver.mid === null || told === undefined) return true;
    const { direction, sender } = transceiver;
    const wanted = told.offered === null ? direction : meet(direction, told.offered);
    return wanted !== told.direction || (sends(direction) && sender.streams.join() !== told.streams.join());
  }

  // --- Candidates and the path

  #gather(): void {
    const { clock, candidates, gathering } = this.#network;
    const fragment = this.#fragment ?? '';
    const isOld = (): boolean => this.closed || fragment !== this.#fragment;
    this.iceGatheringState = 'gathering';
    this.#events.gatheringStateChanged();
    candidates.forEach((delay, index) => {
      clock.after(delay, () => {
        if (isOld()) return;
        const candidate = `candidate:${String(index + 1)} 1 udp 2122260223 ${fragment}.local 50000 typ host ufrag ${fragment}`;
        this.#found.push(candidate);
        this.#addToDescription(candidate);
        this.#events.candidate({ candidate, sdpMid: this.#order[0] ?? '0', sdpMLineIndex: 0 });
      });
    });
    clock.after(gathering, () => {
      if (isOld()) return;
      this.iceGatheringState = 'complete';
      this.#events.gatheringStateChanged();
      this.#events.candidate(null);
    });
  }

  #addToDescription(candidate: string): void {
    if (this.localDescription === null) return;
    const { type, sdp } = this.localDescription;
    const session = readSdp(sdp);
    const written = writeSdp({ ...session, candidates: [...session.candidates, candidate] });
    this.localDescription = { type, sdp: written } as RTCSessionDescription;
  }

  #count(fragment: string, candidates: number): void {
    this.#remoteCandidates.set(fragment, (this.#remoteCandidates.get(fragment) ?? 0) + candidates);
  }

  #candidatesKnown(): number {
    return this.#inForce === null ? 0 : (this.#remoteCandidates.get(this.#inForce.remote) ?? 0);
  }

  #check(): void {
    const inForce = this.#inForce;
    if (inForce === null || this.closed || this.#linkedBy === inForce) return;
    const other = this.#network.find(inForce.remote);
    const ready = other !== undefined && other.#inForce?.remote === inForce.local;
    const known = this.#candidatesKnown() + (other === undefined ? 0 : other.#candidatesKnown());
    if (known === 0) return;
    this.#begin();
    if (!ready || !this.#network.up) return this.#failIn(this.#network.patience);
    for (const [end, far] of [
      [this, other],
      [other, this],
    ] as const) {
      const credentials = end.#inForce;
      if (end.#linkedBy === credentials) continue;
      end.#begin();
      end.#wait(this.#network.delay, () => end.#link(far, credentials));
    }
  }

  #begin(): void {
    if (this.connectionState !== 'connected') this.#setConnectionState('connecting');
  }

  #link(other: FakePeerConnection, credentials: Credentials | null): void {
    if (this.#inForce !== credentials) return;
    if (!this.#network.up || other.closed) return this.#failIn(this.#network.patience);
    this.#linked = other;
    this.#linkedBy = credentials;
    this.iceConnectionState = 'connected';
    this.#confused ||= this.#network.confusesHandshakes && this.connectionState !== 'connected';
    this.#secure(other);
  }

  /** DTLS, over a path that is there. */
  #secure(other: FakePeerConnection): void {
    if (this.connectionState === 'connected' || other.closed || !this.#network.up) return;
    if (other.#linked !== this || this.#confused || other.#confused) return;
    const trusted = this.#trusts(other) && other.#trusts(this);
    for (const end of [this, other]) {
      end.#secured = trusted;
      end.#setConnectionState(trusted ? 'connected' : 'failed');
      if (trusted) for (const { receiver } of end.transceivers) receiver.track.dispatchEvent(new Event('unmute'));
    }
  }

  /** Another certificate than before: DTLS begins anew, also where it had come to its end. */
  #forgetHandshake(): void {
    this.#confused = false;
    this.#secured = false;
    if (this.connectionState === 'connected') this.#setConnectionState('connecting');
  }

  #trusts(other: FakePeerConnection): boolean {
    const { fingerprint } = readSdp(this.remoteDescription?.sdp ?? 'v=0');
    return fingerprint === '' || fingerprint === other.#fingerprint;
  }

  #pathCame(): void {
    if (this.connectionState === 'failed') return; // only a restart helps now
    this.#timer?.();
    this.#timer = null;
    if (this.#secured) this.#setConnectionState('connected');
    else if (this.#linked !== null) this.#secure(this.#linked); // a path alone is no connection
  }

  #pathWent(): void {
    if (this.connectionState !== 'connected' || this.#timer !== null) return;
    this.#wait(6000, () => {
      this.#setConnectionState('disconnected');
      this.#failIn(10_000);
    });
  }

  #failIn(ms: number): void {
    this.#wait(ms, () => this.#setConnectionState('failed'));
  }

  #wait(ms: number, action: () => void): void {
    this.#timer?.();
    this.#timer = this.#network.clock.after(ms, () => {
      this.#timer = null;
      if (!this.closed) action();
    });
  }

  #setConnectionState(state: RTCPeerConnectionState): void {
    if (this.closed || this.connectionState === state) return;
    this.connectionState = state;
    this.#events.connectionStateChanged();
  }

  #sendTone(tone: string): void {
    this.tones.push(tone);
    if (this.#network.up && this.#linked !== null && !this.#linked.closed) this.#linked.#events.digit(tone);
  }

  #mustLive(): void {
    if (this.closed) throw new DOMException('The RTCPeerConnection is closed.', 'InvalidStateError');
  }
}

/** Chromium takes no server without an address (element-web#26168). V0-13 */
function validated(configuration: RTCConfiguration): RTCConfiguration {
  if (configuration.iceServers?.some(({ urls }) => urls.length === 0) === true) {
    throw new DOMException('ICE server parsing failed: Empty uri.', 'SyntaxError');
  }
  return configuration;
}
