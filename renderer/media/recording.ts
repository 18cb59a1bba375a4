/** A short recording that stays in memory, to hear oneself as others do. */

export interface Recording {
  /** Resolves when it is over; null where nothing could be recorded. */
  readonly done: Promise<Blob | null>;
  /** Ends it early. */
  readonly stop: () => void;
}

/** ms; of less there is nothing that could be played. */
const SHORTEST = 500;

/** @param length ms */
export function record(stream: MediaStream, length: number): Recording {
  const recorder = new MediaRecorder(stream);
  const parts: Blob[] = [];
  const { promise: done, resolve } = Promise.withResolvers<Blob | null>();
  recorder.ondataavailable = ({ data }) => parts.push(data);
  recorder.onstop = () => resolve(parts.length === 0 ? null : new Blob(parts, { type: recorder.mimeType }));
  recorder.onerror = () => resolve(null);
  recorder.start();
  const startedAt = performance.now();
  const end = (): void => {
    if (recorder.state !== 'inactive') recorder.stop();
  };
  let timer = setTimeout(end, length);
  const stop = (): void => {
    clearTimeout(timer);
    timer = setTimeout(end, Math.max(0, SHORTEST - (performance.now() - startedAt)));
  };
  return { done, stop };
}
