/** Addresses as people type and paste them. */
import type { UserId } from '../../preload/contract/ids';

/**
 * The Matrix id in what was typed: `@anna:example.org`, a matrix.to link or a `matrix:u/…` link (spec appendices,
 * "Matrix URI scheme"). Null when it is anything else, for example a name.
 */
export function addressIn(typed: string): UserId | null {
  const text = typed.trim();
  const id = fromUri(text) ?? fromLink(text) ?? text;
  return /^@[^:\s]+:[^\s:]+(:\d+)?$/.test(id) && id.length <= 255 ? (id as UserId) : null;
}

function fromUri(text: string): string | undefined {
  const local = /^matrix:u\/([^?#]+)/i.exec(text)?.[1];
  return local === undefined ? undefined : `@${decode(local)}`;
}

function fromLink(text: string): string | undefined {
  const id = /^https:\/\/matrix\.to\/#\/([^?/]+)/i.exec(text)?.[1];
  return id === undefined ? undefined : decode(id);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a lone % is no escape: taken as it stands
  }
}

/** The part of a Matrix id before its server. */
export const localpartOf = (userId: string): string => userId.slice(1).split(':', 1).join('');
