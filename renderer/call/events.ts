/**
 * The content of every `m.call.*` event as the engine sees it. Tolerant in, strict out: a field of the wrong type counts
 * as absent, and only what a call cannot do without makes the whole event unusable (V1-13).
 */
import type { ReceivedCallEventType } from '../../preload/contract/signalling';
import { isObject, own, plainText, type Content } from './content';
import { isOpaqueId } from './ids';
import { withPlainLines } from './sdp';
import { parseStreamMetadata, type StreamMetadata } from './stream-metadata';
import { parseReplacement, type Replacement } from './transfer-events';

/** `0` for the integer 0 and nothing else: every unknown version behaves as "1". V1-02, V1-03 */
export type CallVersion = 0 | '1';

interface Common {
  readonly version: CallVersion;
  readonly party: string | null;
}

/** A remote candidate; the empty one is end-of-candidates. IC-07, IC-09 */
export interface Candidate {
  readonly candidate: string;
  readonly sdpMid?: string;
  readonly sdpMLineIndex?: number;
}

export interface Capabilities {
  readonly dtmf: boolean;
  readonly transferee: boolean;
}

interface Media extends Common {
  readonly sdp: string;
  /** Null: the far end does not know of stream metadata. SM-04 */
  readonly metadata: StreamMetadata | null;
  /** Null: the far end named none. */
  readonly capabilities: Capabilities | null;
}

export interface Invite extends Media {
  readonly type: 'm.call.invite';
  /** ms, within bounds. LV-12 */
  readonly lifetime: number;
  readonly invitee: string | null;
}
export interface Answer extends Media {
  readonly type: 'm.call.answer';
}
export interface Candidates extends Common {
  readonly type: 'm.call.candidates';
  readonly candidates: readonly Candidate[];
}
export interface Negotiate extends Common {
  readonly type: 'm.call.negotiate';
  /** The type is WebRTC's to judge. NG-05 */
  readonly description: RTCSessionDescriptionInit;
  /** ms */
  readonly lifetime: number;
  readonly metadata: StreamMetadata | null;
}
export interface SelectAnswer extends Common {
  readonly type: 'm.call.select_answer';
  readonly selected: string | null;
}
export interface Reject extends Common {
  readonly type: 'm.call.reject';
}
export interface Hangup extends Common {
  readonly type: 'm.call.hangup';
  /** `user_hangup` when absent. V0-07 */
  readonly reason: string;
}
export interface MetadataChanged extends Common {
  readonly type: 'm.call.sdp_stream_metadata_changed';
  readonly metadata: StreamMetadata;
}

export interface AssertedIdentity extends Common {
  readonly type: 'm.call.asserted_identity';
  /** Null takes back what was asserted. X-02 */
  readonly identity: Identity | null;
}

export interface Replaces extends Common, Replacement {
  readonly type: 'm.call.replaces';
}
export interface RejectReplacement extends Common {
  readonly type: 'm.call.reject_replacement';
  readonly replacement: string;
}

/** What the far end says of itself, on its own word alone. MSC3086; X-02 */
export interface Identity {
  /** A Matrix user id, or whatever else the other network has. */
  readonly id: string | null;
  readonly name: string | null;
}

export type CallEvent =
  | Invite
  | Answer
  | Candidates
  | Negotiate
  | SelectAnswer
  | Reject
  | Hangup
  | MetadataChanged
  | AssertedIdentity
  | Replaces
  | RejectReplacement;

export type Parsed =
  | { readonly ok: true; readonly event: CallEvent }
  | { readonly ok: false; readonly rule: string; readonly why: string };

/** No SDP of a real call comes near; the federation limit of an event is 64 KiB. */
const longestSdp = 65_536;
const mostCandidates = 500;
const defaultLifetime = 90_000;

