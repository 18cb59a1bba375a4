/**
 * Peer connections without a network: signalling states, rollback, directions, msids, candidate generations and
 * connection states behave as RFC 8829 and the W3C recommendation say, in real SDP text, over a fake clock.
 */
import type { Cancel, PeerConnection, PeerConnectionEvents } from '../../../renderer/call/environment';
import { mediaSections } from '../../../renderer/call/sdp';
import type { FakeClock } from './fake-clock';
import { FakeStream, FakeTrack } from './fake-media';

type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

class FakeSender {
  track: FakeTrack | null = null;
  streams: string[] = [];
  replaceTrack(track: FakeTrack | null): Promise<void> {
    this.track = track;
    return Promise.resolve();
  }
  setStreams(...streams: FakeStream[]): void {
    this.streams = streams.map(({ id }) => id);
  }
}

class FakeTransceiver {
  readonly kind: 'audio' | 'video';
  readonly sender = new FakeSender();
  readonly receiver: { readonly track: FakeTrack };
  mid: string | null = null;
  currentDirection: Direction | null = null;
  #direction: Direction;
  readonly #changed: () => void;

  constructor(kind: 'audio' | 'video', direction: Direction, changed: () => void) {
    this.kind = kind;
    this.receiver = { track: new FakeTrack(kind) };
    this.#direction = direction;
    this.#changed = changed;
  }
  get direction(): Direction {
    return this.#direction;
  }
  set direction(direction: Direction) {
    if (direction === this.#direction) return;
    this.#direction = direction;
    this.#changed();
  }
}

/** The air between the connections: finds the other end by its ICE user name fragment. */
export class FakeNetwork {
  readonly clock: FakeClock;
  readonly connections = new Set<FakePeerConnection>();
  /** ms for checks and DTLS. */
  delay = 20;
  /** False: nothing gets through, as with a pulled cable. */
  up = true;

  constructor(clock: FakeClock) {
    this.clock = clock;
  }
  find(fragment: string | null): FakePeerConnection | undefined {
    return [...this.connections].find((connection) => !connection.closed && connection.localFragment === fragment);
  }
  /** Every connected pair loses its path: `disconnected`, then `failed` unless it heals. */
  cut(): void {
    this.up = false;
    for (const connection of this.connections) connection.pathChanged();
  }
  heal(): void {
    this.up = true;
    for (const connection of this.connections) connection.pathChanged();
  }
}

let fragments = 0;
const complete = (state: string): boolean => state === 'stable';

export class FakePeerConnection {
  readonly #network: FakeNetwork;
  readonly #events: PeerConnectionEvents;
  readonly configuration: RTCConfiguration;
  readonly transceivers: FakeTransceiver[] = [];
  signalingState: RTCSignalingState = 'stable';
  iceGatheringState: RTCIceGatheringState = 'new';
  connectionState: RTCPeerConnectionState = 'new';
  localDescription: RTCSessionDescription | null = null;
  remoteDescription: RTCSessionDescription | null = null;
  closed = false;
  localFragment: string | null = null;
  #remoteFragment: string | null = null;
  #remoteCandidates = 0;
  #restart = false;
  #negotiationQueued = false;
  #dirty = false;
  #stable: {
    local: RTCSessionDescription | null;
    remote: RTCSessionDescription | null;
    fragment: string | null;
  } | null = null;
  #localCandidates: string[] = [];
  #timer: Cancel | null = null;
  readonly #streams = new Map<string, FakeStream>();
  /** ms; Chromium takes about 120 for the end of gathering. */
  static gathering = 120;

  constructor(network: FakeNetwork, configuration: RTCConfiguration, events: PeerConnectionEvents) {
    this.#network = network;
    this.#events = events;
    this.configuration = configuration;
    network.connections.add(this);
  }

  getTransceivers(): FakeTransceiver[] {
    return [...this.transceivers];
  }

