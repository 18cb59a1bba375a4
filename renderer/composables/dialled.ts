/**
 * What somebody wants to reach, from whatever they typed, pasted or clicked: a person, a number, a room, a name to look
 * for, or something that cannot be called, and why. The one place that reads addresses and links. Pure.
 * Spec: appendices, "Identifier grammar", "Matrix URI scheme", "matrix.to navigation"; RFC 3966.
 */
import type { UserId } from '../../preload/contract/ids';
import { numberIn } from './phone-number';

/** Why a text that looks like an address is none. Each has its own words. */
export type InvalidReason =
  | 'noServer' // @anna
  | 'noName' // @:example.org
  | 'noSign' // anna:example.org
  | 'badServer' // @anna:exa mple
  | 'tooLong'
  | 'numberTooLong'
  | 'badLink' // of Matrix, but it leads nowhere
  | 'sip' // sip:, sips: and h323: are other networks
  | 'otherLink'; // any other URL

export type Dialled =
  | { readonly kind: 'empty' }
  | { readonly kind: 'user'; readonly userId: UserId }
  | { readonly kind: 'number'; readonly number: string }
  /** An alias (`#room:server`) or an id (`!room:server`): it can be called only when it is somebody's direct room. */
  | { readonly kind: 'room'; readonly room: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'invalid'; readonly reason: InvalidReason };

/** Bytes of a Matrix id. */
const longest = 255;
/** Controls, and marks that change the direction of text or are not seen: copied along with numbers and addresses. */
const unseen = /[\p{Cc}\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

export function classify(typed: string): Dialled {
  const text = typed.replace(unseen, (mark) => (/\s/.test(mark) ? ' ' : '')).trim();
  if (text === '') return { kind: 'empty' };
  const linked = fromMatrixUri(text) ?? fromMatrixTo(text);
  if (linked !== null) return linked;
  if (/^[@#!]/.test(text) && !isService(text)) return fromSigil(text);
  if (/^(sips?|h323):/i.test(text)) return invalid('sip');
  const isTel = /^(tel|callto):/i.test(text);
  if (!isTel && /^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return invalid('otherLink');
  const number = numberIn(text);
  if (number.ok) return { kind: 'number', number: number.number };
  if (number.reason === 'tooLong') return invalid('numberTooLong');
  if (isTel) return invalid('badLink');
  if (/^[^\s@:/]+:[^\s:/]+\.[a-z]{2,}(:\d+)?$/i.test(text)) return invalid('noSign');
  return { kind: 'name', name: text };
}

/** `#31#` and the like are dialled; room aliases have a colon. */
const isService = (text: string): boolean => /^[#*][0-9*#]*$/.test(text);

const invalid = (reason: InvalidReason): Dialled => ({ kind: 'invalid', reason });

/** `matrix:u/anna:example.org?action=chat`, also with an authority in front. */
function fromMatrixUri(text: string): Dialled | null {
  const match = /^matrix:(?:\/\/[^/]*\/)?([^?#]*)/i.exec(text);
  if (match === null) return null;
  const [type, id] = (match[1] ?? '').split('/');
  const sigil = { u: '@', user: '@', r: '#', room: '#', roomid: '!' }[type?.toLowerCase() ?? ''];
  return sigil === undefined || !id ? invalid('badLink') : fromLink(sigil + decode(id));
}

/** `https://matrix.to/#/@anna:example.org?via=…` */
function fromMatrixTo(text: string): Dialled | null {
  const match = /^https?:\/\/(?:www\.)?matrix\.to(?:\/?$|\/#\/([^?/]*))/i.exec(text);
  if (match === null) return null;
  const id = decode(match[1] ?? '');
  return /^[@#!]/.test(id) ? fromLink(id) : invalid('badLink');
}

function fromLink(id: string): Dialled {
  const found = fromSigil(id);
  return found.kind === 'invalid' && found.reason !== 'tooLong' ? invalid('badLink') : found;
}

function fromSigil(id: string): Dialled {
  if (new TextEncoder().encode(id).length > longest) return invalid('tooLong');
  const colon = id.indexOf(':');
  const [name, server] = colon === -1 ? [id.slice(1), ''] : [id.slice(1, colon), id.slice(colon + 1)];
  const isRoom = !id.startsWith('@');
  // Newer room ids are hashes, without a server.
  if (id.startsWith('!') && colon === -1) return name === '' ? invalid('noName') : { kind: 'room', room: id };
  if (name === '') return invalid('noName');
  if (server === '') return invalid('noServer');
  if (/\s/.test(name) || !isServerName(server)) return invalid('badServer');
  return isRoom ? { kind: 'room', room: id } : { kind: 'user', userId: id as UserId };
}

/** Host name, IPv4 or IPv6 literal, with or without a port (spec appendices, "Server name"). */
const isServerName = (text: string): boolean => /^(\[[0-9a-f:.]{2,45}\]|[a-z0-9._-]{1,255})(:\d{1,5})?$/i.test(text);

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a lone % is no escape: taken as it stands
  }
}