export function parseCallEvent(type: ReceivedCallEventType, content: Content): Parsed {
  const common = parseCommon(content);
  if (common === null) return bad('V1-04', 'party_id outside the grammar');
  switch (type) {
    case 'm.call.invite': {
      const media = parseMedia(content, 'offer');
      if (media === null) return bad('V1-13', 'invite without a usable offer');
      const invitee = own(content, 'invitee');
      const lifetime = parseLifetime(content);
      return good({ type, ...common, ...media, lifetime, invitee: typeof invitee === 'string' ? invitee : null });
    }
    case 'm.call.answer': {
      const media = parseMedia(content, 'answer');
      return media === null ? bad('V1-13', 'answer without usable SDP') : good({ type, ...common, ...media });
    }
    case 'm.call.candidates': {
      const list = own(content, 'candidates');
      if (!Array.isArray(list)) return bad('V1-13', 'candidates is not a list');
      const candidates = list
        .slice(0, mostCandidates)
        .map(parseCandidate)
        .filter((candidate) => candidate !== null);
      return good({ type, ...common, candidates });
    }
    case 'm.call.negotiate': {
      // NG-07: the specification up to v1.8 had the key `offer` in its schema.
      const description = parseDescription(own(content, 'description') ?? own(content, 'offer'));
      if (description === null) return bad('NG-08', 'negotiate without a usable description');
      const metadata = parseStreamMetadata(content);
      return good({ type, ...common, description, lifetime: parseLifetime(content), metadata });
    }
    case 'm.call.select_answer': {
      const selected = own(content, 'selected_party_id');
      return good({ type, ...common, selected: typeof selected === 'string' ? selected : null });
    }
    case 'm.call.reject':
      return good({ type, ...common });
    case 'm.call.hangup': {
      const reason = own(content, 'reason');
      return good({ type, ...common, reason: typeof reason === 'string' ? reason : 'user_hangup' });
    }
    case 'm.call.sdp_stream_metadata_changed': {
      const metadata = parseStreamMetadata(content);
      return metadata === null ? bad('SM-07', 'no metadata in it') : good({ type, ...common, metadata });
    }
    case 'm.call.asserted_identity':
      return good({ type, ...common, identity: parseIdentity(own(content, 'asserted_identity')) });
    case 'm.call.replaces': {
      const replacement = parseReplacement(content);
      return replacement === null ? bad('X-01', 'not a usable transfer') : good({ type, ...common, ...replacement });
    }
    case 'm.call.reject_replacement': {
      const replacement = own(content, 'replacement_id');
      return isOpaqueId(replacement) ? good({ type, ...common, replacement }) : bad('X-01', 'rejects nothing');
    }
  }
}

const good = (event: CallEvent): Parsed => ({ ok: true, event });
const bad = (rule: string, why: string): Parsed => ({ ok: false, rule, why });

function parseCommon(content: Content): Common | null {
  const version: CallVersion = own(content, 'version') === 0 ? 0 : '1';
  const party = own(content, 'party_id');
  if (party === undefined || party === null) return { version, party: null };
  return isOpaqueId(party) ? { version, party } : null;
}

function parseMedia(
  content: Content,
  key: 'offer' | 'answer',
): Pick<Media, 'sdp' | 'metadata' | 'capabilities'> | null {
  const description = own(content, key);
  const sdp = isObject(description) ? own(description, 'sdp') : undefined;
  if (typeof sdp !== 'string' || sdp.length > longestSdp) return null;
  return { sdp: withPlainLines(sdp), metadata: parseStreamMetadata(content), capabilities: parseCapabilities(content) };
}

function parseDescription(value: unknown): RTCSessionDescriptionInit | null {
  if (!isObject(value)) return null;
  const sdp = own(value, 'sdp');
  const type = own(value, 'type');
  if (typeof sdp !== 'string' || sdp.length > longestSdp || typeof type !== 'string') return null;
  return { type: type as RTCSdpType, sdp: withPlainLines(sdp) };
}

/** `capabilities` of MSC2747, where the keys hold dots. */
function parseCapabilities(content: Content): Capabilities | null {
  const value = own(content, 'capabilities');
  if (!isObject(value)) return null;
  return { dtmf: own(value, 'm.call.dtmf') === true, transferee: own(value, 'm.call.transferee') === true };
}

function parseIdentity(value: unknown): Identity | null {
  if (!isObject(value)) return null;
  const [id, name] = [plainText(own(value, 'id')), plainText(own(value, 'display_name'))];
  return id === null && name === null ? null : { id, name };
}

/** LV-12: between one second and ten minutes whatever was sent; a missing or unusable one is the usual 90 s. */
function parseLifetime(content: Content): number {
  const lifetime = own(content, 'lifetime');
  if (typeof lifetime !== 'number' || !Number.isFinite(lifetime)) return defaultLifetime;
  return Math.min(Math.max(lifetime, 1000), 600_000);
}

function parseCandidate(value: unknown): Candidate | null {
  if (!isObject(value)) return null;
  const candidate = own(value, 'candidate');
  if (typeof candidate !== 'string' || candidate.length > 2000) return null;
  if (candidate === '') return { candidate };
  const mid = own(value, 'sdpMid');
  const index = own(value, 'sdpMLineIndex');
  const line = typeof index === 'number' && Number.isInteger(index) && index >= 0 && index < 256 ? index : null;
  // N2: nheko sends an empty mid and means the index.
  if (typeof mid === 'string' && mid !== '') {
    return line === null ? { candidate, sdpMid: mid } : { candidate, sdpMid: mid, sdpMLineIndex: line };
  }
  return line === null ? null : { candidate, sdpMLineIndex: line };
}
