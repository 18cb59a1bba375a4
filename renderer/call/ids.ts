/** Call ids and party ids in the opaque identifier grammar (spec appendices; V1-04, V1-05). */
import type { CallId, PartyId, UserId } from '../../preload/contract/ids';

const grammar = /^[0-9A-Za-z._~-]{1,255}$/;

export const isOpaqueId = (text: unknown): text is string => typeof text === 'string' && grammar.test(text);

/** Call ids, and what MSC2747 names a transfer by, have the same grammar. */
export const isCallId = (text: unknown): text is CallId => isOpaqueId(text);

/** Spec appendices, "User Identifiers", as far as it matters here. */
export const isUserId = (text: unknown): text is UserId =>
  typeof text === 'string' && text.length <= 255 && /^@[^:\s]*:\S+$/.test(text);

/**
 * `~` sorts after every other character of the grammar: against a client that knows no glare rule we are then always
 * the one who yields and answers *its* call, instead of two people waiting for each other. GL-13
 */
export const newCallId = (randomId: (length: number) => string): CallId => `~${randomId(20)}` as CallId;

/** Names a transfer. MSC2747 */
export const newReplacementId = (randomId: (length: number) => string): string => randomId(16);

/** Random per call, so that the far end learns nothing of our devices. */
export const newPartyId = (randomId: (length: number) => string): PartyId => randomId(12) as PartyId;
