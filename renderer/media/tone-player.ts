/** Plays one tone at a time, and presses of keys and short signs beside it. Ringing is the ringer's. */
import type { Outputs } from './outputs';
import { bufferOf, play, type Playing } from './playing';
import type { Ringer } from './ringer';
import { renderDigit, renderTone, repeats, type Tone } from './tones';

export class TonePlayer {
  readonly #outputs: Pick<Outputs, 'contextFor'>;
  readonly #ringer: Pick<Ringer, 'ring' | 'stop'>;
  /** By name: made by arithmetic once, they are there at once, and do not leave as much behind with every call. */
  readonly #buffers = new Map<string, AudioBuffer>();
  #playing: { readonly tone: Tone | 'ringtone'; readonly stop: () => void } | null = null;

  constructor(outputs: Pick<Outputs, 'contextFor'>, ringer: Pick<Ringer, 'ring' | 'stop'>) {
    this.#outputs = outputs;
    this.#ringer = ringer;
  }

  /** Plays `tone` until another, or null for silence; the one that sounds already goes on undisturbed. */
  play(tone: Tone | 'ringtone' | null): void {
    if (tone === (this.#playing?.tone ?? null)) return;
    this.#playing?.stop();
    this.#playing = null;
    if (tone === null) return;
    if (tone === 'ringtone') {
      this.#ringer.ring();
      this.#playing = { tone, stop: () => this.#ringer.stop() };
      return;
    }
    const sound = this.#sound(
      tone,
      (rate) => renderTone(tone, rate),
      repeats(tone),
      () => {
        if (this.#playing?.tone === tone) this.#playing = null;
      },
    );
    this.#playing = { tone, stop: sound.stop };
  }

  /** A key was pressed: heard here only. @param digit 0 to 9, * or #. */
  press(digit: string): void {
    this.#sound(`key ${digit}`, (rate) => renderDigit(digit, rate), false);
  }

  /** A short tone beside whatever lasts. */
  sign(tone: Tone): void {
    this.#sound(tone, (rate) => renderTone(tone, rate), false);
  }

  #sound(
    name: string,
    samplesAt: (sampleRate: number) => Float32Array<ArrayBuffer>,
    loop: boolean,
    ended?: () => void,
  ): Playing {
    const context = this.#outputs.contextFor('speaker');
    const buffer = this.#buffers.get(name) ?? bufferOf(context, samplesAt(context.sampleRate));
    this.#buffers.set(name, buffer);
    return play(context, buffer, ended === undefined ? { loop } : { loop, ended });
  }
}
