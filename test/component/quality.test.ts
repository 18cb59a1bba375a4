import axe from 'axe-core';
import { describe, expect, it, vi } from 'vitest';
import type { Sample } from '../../renderer/call/quality';
import { callWith, person } from './support/fixtures';
import { click, openApp, press, settle } from './support/open-app';
import { byRole, queryByRole, textOf } from './support/roles';

const region = () => byRole('region', 'Call with Ben');

interface Course {
  /** Of 100 packets from the far end between two looks. */
  readonly lostIn?: number;
  /** Null: the far end has not said. */
  readonly lostOut?: number | null;
  readonly roundTrip?: number;
}

/** A look every two seconds at a call that goes like this. */
function looks({ lostIn = 0, lostOut = 0, roundTrip = 60 }: Course): () => Promise<Sample> {
  let count = 0;
  return () => {
    count += 1;
    return Promise.resolve({
      at: count * 2000,
      bytesIn: count * 10_000,
      bytesOut: count * 8000,
      packetsIn: count * (100 - lostIn),
      lostIn: count * lostIn,
      samples: count * 96_000,
      concealed: count * lostIn * 960,
      bufferDelay: count * 4000,
      buffered: count * 100,
      jitter: 3,
      roundTrip,
      lostOut,
      audioCodec: 'opus',
      videoCodec: null,
      encryption: 'DTLS 1.3, SRTP AES_CM_128_HMAC_SHA1_80',
      route: { relayed: true, own: 'relay', theirs: 'srflx', protocol: 'udp' },
    });
  };
}

async function inCall(course: Course) {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const app = await openApp({ people: [person('ben')] });
    app.engine.controls.sample.mockImplementation(looks(course));
    app.engine.show(callWith('ben', { connectedAt: 1 }));
    await settle();
    for (let look = 0; look < 4; look++) {
      vi.advanceTimersByTime(2000);
      await settle();
    }
    return app;
  } finally {
    vi.useRealTimers();
  }
}

describe('the quality sign', () => {
  it.each([
    [{}, null],
    [{ lostIn: 12 }, 'Ben’s connection is weak'],
    [{ lostIn: 12, lostOut: null }, 'The connection is weak'],
    [{ lostOut: 0.2 }, 'Your connection is weak'],
    [{ lostIn: 12, lostOut: 0.2 }, 'The connection is weak in both directions'],
    [{ roundTrip: 900 }, 'The connection is slow: you hear each other late'],
  ])('of %j', async (course, words) => {
    await inCall(course);
    if (words === null) expect(textOf(region())).not.toMatch(/weak|slow/);
    else expect(textOf(region())).toContain(words);
  });

  it('is not shown on hold, where nothing is heard on purpose', async () => {
    const { engine } = await inCall({ lostIn: 12 });
    engine.show(callWith('ben', { connectedAt: 1, heldByUs: true }));
    await settle();
    expect(textOf(region())).not.toContain('weak');
  });
});

describe('the details', () => {
  async function open() {
    const app = await inCall({ lostIn: 2 });
    await press('More');
    await click(byRole('button', 'Call details'));
    return { ...app, dialog: byRole('dialog', 'Details of the call with Ben') };
  }

  it('are figures with their units, the path, codec and encryption', async () => {
    const { dialog } = await open();
    const text = textOf(dialog);
    for (const part of [
      '60 ms',
      '3 ms',
      '2%',
      '40 kb/s',
      'opus',
      'of 4.5',
      'Through a relay, UDP (relay to srflx)',
      'DTLS 1.3',
    ]) {
      expect(text).toContain(part);
    }
    expect((await axe.run(dialog)).violations).toEqual([]);
  });

  it('can be copied, without an address', async () => {
    const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    const { dialog } = await open();
    await click(byRole('button', 'Copy', dialog));
    const [copied = ''] = writeText.mock.lastCall ?? [];
    expect(copied).toContain('There and back: 60 ms');
    expect(copied).not.toMatch(/\d+\.\d+\.\d+\.\d+|example\.org/);
    expect(textOf(dialog)).toContain('Copied');
  });

  it('close', async () => {
    const { dialog } = await open();
    await click(byRole('button', 'Close', dialog));
    expect(queryByRole('dialog', 'Details of the call with Ben')).toBeNull();
  });
});
