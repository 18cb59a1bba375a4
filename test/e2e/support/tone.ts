/** A steady tone as the fake microphone's recording, so that a test can find it again at the far end by its frequency. */
import fs from 'node:fs';

const sampleRate = 48_000;
const headerLength = 44;

/**
 * Writes a WAV file: one second, mono, 16 bit. Chromium repeats it without a gap, which is inaudible for whole hertz.
 * @param hertz whole, below 20 000.
 */
export function writeTone(file: string, hertz: number): void {
  const data = Buffer.alloc(headerLength + sampleRate * 2);
  data.write('RIFF', 0);
  data.writeUInt32LE(data.length - 8, 4);
  data.write('WAVEfmt ', 8);
  data.writeUInt32LE(16, 16); // length of the format
  data.writeUInt16LE(1, 20); // PCM
  data.writeUInt16LE(1, 22); // channels
  data.writeUInt32LE(sampleRate, 24);
  data.writeUInt32LE(sampleRate * 2, 28); // bytes per second
  data.writeUInt16LE(2, 32); // bytes per sample
  data.writeUInt16LE(16, 34); // bits per sample
  data.write('data', 36);
  data.writeUInt32LE(sampleRate * 2, 40);
  for (let i = 0; i < sampleRate; i++) {
    const sample = Math.sin((2 * Math.PI * hertz * i) / sampleRate) * 0.5;
    data.writeInt16LE(Math.round(sample * 0x7fff), headerLength + i * 2);
  }
  fs.writeFileSync(file, data);
}
