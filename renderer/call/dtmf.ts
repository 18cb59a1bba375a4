/** Keypad digits during a call, as RTP telephone events. RFC 4733; W3C WebRTC, section 7; DT-01 */

/** ms of one tone, and of the silence after it: long enough for every exchange, short enough for a menu's patience. */
const toneDuration = 100;
const gap = 70;

/** Digits, `*`, `#`, the four letters that telephones have, and a comma for a pause of two seconds. */
const grammar = /^[0-9A-D*#,]+$/;
const mostDigits = 64;

const isDialable = (digits: string): boolean => digits.length <= mostDigits && grammar.test(digits.toUpperCase());

/** One digit of the far end, or null for what no keypad has. */
export const receivedDigit = (digit: string): string | null => (/^[0-9A-D*#]$/.test(digit) ? digit : null);

/** Adds to what is still being sent. @returns false when nothing can be sent on this connection now. */
export function sendDigits(sender: RTCDTMFSender | null | undefined, digits: string): boolean {
  if (sender?.canInsertDTMF !== true || !isDialable(digits)) return false;
  sender.insertDTMF(sender.toneBuffer + digits.toUpperCase(), toneDuration, gap);
  return true;
}
