/**
 * Clients that are not ours: they speak as their traits say, by raw events, and have a peer connection that works. What
 * they do by themselves is the least that a call needs: apply what they are sent.
 */
import type { UserId } from '../../../preload/contract/ids';
import type { CallKind } from '../../../renderer/call/call-view';
import { FakeStream, FakeTrack } from './fake-media';
import { FakePeerConnection } from './fake-peer-connection';
import { roomId, type SentEvent, type SyncTarget } from './homeserver';
import type { World } from './world';

export interface Traits {
  readonly version: unknown;
  /** Null: it sends none. */
  readonly party: string | null;
  readonly metadata: boolean;
  readonly capabilities: Readonly<Record<string, unknown>> | null;
  /** Its SDP names its streams. N3 */
  readonly namesStreams: boolean;
  /** ms for all candidates to be gathered before anything is sent; 0: it sends what it has. N1 */
  readonly gathersFor: number;
  readonly onNegotiate: 'answers' | 'ignores' | 'hangsUp';
}

const modern = { namesStreams: true, gathersFor: 0, onNegotiate: 'answers' } as const;

/** Element Web, by matrix-js-sdk. Section 9 of the checklist */
export const elementWeb: Traits = {
  ...modern,
  version: '1',
  party: 'ELEMENTWEB',
  metadata: true,
  capabilities: { 'm.call.transferee': true, 'm.call.dtmf': false },
};

export const elementAndroid: Traits = {
  ...modern,
  version: '1',
  party: 'ELEMENTANDROID',
  metadata: false,
  capabilities: { 'm.call.transferee': true },
};

export const fluffyChat: Traits = {
  ...modern,
  version: '1',
  party: 'FLUFFYCHAT',
  metadata: true,
  capabilities: { 'm.call.transferee': false, 'm.call.dtmf': true },
};

/** Section 9a */
export const nheko: Traits = {
  version: '1',
  party: 'nhekoPty',
  metadata: false,
  capabilities: null,
  namesStreams: false,
  gathersFor: 2000,
  onNegotiate: 'hangsUp',
};

/** A client from before party ids. */
export const zero: Traits = {
  ...modern,
  version: 0,
  party: null,
  metadata: false,
  capabilities: null,
  onNegotiate: 'ignores',
};

export class OtherClient implements SyncTarget {
  readonly user: UserId;
  readonly traits: Traits;
  /** Call events of others, in order. */
  readonly seen: SentEvent[] = [];
  readonly stream = new FakeStream();
  connection: FakePeerConnection | null = null;
  callId = '';
  readonly #world: World;
  readonly #candidates: RTCIceCandidateInit[] = [];

  constructor(world: World, user: string, traits: Traits) {
    this.#world = world;
    this.user = user as UserId;
    this.traits = traits;
    world.homeserver.join(this.user);
    world.homeserver.connect(this);
  }

  /** An event as this client sends it; `undefined` leaves a field out. */
  send(type: string, content: Readonly<Record<string, unknown>> = {}): void {
    const { version, party } = this.traits;
    const common = { call_id: this.callId, version, ...(party === null ? {} : { party_id: party }) };
    const written = JSON.parse(JSON.stringify({ ...common, ...content })) as Record<string, unknown>;
    this.#world.homeserver.post(this.user, type, written);
  }

