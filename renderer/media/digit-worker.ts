/**
 * Looks at received sound on its way to the decoder and tells the keypad digits in it. Every frame is passed on as it
 * came, whatever happens here: without that there is no sound. W3C WebRTC Encoded Transform
 */
import { TelephoneEvents } from './telephone-events';

/** As much of the worker's global scope as is used; the page's type library does not know it. */
interface Scope {
  onrtctransform: (event: {
    readonly transformer: {
      readonly options: { readonly port: MessagePort };
      readonly readable: ReadableStream<RTCEncodedAudioFrame>;
      readonly writable: WritableStream<RTCEncodedAudioFrame>;
    };
  }) => void;
  readonly postMessage: (message: 'ready') => void;
}

const scope = globalThis as unknown as Scope;

scope.onrtctransform = ({ transformer: { options, readable, writable } }) => {
  const events = new TelephoneEvents();
  const look = new TransformStream<RTCEncodedAudioFrame, RTCEncodedAudioFrame>({
    transform: (frame, onwards) => {
      const { mimeType, rtpTimestamp } = frame.getMetadata();
      if (mimeType === 'audio/telephone-event' && rtpTimestamp !== undefined) {
        const digit = events.take(rtpTimestamp, new Uint8Array(frame.data));
        if (digit !== null) options.port.postMessage(digit);
      }
      onwards.enqueue(frame);
    },
  });
  // It ends with the connection, and how matters to nobody.
  void readable
    .pipeThrough(look)
    .pipeTo(writable)
    .catch(() => undefined);
};

scope.postMessage('ready');
