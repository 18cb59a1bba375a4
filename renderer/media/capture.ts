/** Opens microphones and cameras, and says in our terms why one could not be opened. */
import type { CaptureProblem } from '../call/call-view';
import type { Capture, CaptureDevice, Captured } from '../call/environment';

/** What is used of `navigator.mediaDevices`. */
export interface MediaSource {
  readonly getUserMedia: (constraints: MediaStreamConstraints) => Promise<MediaStream>;
}

const constraints: Readonly<Record<CaptureDevice, MediaStreamConstraints>> = {
  microphone: { audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true } },
  camera: { video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } } },
};

const kindOf: Readonly<Record<CaptureDevice, 'audio' | 'video'>> = { microphone: 'audio', camera: 'video' };

export function makeCapture(source: MediaSource): Capture {
  return {
    newStream: () => new MediaStream(),
    open: async (devices) => {
      const together = await attempt(source, devices);
      if (together.problems.length === 0 || devices.length === 1) return together;
      // One missing camera must not cost the microphone: each by itself tells which one it is.
      const single = await Promise.all(devices.map((device) => attempt(source, [device])));
      return {
        tracks: single.reduce<Captured['tracks']>((all, { tracks }) => ({ ...all, ...tracks }), {}),
        problems: single.flatMap(({ problems }) => problems),
      };
    },
  };
}

async function attempt(source: MediaSource, devices: readonly CaptureDevice[]): Promise<Captured> {
  try {
    const wanted = devices.reduce<MediaStreamConstraints>((all, device) => ({ ...all, ...constraints[device] }), {});
    const found = (await source.getUserMedia(wanted)).getTracks();
    const tracks: Partial<Record<CaptureDevice, MediaStreamTrack>> = {};
    for (const device of devices) {
      const track = found.find(({ kind }) => kind === kindOf[device]);
      if (track !== undefined) tracks[device] = track;
    }
    return { tracks, problems: [] };
  } catch (error) {
    const problem = problemOf(error);
    return { tracks: {}, problems: devices.map((about) => ({ about, problem })) };
  }
}

/** The exceptions of `getUserMedia` (W3C Media Capture and Streams, 10.2). */
function problemOf(error: unknown): CaptureProblem {
  switch (error instanceof Error ? error.name : '') {
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'none';
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'failed';
  }
}
