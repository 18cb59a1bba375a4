/** Our screen, while it is shared: a second stream beside the person. SM-01, SM-06, SM-13 */
import type { Capture } from './environment';
import type { StreamDescription } from './stream-metadata';

export class LocalScreen {
  /**
   * One for the whole call, whatever is shared when: Chromium forgets a new stream id of a line that was negotiated
   * before, and the far end would look for a stream that never comes.
   */
  readonly stream: MediaStream;
  #held = false;
  #shared = false;

  constructor(capture: Pick<Capture, 'newStream'>) {
    this.stream = capture.newStream();
  }

  get isShared(): boolean {
    return this.#shared;
  }

  /** How the stream is described to the far end. */
  get description(): StreamDescription {
    return {
      purpose: 'm.screenshare',
      audioMuted: this.#held || this.stream.getAudioTracks().length === 0,
      videoMuted: this.#held,
    };
  }

  /** Takes the tracks over; from now on they are ours to stop. @param ended told when the system stopped the picture. */
  start(picked: MediaStream, ended: () => void): void {
    this.stop();
    this.#shared = true;
    for (const track of picked.getTracks()) {
      this.stream.addTrack(track);
      if (track.kind !== 'video') continue;
      track.addEventListener('ended', () => {
        if (this.stream.getTracks().includes(track)) ended();
      });
    }
    this.#enable();
  }

  setHeld(held: boolean): void {
    this.#held = held;
    this.#enable();
  }

  stop(): void {
    this.#shared = false;
    for (const track of this.stream.getTracks()) {
      track.stop();
      this.stream.removeTrack(track);
    }
  }

  #enable(): void {
    for (const track of this.stream.getTracks()) track.enabled = !this.#held;
  }
}
