/** Whether somebody speaks into a microphone, also into one that is muted. What is heard here goes nowhere else. */

/** dB below full scale. Rooms are quieter after noise suppression, voices are far louder. */
const threshold = -45;
/** ms of sound that are a word, not a cough or a key; and ms of silence after which nobody speaks any more. */
const enough = 300;
const pause = 2000;
/** ms between two looks. */
const interval = 100;

/** Decides by the loudness over time. */
export class SpeechGate {
  #speaking = false;
  /** ms of sound since the last pause. */
  #heard = 0;
  #silent = 0;

  /** @param decibels below full scale, during the last `elapsed` ms. @returns whether somebody speaks. */
  hear(decibels: number, elapsed: number): boolean {
    const loud = decibels > threshold;
    this.#heard = loud ? this.#heard + elapsed : this.#heard;
    this.#silent = loud ? 0 : this.#silent + elapsed;
    if (this.#heard >= enough) this.#speaking = true;
    if (this.#silent >= pause) {
      this.#speaking = false;
      this.#heard = 0;
    }
    return this.#speaking;
  }
}

/** Listens to a microphone whether it is muted or not. @returns ends it. */
export function watchSpeech(microphone: MediaStreamTrack, changed: (speaking: boolean) => void): () => void {
  // Muting silences the one track, not the device behind it.
  const track = microphone.clone();
  track.enabled = true;
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const gate = new SpeechGate();
  let speaking = false;
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const now = gate.hear(loudness(samples), interval);
    if (now !== speaking) changed(now);
    speaking = now;
  }, interval);
  return () => {
    clearInterval(timer);
    track.stop();
    void context.close();
  };
}

/** Root mean square in dB below full scale. */
export function loudness(samples: Float32Array): number {
  const energy = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  return 10 * Math.log10(energy);
}
