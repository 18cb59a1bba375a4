/** How loud a microphone is, for a meter. */
import { loudness } from './speech';

/** dB below full scale at which a meter begins: what is quieter is a quiet room. */
const floor = -60;
/** ms between two looks. */
const interval = 60;

/** @returns 0 for silence to 1 for full scale. */
export const levelOf = (decibels: number): number => Math.min(1, Math.max(0, 1 - decibels / floor));

/** @param told the level, many times a second. @returns ends it. */
export function watchLevel(stream: MediaStream, told: (level: number) => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    told(levelOf(loudness(samples)));
  }, interval);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}
