/** Where each message stands in the ratchet of its megolm session: two in one place would be encrypted with one key. */
import type { SentEvent } from '../../../homeserver/sent-events';

/** Sessions and indexes that were used for two different messages. */
export function reusedIndexes(events: readonly SentEvent[]): readonly string[] {
  const seen = new Map<string, string>();
  return events.flatMap(({ content }) => {
    const ciphertext = String(content.ciphertext);
    const slot = `${String(content.session_id)} ${messageIndex(ciphertext)}`;
    const reused = (seen.get(slot) ?? ciphertext) !== ciphertext;
    seen.set(slot, ciphertext);
    return reused ? [slot] : [];
  });
}

/** A megolm message starts with its version, 3, then the tag 8 and the index as a varint (spec §Megolm, message format). */
function messageIndex(ciphertext: string): number {
  const [version, tag, ...rest] = Buffer.from(ciphertext, 'base64');
  if (version !== 3 || tag !== 8) throw new Error('not a megolm message');
  let index = 0;
  for (const [place, byte] of rest.entries()) {
    index |= (byte & 0x7f) << (7 * place);
    if (byte < 0x80) break;
  }
  return index;
}
