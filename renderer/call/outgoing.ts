/**
 * Builds what we send: content strictly after the event schemas, ids that make a repetition harmless. V1-01, EN-04
 *
 * What we send is version "1", also to a far end of version 0: it reads no version, and the schemas know no other.
 */
import type { PartyId } from '../../preload/contract/ids';
import type { CallKey, OutgoingSignal, SentEventType, SignalOutcome } from '../../preload/contract/signalling';
import type { WireCandidate } from './candidate-outbox';
import { writeStreamMetadata, type StreamMetadata } from './stream-metadata';
import { writeReplacement, type Replacement } from './transfer-events';

/** The reasons that the specification lists for `m.call.hangup`; no other is ever sent. AN-17 */
export type HangupReason =
  'ice_failed' | 'ice_timeout' | 'invite_timeout' | 'user_hangup' | 'user_media_failed' | 'user_busy' | 'unknown_error';

/** ms until main gives up on an event. An invite or answer is worth as much as the call has left to live. */
const hangupWithin = 120_000;
const changeWithin = 30_000;

type Send = (signal: OutgoingSignal) => Promise<SignalOutcome>;

export class Outgoing {
  readonly #key: CallKey;
  readonly #party: PartyId;
  readonly #takesDigits: boolean;
  readonly #send: Send;
  #count = 0;

  constructor(key: CallKey, party: PartyId, takesDigits: boolean, send: Send) {
    this.#key = key;
    this.#party = party;
    this.#takesDigits = takesDigits;
    this.#send = send;
  }

  /** @param lifetime ms */
  invite(sdp: string, lifetime: number, invitee: string, metadata: StreamMetadata): Promise<SignalOutcome> {
    const offer = { type: 'offer', sdp };
    return this.#emit('m.call.invite', { lifetime, invitee, offer, ...this.#introduction(metadata) }, lifetime);
  }

  /** @param giveUpAfter ms; what is left of the invite's lifetime. */
  answer(sdp: string, metadata: StreamMetadata, giveUpAfter: number): Promise<SignalOutcome> {
    const answer = { type: 'answer', sdp };
    return this.#emit('m.call.answer', { answer, ...this.#introduction(metadata) }, giveUpAfter);
  }

  selectAnswer(selected: string): void {
    void this.#emit('m.call.select_answer', { selected_party_id: selected }, changeWithin);
  }

  candidates(candidates: readonly WireCandidate[]): Promise<SignalOutcome> {
    return this.#emit('m.call.candidates', { candidates }, changeWithin);
  }

  negotiate(description: RTCSessionDescriptionInit, lifetime: number, metadata: StreamMetadata): void {
    const { type, sdp } = description;
    const content = { description: { type, sdp }, lifetime, ...writeStreamMetadata(metadata) };
    void this.#emit('m.call.negotiate', content, lifetime);
  }

  metadataChanged(metadata: StreamMetadata): void {
    void this.#emit('m.call.sdp_stream_metadata_changed', writeStreamMetadata(metadata), changeWithin);
  }

  reject(): void {
    void this.#emit('m.call.reject', {}, hangupWithin);
  }

  hangUp(reason: HangupReason): void {
    void this.#emit('m.call.hangup', { reason }, hangupWithin);
  }

  /** Asks the far end to go on with somebody else. X-01 */
  replace(replacement: Replacement): Promise<SignalOutcome> {
    return this.#emit('m.call.replaces', writeReplacement(replacement), changeWithin);
  }

  /** @param replacement the id that names the transfer. */
  rejectReplacement(replacement: string): void {
    void this.#emit('m.call.reject_replacement', { replacement_id: replacement }, changeWithin);
  }

  /** MSC2747 capabilities, said plainly rather than left open. DT-02, X-01 */
  #introduction(metadata: StreamMetadata): Record<string, unknown> {
    const capabilities = { 'm.call.transferee': true, 'm.call.dtmf': this.#takesDigits };
    return { capabilities, ...writeStreamMetadata(metadata) };
  }

  #emit(type: SentEventType, content: Record<string, unknown>, giveUpAfter: number): Promise<SignalOutcome> {
    this.#count += 1;
    const { callId } = this.#key;
    return this.#send({
      ...this.#key,
      signalId: `${this.#party}.${this.#count}`,
      type,
      content: { call_id: callId, party_id: this.#party, version: '1', ...content },
      giveUpAfter: Math.round(Math.min(Math.max(giveUpAfter, 1000), 600_000)),
    });
  }
}
