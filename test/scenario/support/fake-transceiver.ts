/** Senders and transceivers of a fake connection: W3C WebRTC, section 5. */
import { FakeTrack, type FakeStream } from './fake-media';

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

export const sends = (direction: Direction | null): boolean => direction === 'sendrecv' || direction === 'sendonly';
export const receives = (direction: Direction | null): boolean => direction === 'sendrecv' || direction === 'recvonly';

const make = (send: boolean, receive: boolean): Direction =>
  send ? (receive ? 'sendrecv' : 'sendonly') : receive ? 'recvonly' : 'inactive';

/** What an answerer who wants `own` may say to an offer of `theirs`. RFC 8829, 5.3.1 */
export const meet = (own: Direction, theirs: Direction): Direction =>
  make(sends(own) && receives(theirs), receives(own) && sends(theirs));

/** The same line as the other end sees it. */
export const flip = (direction: Direction): Direction => make(receives(direction), sends(direction));

export interface Owner {
  readonly closed: boolean;
  /** Something changed that the far end must be told in an offer. */
  readonly changed: () => void;
  readonly toned: (tone: string) => void;
}

/** RTCDTMFSender: W3C WebRTC, section 7. Tones are taken at once; how long they sound does not matter here. */
class FakeDtmfSender {
  readonly #canInsert: () => boolean;
  readonly #owner: Owner;
  readonly inserted: { readonly tones: string; readonly duration: number; readonly gap: number }[] = [];
  toneBuffer = '';

  constructor(owner: Owner, canInsert: () => boolean) {
    this.#owner = owner;
    this.#canInsert = canInsert;
  }
  get canInsertDTMF(): boolean {
    return this.#canInsert();
  }
  insertDTMF(tones: string, duration = 100, gap = 70): void {
    if (!this.canInsertDTMF) throw new DOMException('no way to send tones', 'InvalidStateError');
    if (!/^[0-9A-D#*,]*$/.test(tones)) throw new DOMException('not a tone', 'InvalidCharacterError');
    this.inserted.push({ tones, duration, gap });
    this.toneBuffer = '';
    for (const tone of tones) this.#owner.toned(tone);
  }
}

class FakeSender {
  readonly #owner: Owner;
  readonly dtmf: FakeDtmfSender | null;
  track: FakeTrack | null = null;
  streams: readonly string[] = [];

  constructor(owner: Owner, kind: 'audio' | 'video', canSend: () => boolean) {
    this.#owner = owner;
    this.dtmf = kind === 'audio' ? new FakeDtmfSender(owner, canSend) : null;
  }
  async replaceTrack(track: FakeTrack | null): Promise<void> {
    await Promise.resolve();
    if (this.#owner.closed) throw new DOMException('the connection is closed', 'InvalidStateError');
    this.track = track;
  }
  setStreams(...streams: FakeStream[]): void {
    this.streams = streams.map(({ id }) => id);
    this.#owner.changed();
  }
}

export class FakeTransceiver {
  readonly kind: 'audio' | 'video';
  readonly sender: FakeSender;
  readonly receiver: { readonly track: FakeTrack };
  readonly #owner: Owner;
  mid: string | null = null;
  currentDirection: Direction | null = null;
  /** What the far end sends on this line, as last announced by a track event. */
  arriving = false;
  #direction: Direction;

  constructor(owner: Owner, kind: 'audio' | 'video', direction: Direction) {
    this.#owner = owner;
    this.kind = kind;
    this.sender = new FakeSender(owner, kind, () => sends(this.currentDirection));
    this.receiver = { track: new FakeTrack(kind) };
    this.#direction = direction;
  }
  get direction(): Direction {
    return this.#direction;
  }
  set direction(direction: Direction) {
    this.#direction = direction;
    this.#owner.changed();
  }
}