  addTransceiver(
    kind: 'audio' | 'video',
    init: { direction?: Direction; streams?: FakeStream[] } = {},
  ): FakeTransceiver {
    const transceiver = new FakeTransceiver(kind, init.direction ?? 'sendrecv', () => this.#needNegotiation());
    transceiver.sender.setStreams(...(init.streams ?? []));
    this.transceivers.push(transceiver);
    this.#needNegotiation();
    return transceiver;
  }

  async setLocalDescription(description?: { type: string }): Promise<void> {
    await Promise.resolve();
    this.#mustLive();
    if (description?.type === 'rollback') { this.#rollBack(); return; }
    const answering = this.signalingState === 'have-remote-offer';
    if (!answering && this.signalingState === 'stable') this.#remember();
    const newGeneration = this.localFragment === null || this.#restart || (answering && this.#remoteRestarted());
    if (newGeneration) {
      this.localFragment = `frag${String(++fragments)}`;
      this.#restart = false;
      this.#localCandidates = [];
    }
    for (const transceiver of this.transceivers) transceiver.mid ??= String(this.transceivers.indexOf(transceiver));
    this.localDescription = this.#describe(answering ? 'answer' : 'offer');
    this.signalingState = answering ? 'stable' : 'have-local-offer';
    this.#dirty = false;
    if (answering) this.#negotiated();
    if (newGeneration) this.#gather();
  }

  async setRemoteDescription({ type, sdp = '' }: { type: string; sdp?: string }): Promise<void> {
    await Promise.resolve();
    this.#mustLive();
    if (!sdp.startsWith('v=0')) throw new DOMException('Failed to parse SessionDescription.', 'OperationError');
    if (type === 'answer' && this.signalingState !== 'have-local-offer') {
      throw new DOMException('Called in wrong state: stable', 'InvalidStateError');
    }
    if (type === 'offer' && this.signalingState === 'have-local-offer') this.#rollBack();
    if (type === 'offer') this.#remember();
    this.remoteDescription = { type, sdp } as RTCSessionDescription;
    const fragment = /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1] ?? null;
    if (fragment !== this.#remoteFragment) this.#remoteCandidates = 0;
    this.#remoteFragment = fragment;
    this.#remoteCandidates += [...sdp.matchAll(/^a=candidate:/gm)].length;
    this.#takeSections(sdp, type);
    this.signalingState = type === 'offer' ? 'have-remote-offer' : 'stable';
    if (complete(this.signalingState)) this.#negotiated();
  }

  async addIceCandidate(candidate?: { candidate?: string }): Promise<void> {
    await Promise.resolve();
    this.#mustLive();
    if (this.remoteDescription === null) throw new DOMException('no remote description', 'InvalidStateError');
    if (candidate?.candidate?.startsWith('garbage') === true) throw new DOMException('bad', 'OperationError');
    if (candidate?.candidate === undefined || candidate.candidate === '') return;
    this.#remoteCandidates += 1;
    this.#check();
  }

  restartIce(): void {
    this.#restart = true;
    this.#needNegotiation();
  }

  setConfiguration(): void {
    this.#mustLive();
  }

  close(): void {
    this.closed = true;
    this.#timer?.();
    this.signalingState = 'closed';
    const other = this.#other();
    other?.pathChanged();
  }

  /** The track of the far end that would be heard or seen here now, or null. */
  received(kind: 'audio' | 'video'): FakeTrack | null {
    const other = this.#other();
    if (other === undefined || this.connectionState !== 'connected' || !this.#network.up) return null;
    for (const mine of this.transceivers.filter((transceiver) => transceiver.kind === kind)) {
      const theirs = other.transceivers.find(({ mid }) => mid === mine.mid);
      const receives = mine.currentDirection === 'sendrecv' || mine.currentDirection === 'recvonly';
      const track = theirs?.sender.track ?? null;
      if (receives && track?.readyState === 'live' && track.enabled) return track;
    }
    return null;
  }

  pathChanged(): void {
    if (this.closed) return;
    const alive = this.#network.up && this.#other()?.closed === false;
    if (alive) return this.#check();
    if (this.connectionState !== 'connected') return;
    this.#timer?.();
    this.#timer = this.#network.clock.after(6000, () => {
      this.#setConnectionState('disconnected');
      this.#timer = this.#network.clock.after(10_000, () => this.#setConnectionState('failed'));
    });
  }

  #other(): FakePeerConnection | undefined {
    const other = this.#network.find(this.#remoteFragment);
    return other !== undefined && other.#remoteFragment === this.localFragment ? other : undefined;
  }

