/** Captures what was chosen to be shared, and says in our terms why that could not be. */

/** `cancelled`: by the person, or by the desktop, which does not say which. */
export type ScreenCaptureProblem = 'cancelled' | 'gone' | 'failed';

export type ScreenCapture =
  { readonly ok: true; readonly stream: MediaStream } | { readonly ok: false; readonly problem: ScreenCaptureProblem };

/** What is used of `navigator.mediaDevices`. */
export interface ScreenSource {
  readonly getDisplayMedia: (options: DisplayMediaStreamOptions) => Promise<MediaStream>;
}

/** As it is: what would help a voice spoils music. Without our own sound, or the far end would hear itself. */
const asItIs = {
  echoCancellation: false,
  noiseSuppression: false,
  autoGainControl: false,
  restrictOwnAudio: true,
};

/** To be called within the few seconds after a click; otherwise Chromium refuses. */
export async function captureScreen(source: ScreenSource, systemAudio: boolean): Promise<ScreenCapture> {
  try {
    const stream = await source.getDisplayMedia({
      video: { frameRate: { ideal: 15, max: 30 } },
      audio: systemAudio ? asItIs : false,
    });
    // Sharp letters matter more than smooth movement.
    for (const track of stream.getVideoTracks()) track.contentHint = 'detail';
    return { ok: true, stream };
  } catch (error) {
    return { ok: false, problem: problemOf(error) };
  }
}

/** The exceptions of `getDisplayMedia` (W3C Screen Capture, 5.1). */
function problemOf(error: unknown): ScreenCaptureProblem {
  switch (error instanceof Error ? error.name : '') {
    case 'NotAllowedError':
      return 'cancelled';
    case 'NotFoundError':
    case 'NotReadableError':
    case 'AbortError':
      return 'gone';
    default:
      return 'failed';
  }
}
