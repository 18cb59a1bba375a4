/** Our screen, while it is shared: a second stream beside the person. SM-01, SM-06, SM-13 */
import type { StreamDescription } from './stream-metadata';

export class LocalScreen {
  #stream: MediaStream | null = null;
  #held = false;

  get stream(): MediaStream | null {
    return this.#stream;
  }

  /** How the stream is described to the far end. */
  get description(): StreamDescription {
    return {
      purpose: 'm.screenshare',
      audioMuted: this.#held || this.#stream?.getAudioTracks().length === 0,
      videoMuted: this.#held,
    };
  }

  /** Takes the picture over; from now on it is ours to stop. @param ended told when the system stopped it. */
  start(stream: MediaStream, ended: () => void): void {
    this.stop();
    this.#stream = stream;
    this.#enable();
    for (const track of stream.getVideoTracks()) {
      track.addEventListener('ended', () => {
        if (this.#stream === stream) ended();
      });
    }
  }

  setHeld(held: boolean): void {
    this.#held = held;
    this.#enable();
  }

  stop(): void {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
  }

  #enable(): void {
    for (const track of this.#stream?.getTracks() ?? []) track.enabled = !this.#held;
  }
}
