/**
 * Hold, as WebRTC does it: whoever holds goes on sending (nothing that could be heard) and receives no more; resuming
 * brings back exactly the directions of before. W3C WebRTC, "Hold functionality"; NG-09, NG-10, NG-11
 */
import { mediaSections } from './sdp';

type Direction = RTCRtpTransceiverDirection;

const withoutReceiving: Readonly<Record<Direction, Direction>> = {
  sendrecv: 'sendonly',
  sendonly: 'sendonly',
  recvonly: 'inactive',
  inactive: 'inactive',
  stopped: 'stopped',
};

/** The directions of one connection's transceivers: what each is for, and what hold leaves of it. */
export class Directions {
  #held = false;
  /** While held: the directions to come back to. */
  readonly #wanted = new Map<RTCRtpTransceiver, Direction>();

  want(transceiver: RTCRtpTransceiver, direction: Direction): void {
    if (this.#held) this.#wanted.set(transceiver, direction);
    const allowed = this.#held ? withoutReceiving[direction] : direction;
    if (transceiver.direction !== allowed) transceiver.direction = allowed;
  }

  /** Once more while held: for what the far end has added since. */
  hold(transceivers: readonly RTCRtpTransceiver[]): void {
    this.#held = true;
    for (const transceiver of transceivers) {
      const known = this.#wanted.has(transceiver) || transceiver.direction === 'stopped';
      if (!known) this.want(transceiver, transceiver.direction);
    }
  }

  resume(): void {
    this.#held = false;
    for (const [transceiver, direction] of this.#wanted) {
      if (transceiver.direction !== 'stopped') this.want(transceiver, direction);
    }
    this.#wanted.clear();
  }

  get held(): boolean {
    return this.#held;
  }
}

/**
 * Does the far end hold us? It does when it does not want our voice.
 * @param theirs what it said.
 * @param ourOffer what it answers, when it answers: a voice that we did not offer it cannot want.
 * @returns null where its description cannot tell.
 */
export function holdsUs(theirs: string, ourOffer: string | null): boolean | null {
  const offered = ourOffer === null ? null : mediaSections(ourOffer);
  const voices = mediaSections(theirs).filter(({ kind, rejected }, index) => {
    const direction = offered?.[index]?.direction;
    const sent = offered === null || direction === 'sendrecv' || direction === 'sendonly';
    return kind === 'audio' && !rejected && sent;
  });
  if (voices.length === 0) return null;
  return voices.every(({ direction }) => direction === 'sendonly' || direction === 'inactive');
}
