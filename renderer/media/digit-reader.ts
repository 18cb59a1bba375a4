/**
 * Reads keypad digits from the sound that connections receive. A transform whose worker does not run swallows all sound,
 * and Chromium cannot take it back: so a receiver gets one only from a worker that runs, and otherwise none. DT-01, DT-02
 */
export interface DigitReader {
  /** Digits are told from now on. False for a moment at the start, and for ever where Chromium lacks what it takes. */
  readonly isReady: () => boolean;
  /**
   * To be called when the receiver is made, or with its `track` event where the far end's offer made it: later, Chromium
   * lets the sound pass by. Again does no harm.
   * @returns what ends it, for when the connection is closed: until then Chromium keeps the way from the worker, and with
   * it all that `onDigit` holds on to.
   */
  readonly read: (receiver: RTCRtpReceiver, onDigit: (digit: string) => void) => () => void;
}

const nothing = (): void => undefined;

export function startDigitReader(): DigitReader {
  if (typeof RTCRtpScriptTransform === 'undefined') return { isReady: () => false, read: () => nothing };
  const worker = new Worker(new URL('./digit-worker.ts', import.meta.url), { type: 'module', name: 'digits' });
  let ready = false;
  worker.onmessage = () => {
    ready = true;
  };
  return {
    isReady: () => ready,
    read: (receiver, onDigit) => {
      if (!ready || receiver.track.kind !== 'audio' || receiver.transform !== null) return nothing;
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }: MessageEvent<string>) => onDigit(data);
      receiver.transform = new RTCRtpScriptTransform(worker, { port: port2 }, [port2]);
      return () => port1.close();
    },
  };
}
