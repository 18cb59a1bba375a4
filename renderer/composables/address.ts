/** Addresses of people as they are typed and pasted into the search. */
import type { UserId } from '../../preload/contract/ids';
import { classify } from './dialled';

/**
 * The Matrix id in what was typed: `@anna:example.org`, a matrix.to link or a `matrix:u/…` link. Null when it is anything
 * else, for example a name.
 */
export function addressIn(typed: string): UserId | null {
  const found = classify(typed);
  return found.kind === 'user' ? found.userId : null;
}

/** The part of a Matrix id before its server. */
export const localpartOf = (userId: string): string => userId.slice(1).split(':', 1).join('');
