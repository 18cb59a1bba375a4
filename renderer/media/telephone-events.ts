/** Keypad digits as they come over RTP: one press is many packets, and counts once. RFC 4733, section 2.3; DT-01 */

/** By event code. RFC 4733, section 3.2 */
const digits = '0123456789*#ABCD';
/** Presses that are remembered: packets of the last few may still come late, or again. */
const mostRemembered = 16;

/** Takes the packets of one sender, in any order. */
export class TelephoneEvents {
  /** All packets of one press carry the time of its beginning, and no two presses begin at once. */
  readonly #known: number[] = [];

  /**
   * @param timestamp of RTP.
   * @param payload event code, end and volume, duration: four bytes.
   * @returns the digit when this is the first packet of its press, otherwise null.
   */
  take(timestamp: number, payload: Uint8Array): string | null {
    const digit = digits.charAt(payload[0] ?? digits.length);
    if (digit === '' || this.#known.includes(timestamp)) return null;
    this.#known.push(timestamp);
    if (this.#known.length > mostRemembered) this.#known.shift();
    return digit;
  }
}