  #check(): void {
    const other = this.#other();
    if (other === undefined || !this.#network.up || this.closed) return;
    if (!this.#ready() || !other.#ready() || this.#remoteCandidates + other.#remoteCandidates === 0) return;
    for (const end of [this, other]) {
      if (end.connectionState === 'connected') {
        end.#timer?.();
        continue;
      }
      end.#timer?.();
      end.#setConnectionState('connecting');
      end.#timer = this.#network.clock.after(this.#network.delay, () => end.#connect());
    }
  }

  #ready(): boolean {
    return this.signalingState === 'stable' && this.localDescription !== null && this.remoteDescription !== null;
  }

  #connect(): void {
    if (this.closed || !this.#network.up) return;
    this.#setConnectionState('connected');
    for (const { receiver } of this.transceivers) receiver.track.dispatchEvent(new Event('unmute'));
  }

  #setConnectionState(state: RTCPeerConnectionState): void {
    if (this.closed || this.connectionState === state) return;
    this.connectionState = state;
    this.#events.connectionStateChanged();
  }

  #gather(): void {
    const { clock } = this.#network;
    const fragment = this.localFragment;
    this.iceGatheringState = 'gathering';
    this.#events.gatheringStateChanged();
    clock.after(3, () => {
      if (this.closed || fragment !== this.localFragment) return;
      const candidate = `candidate:1 1 udp 2122260223 host-${String(fragment)}.local 50000 typ host ufrag ${String(fragment)}`;
      this.#localCandidates.push(candidate);
      if (this.localDescription !== null) this.localDescription = this.#describe(this.localDescription.type);
      this.#events.candidate({ candidate, sdpMid: '0', sdpMLineIndex: 0 });
    });
    clock.after(FakePeerConnection.gathering, () => {
      if (this.closed || fragment !== this.localFragment) return;
      this.iceGatheringState = 'complete';
      this.#events.gatheringStateChanged();
      this.#events.candidate(null);
    });
  }

  #describe(type: RTCSdpType): RTCSessionDescription {
    const offered = type === 'answer' ? mediaSections(this.remoteDescription?.sdp ?? '') : [];
    const sections = this.transceivers.map((transceiver, index) => {
      const theirs = offered[index]?.direction;
      const direction = theirs === undefined ? transceiver.direction : meet(transceiver.direction, theirs);
      const sends = direction === 'sendrecv' || direction === 'sendonly';
      const msids = sends ? transceiver.sender.streams.map((id) => `a=msid:${id} ${transceiver.kind}`) : [];
      const candidates = index === 0 ? this.#localCandidates.map((candidate) => `a=${candidate}`) : [];
      const head = [`m=${transceiver.kind} 9 UDP/TLS/RTP/SAVPF 111`, `a=ice-ufrag:${String(this.localFragment)}`];
      return [...head, `a=mid:${transceiver.mid ?? ''}`, `a=${direction}`, ...msids, ...candidates].join('\r\n');
    });
    return { type, sdp: ['v=0', 's=-', ...sections, ''].join('\r\n') } as RTCSessionDescription;
  }

  #takeSections(sdp: string, type: string): void {
    sdp
      .split(/^(?=m=)/m)
      .slice(1)
      .forEach((section, index) => {
        const kind = /^m=(audio|video)/.exec(section)?.[1] as 'audio' | 'video' | undefined;
        if (kind === undefined) return;
        let transceiver = this.transceivers[index];
        if (transceiver === undefined) {
          transceiver = new FakeTransceiver(kind, 'recvonly', () => this.#needNegotiation());
          transceiver.mid = /^a=mid:(\S+)/m.exec(section)?.[1] ?? String(index);
          this.transceivers.push(transceiver);
        }
        const direction = mediaSections(`v=0\r\n${section}`)[0]?.direction ?? 'sendrecv';
        if (direction !== 'sendrecv' && direction !== 'sendonly') return;
        if (type === 'offer' && transceiver.receiver.track.readyState === 'ended') return;
        const ids = [...section.matchAll(/^a=msid:(\S+)/gm)].map((match) => match[1] ?? '');
        const streams = ids.map((id) => this.#stream(id));
        for (const stream of streams) stream.addTrack(transceiver.receiver.track);
        this.#events.track(
          transceiver.receiver.track as unknown as MediaStreamTrack,
          streams as unknown as MediaStream[],
        );
      });
  }

  #stream(id: string): FakeStream {
    const stream = this.#streams.get(id) ?? new FakeStream(id);
    this.#streams.set(id, stream);
    return stream;
  }

  /** An offer and its answer are through. */
  #negotiated(): void {
    const offerer = this.remoteDescription?.type === 'answer';
    const theirs = mediaSections(this.remoteDescription?.sdp ?? '');
    this.transceivers.forEach((transceiver, index) => {
      const remote = theirs[index]?.direction;
      if (remote === undefined) return;
      transceiver.currentDirection = offerer ? flip(remote) : meet(transceiver.direction, remote);
    });
    this.#stable = null;
    this.#check();
    if (this.#dirty || this.#restart) this.#needNegotiation();
  }

  #remember(): void {
    this.#stable ??= { local: this.localDescription, remote: this.remoteDescription, fragment: this.localFragment };
  }

  #rollBack(): void {
    if (this.#stable === null) return;
    const wasRestart = this.localFragment !== this.#stable.fragment && this.#stable.fragment !== null;
    this.localDescription = this.#stable.local;
    this.remoteDescription = this.#stable.remote;
    this.localFragment = this.#stable.fragment;
    this.#stable = null;
    this.signalingState = 'stable';
    this.#dirty = true;
    if (wasRestart) this.#restart = true;
  }

  #remoteRestarted(): boolean {
    const before = /^a=ice-ufrag:(\S+)/m.exec(this.#stable?.remote?.sdp ?? '')?.[1];
    return before !== undefined && before !== this.#remoteFragment;
  }

  #needNegotiation(): void {
    this.#dirty = true;
    if (this.#negotiationQueued) return;
    this.#negotiationQueued = true;
    queueMicrotask(() => {
      this.#negotiationQueued = false;
      if (!this.closed && this.signalingState === 'stable' && (this.#dirty || this.#restart))
        this.#events.negotiationNeeded();
    });
  }

  #mustLive(): void {
    if (this.closed) throw new DOMException('The RTCPeerConnection is closed.', 'InvalidStateError');
  }
}

const sends = (direction: Direction): boolean => direction === 'sendrecv' || direction === 'sendonly';
const receives = (direction: Direction): boolean => direction === 'sendrecv' || direction === 'recvonly';

const make = (send: boolean, receive: boolean): Direction =>
  send ? (receive ? 'sendrecv' : 'sendonly') : receive ? 'recvonly' : 'inactive';

/** What an answerer who wants `own` may say to an offer of `theirs`. RFC 8829 */
const meet = (own: Direction, theirs: Direction): Direction =>
  make(sends(own) && receives(theirs), receives(own) && sends(theirs));

const flip = (direction: Direction): Direction => make(receives(direction), sends(direction));

export const createFakePeerConnection =
  (network: FakeNetwork) =>
  (configuration: RTCConfiguration, events: PeerConnectionEvents): PeerConnection =>
    new FakePeerConnection(network, configuration, events) as unknown as PeerConnection;
