/** Two instances call each other: a tone each, found at the far end by its frequency. */
import type { LaunchedCarillon } from '../support/launch.ts';
import { expect, test } from './fixture.ts';

interface Party {
  readonly connection: RTCPeerConnection;
  readonly analyser: AnalyserNode;
}
declare global {
  interface Window {
    party: Party;
  }
}

test('two instances hear each other', async ({ start }) => {
  const [alice, bob] = await Promise.all([start({ tone: 440 }), start({ tone: 1000 })]);
  await Promise.all([prepare(alice), prepare(bob)]);
  const offer = await describeLocally(alice);
  await accept(bob, offer);
  await accept(alice, await describeLocally(bob));
  await expect.poll(() => loudestFrequency(alice)).toBeCloseTo(1000, -1.5);
  await expect.poll(() => loudestFrequency(bob)).toBeCloseTo(440, -1.5);
});

test('devices that are missing', async ({ start }) => {
  const kinds = ({ page }: LaunchedCarillon): Promise<string[]> =>
    page.evaluate(async () => {
      const devices = await navigator.mediaDevices.enumerateDevices();
      return [...new Set(devices.map(({ kind }) => kind))].sort();
    });
  expect(await kinds(await start())).toEqual(['audioinput', 'audiooutput', 'videoinput']);
  expect(await kinds(await start({ noCamera: true }))).toEqual(['audioinput', 'audiooutput']);
  expect(await kinds(await start({ noMicrophone: true }))).not.toContain('audioinput');
});

function prepare({ page }: LaunchedCarillon): Promise<void> {
  return page.evaluate(async () => {
    const connection = new RTCPeerConnection();
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 8192 });
    connection.ontrack = ({ streams: [stream] }) => {
      if (!stream) return;
      const player = new Audio(); // without it Chromium pulls no sound from a remote track
      player.srcObject = stream;
      void player.play();
      context.createMediaStreamSource(stream).connect(analyser);
    };
    const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    const stream = await navigator.mediaDevices.getUserMedia({ audio: plain });
    for (const track of stream.getTracks()) connection.addTrack(track, stream);
    window.party = { connection, analyser };
  });
}

function describeLocally({ page }: LaunchedCarillon): Promise<RTCSessionDescriptionInit> {
  return page.evaluate(async () => {
    const { connection } = window.party;
    await connection.setLocalDescription();
    while (connection.iceGatheringState !== 'complete') {
      await new Promise((resolve) => {
        connection.addEventListener('icegatheringstatechange', resolve, { once: true });
      });
    }
    const { type, sdp } = connection.localDescription ?? { type: 'offer' as const, sdp: '' };
    return { type, sdp };
  });
}

function accept({ page }: LaunchedCarillon, description: RTCSessionDescriptionInit): Promise<void> {
  return page.evaluate((remote) => window.party.connection.setRemoteDescription(remote), description);
}

function loudestFrequency({ page }: LaunchedCarillon): Promise<number> {
  return page.evaluate(() => {
    const { analyser } = window.party;
    const levels = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(levels);
    const hertzPerBin = analyser.context.sampleRate / analyser.fftSize;
    return levels.indexOf(Math.max(...levels)) * hertzPerBin;
  });
}
