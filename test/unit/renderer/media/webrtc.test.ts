import { once } from 'node:events';
import type { MessagePort } from 'node:worker_threads';

import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { startDigitReader } from '../../../../renderer/media/digit-reader';
import { peerConnections } from '../../../../renderer/media/webrtc';

/** A worker that runs at once, and the far ends of the ways on which it tells digits. */
function fakeChromium() {
  const ports: MessagePort[] = [];
  class Worker {
    set onmessage(ready: () => void) {
      ready();
    }
  }
  function RTCRtpScriptTransform(_worker: unknown, { port }: { port: MessagePort }): void {
    ports.push(port);
  }
  class RTCPeerConnection {
    readonly receiver = { track: { kind: 'audio' }, transform: null };
    ontrack: (event: unknown) => void = () => undefined;
    readonly addTransceiver = () => ({ receiver: this.receiver });
    readonly close = vi.fn();
  }
  vi.stubGlobal('Worker', Worker);
  vi.stubGlobal('RTCRtpScriptTransform', RTCRtpScriptTransform);
  vi.stubGlobal('RTCPeerConnection', RTCPeerConnection);
  return ports;
}

let ports: MessagePort[] = [];
beforeEach(() => {
  ports = fakeChromium();
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const events = () => ({
  candidate: vi.fn(),
  gatheringStateChanged: vi.fn(),
  connectionStateChanged: vi.fn(),
  negotiationNeeded: vi.fn(),
  track: vi.fn(),
  digit: vi.fn(),
});

it('tells the digits of a connection that offers, and of one that is offered something', async () => {
  const told = events();
  const create = peerConnections(startDigitReader());
  create({}, told).addTransceiver('audio');
  const other = create({}, told) as unknown as { ontrack: (event: unknown) => void };
  other.ontrack({ receiver: { track: { kind: 'audio' }, transform: null }, track: {}, streams: [] });
  ports.forEach((port, digit) => {
    port.postMessage(String(digit));
  });
  await vi.waitFor(() => {
    expect(told.digit.mock.calls.flat()).toEqual(['0', '1']);
  });
  ports.forEach((port) => {
    port.close();
  });
});

it('keeps nothing of a connection that was closed', async () => {
  const connection = peerConnections(startDigitReader())({}, events());
  connection.addTransceiver('audio');
  const [port] = ports;
  if (port === undefined) throw new Error('nothing is read');
  const closed = once(port, 'close');
  connection.close();
  await closed;
});
