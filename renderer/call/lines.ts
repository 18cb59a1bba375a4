/**
 * The lines of one connection, its transceivers: which of them carries our microphone, our camera and our screen, and which
 * way media goes on each. A change asks for a negotiation by itself. RFC 8829, section 3.4.1
 */
import type { CallKind } from './call-view';
import type { CaptureDevice, PeerConnection } from './environment';
import { Directions } from './hold';
import { mediaKind, type LocalMedia } from './local-media';
import { mediaSections, type MediaSection } from './sdp';

export class Lines {
  readonly #pc: PeerConnection;
  readonly #media: LocalMedia;
  readonly #directions = new Directions();
  /** They are kept for the next time. IC-19 */
  readonly #screenLines = new Map<'audio' | 'video', RTCRtpTransceiver>();

  constructor(pc: PeerConnection, media: LocalMedia) {
    this.#pc = pc;
    this.#media = media;
  }

  get carriesCamera(): boolean {
    return this.#media.sender('camera') !== undefined;
  }

  /** A sending line for a device, made before the device is open. */
  async carry(device: CaptureDevice): Promise<void> {
    const transceiver = this.#pc.addTransceiver(mediaKind(device), {
      direction: 'sendrecv',
      streams: [this.#media.stream],
    });
    if (this.#directions.held) this.#directions.hold([transceiver]);
    await this.#media.bind(device, transceiver.sender);
  }

  /** Takes up the sections in which the far end would receive, as far as an answer of this kind sends media. */
  async carryOffered(kind: CallKind): Promise<void> {
    const sections = mediaSections(this.#pc.remoteDescription?.sdp ?? '');
    const isOpen = (mid: string | null, index: number): boolean =>
      // Old clients name no sections; theirs are in the order of the first offer.
      sections.some(
        (section, line) => wantsMedia(section) && (section.mid === null ? line === index : section.mid === mid),
      );
    const devices: readonly CaptureDevice[] = kind === 'video' ? ['microphone', 'camera'] : ['microphone'];
    for (const device of devices) {
      if (this.#media.sender(device) !== undefined) continue;
      const transceiver = this.#pc
        .getTransceivers()
        .find(
          ({ receiver, direction, mid }, index) =>
            receiver.track.kind === mediaKind(device) && direction === 'recvonly' && isOpen(mid, index),
        );
      if (transceiver === undefined) continue;
      transceiver.sender.setStreams(this.#media.stream);
      this.#directions.want(transceiver, 'sendrecv');
      await this.#media.bind(device, transceiver.sender);
    }
  }

  /** Sends what the screen's stream holds, or nothing any more. NG-12, SM-13 */
  async carryScreen(screen: MediaStream): Promise<void> {
    for (const kind of ['video', 'audio'] as const) {
      const track = screen.getTracks().find((candidate) => candidate.kind === kind) ?? null;
      const line = this.#screenLines.get(kind) ?? (track === null ? undefined : this.#addScreenLine(kind, screen));
      if (line === undefined) continue;
      await line.sender.replaceTrack(track);
      this.#directions.want(line, track === null ? 'inactive' : 'sendonly');
    }
  }

  /** Nothing is received any more, or again what was before. NG-09, NG-10 */
  setHeld(held: boolean): void {
    if (held) this.#directions.hold(this.#pc.getTransceivers());
    else this.#directions.resume();
  }

  /** What the far end has added while held is held as well. */
  holdAdded(): void {
    if (this.#directions.held) this.setHeld(true);
  }

  #addScreenLine(kind: 'audio' | 'video', screen: MediaStream): RTCRtpTransceiver {
    const line = this.#pc.addTransceiver(kind, { direction: 'sendonly', streams: [screen] });
    this.#screenLines.set(kind, line);
    return line;
  }
}

const wantsMedia = ({ direction, rejected }: MediaSection): boolean =>
  !rejected && (direction === 'sendrecv' || direction === 'recvonly');
