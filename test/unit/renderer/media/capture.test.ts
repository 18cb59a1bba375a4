import { describe, expect, it } from 'vitest';
import { makeCapture } from '../../../../renderer/media/capture';

const track = (kind: string): MediaStreamTrack => ({ kind }) as MediaStreamTrack;

/** Devices that fail with the named exception; those that are not named open. */
function devices(failing: { audio?: string; video?: string }, asked: MediaStreamConstraints[] = []) {
  return {
    getUserMedia: (constraints: MediaStreamConstraints): Promise<MediaStream> => {
      asked.push(constraints);
      const kinds = (['audio', 'video'] as const).filter((kind) => constraints[kind] !== undefined);
      const name = kinds.map((kind) => failing[kind]).find((failure) => failure !== undefined);
      if (name !== undefined) return Promise.reject(new DOMException('', name));
      return Promise.resolve({ getTracks: () => kinds.map(track) } as unknown as MediaStream);
    },
  };
}

describe('capture', () => {
  it('opens microphone and camera with one request, which asks for permission once', async () => {
    const asked: MediaStreamConstraints[] = [];
    const { tracks, problems } = await makeCapture(devices({}, asked)).open(['microphone', 'camera']);
    expect([tracks.microphone?.kind, tracks.camera?.kind, problems, asked.length]).toEqual(['audio', 'video', [], 1]);
  });

  it.each([
    ['NotFoundError', 'none'],
    ['OverconstrainedError', 'none'],
    ['NotAllowedError', 'denied'],
    ['NotReadableError', 'busy'],
    ['AbortError', 'busy'],
    ['TypeError', 'failed'],
  ])('says of %s that the microphone is: %s', async (exception, problem) => {
    const { tracks, problems } = await makeCapture(devices({ audio: exception })).open(['microphone']);
    expect([tracks, problems]).toEqual([{}, [{ about: 'microphone', problem }]]);
  });

  it('AN-24: a camera that is missing does not cost the microphone (W23)', async () => {
    const capture = makeCapture(devices({ video: 'NotFoundError' }));
    const { tracks, problems } = await capture.open(['microphone', 'camera']);
    expect([tracks.microphone?.kind, problems]).toEqual(['audio', [{ about: 'camera', problem: 'none' }]]);
  });

  it('W23: one refusal does not spoil the next attempt', async () => {
    const failing: { audio?: string } = { audio: 'NotReadableError' };
    const capture = makeCapture(devices(failing));
    await capture.open(['microphone']);
    delete failing.audio;
    expect((await capture.open(['microphone'])).problems).toEqual([]);
  });
});