  async invite(callId: string, kind: CallKind = 'voice', more: Readonly<Record<string, unknown>> = {}): Promise<void> {
    this.callId = callId;
    const sdp = await this.offer(kind);
    this.send('m.call.invite', { lifetime: 60_000, offer: { type: 'offer', sdp }, ...this.#introduction(), ...more });
    this.#sendCandidates();
  }

  /** Answers the newest invite of somebody else. */
  async answer(more: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const invite = this.seen.filter(({ type }) => type === 'm.call.invite').at(-1);
    if (invite === undefined) throw new Error(`${this.user} was not called`);
    this.callId = invite.callId;
    const connection = this.#connect();
    const { offer } = invite.content as { offer: { sdp: string } };
    await connection.setRemoteDescription({ type: 'offer', sdp: offer.sdp });
    for (const transceiver of connection.transceivers) {
      transceiver.direction = 'sendrecv';
      if (this.traits.namesStreams) transceiver.sender.setStreams(this.stream);
      await transceiver.sender.replaceTrack(new FakeTrack(transceiver.kind));
    }
    await connection.setLocalDescription();
    await this.#gather();
    for (const early of this.#received('m.call.candidates')) await this.#take(early);
    this.send('m.call.answer', { answer: this.#description(), ...this.#introduction(), ...more });
    this.#sendCandidates();
  }

  /** An offer of a new connection with microphone, and camera for a video call. */
  async offer(kind: CallKind): Promise<string> {
    const connection = this.#connect();
    for (const of of kind === 'video' ? (['audio', 'video'] as const) : (['audio'] as const)) {
      const streams = this.traits.namesStreams ? [this.stream] : [];
      const { sender } = connection.addTransceiver(of, { direction: 'sendrecv', streams });
      await sender.replaceTrack(new FakeTrack(of));
    }
    await connection.setLocalDescription();
    await this.#gather();
    return connection.localDescription?.sdp ?? '';
  }

  /** Offers what it has changed on its connection. */
  async negotiate(more: Readonly<Record<string, unknown>> = {}): Promise<void> {
    await this.live.setLocalDescription();
    this.send('m.call.negotiate', { description: this.#description(), lifetime: 10_000, ...this.#metadata(), ...more });
  }

  takeSync(events: readonly SentEvent[]): void {
    for (const event of events) {
      const isOwn = event.sender === this.user && (event.content.party_id ?? null) === this.traits.party;
      if (event.roomId !== roomId || isOwn || !event.type.startsWith('m.call.')) continue;
      this.seen.push(event);
      void this.#take(event);
    }
  }

  /** The connection of the call. */
  get live(): FakePeerConnection {
    if (this.connection === null) throw new Error(`${this.user} has no connection`);
    return this.connection;
  }

  get hears(): boolean {
    return this.live.received('audio') !== null;
  }

  /** Types of what others sent in this call. */
  heard(type: string): number {
    return this.#received(type).length;
  }

  #received(type: string): readonly SentEvent[] {
    return this.seen.filter((event) => event.type === type && event.callId === this.callId);
  }

  async #take(event: SentEvent): Promise<void> {
    const { connection } = this;
    if (connection === null || event.callId !== this.callId || connection.closed) return;
    const { content } = event;
    if (event.type === 'm.call.answer' && connection.signalingState === 'have-local-offer') {
      await connection.setRemoteDescription(content.answer as { type: string; sdp: string });
    } else if (event.type === 'm.call.candidates' && connection.remoteDescription !== null) {
      for (const candidate of content.candidates as RTCIceCandidateInit[]) await connection.addIceCandidate(candidate);
    } else if (event.type === 'm.call.negotiate') {
      await this.#takeNegotiate(connection, content.description as { type: string; sdp: string });
    } else if (event.type === 'm.call.hangup') {
      connection.close();
    }
  }

  async #takeNegotiate(connection: FakePeerConnection, description: { type: string; sdp: string }): Promise<void> {
    if (this.traits.onNegotiate === 'hangsUp') {
      this.send('m.call.hangup', { reason: 'user_hangup' });
      connection.close();
    }
    if (this.traits.onNegotiate !== 'answers') return;
    await connection.setRemoteDescription(description);
    if (description.type !== 'offer') return;
    await connection.setLocalDescription();
    this.send('m.call.negotiate', { description: this.#description(), lifetime: 10_000, ...this.#metadata() });
  }

  #connect(): FakePeerConnection {
    const nothing = (): void => undefined;
    this.connection = new FakePeerConnection(
      this.#world.network,
      {},
      {
        candidate: (candidate) => {
          if (candidate !== null) this.#candidates.push(candidate);
        },
        gatheringStateChanged: nothing,
        connectionStateChanged: nothing,
        negotiationNeeded: nothing,
        track: nothing,
        digit: nothing,
      },
    );
    return this.connection;
  }

  async #gather(): Promise<void> {
    await this.#world.clock.sleep(Math.max(this.traits.gathersFor, 10));
  }

  /** N1, N2: all of them after the fact, the line by its number only. */
  #sendCandidates(): void {
    if (this.traits.gathersFor === 0) return;
    const candidates = this.#candidates.map(({ candidate }) => ({ candidate, sdpMLineIndex: 0, sdpMid: '' }));
    this.send('m.call.candidates', { candidates });
  }

  #description(): { readonly type: string; readonly sdp: string } {
    const { type = 'offer', sdp = '' } = this.live.localDescription ?? {};
    return { type, sdp: this.traits.gathersFor === 0 ? sdp : sdp.replace(/^a=candidate:.*\r\n/gm, '') };
  }

  #introduction(): Record<string, unknown> {
    const { capabilities } = this.traits;
    return { ...(capabilities === null ? {} : { capabilities }), ...this.#metadata() };
  }

  #metadata(): Record<string, unknown> {
    if (!this.traits.metadata) return {};
    const entry = { purpose: 'm.usermedia', audio_muted: false, video_muted: false };
    return { sdp_stream_metadata: { [this.stream.id]: entry } };
  }
}
