import { describe, expect, it, vi } from 'vitest';
import { defaultSettings } from '../../../../preload/contract/default-settings';
import type { Device } from '../../../../preload/contract/device-choice';
import { makeCapture } from '../../../../renderer/media/capture';
import type { Devices } from '../../../../renderer/media/devices';

const head: Device = { id: 'head', label: 'Headset' };
const desk: Device = { id: 'desk', label: 'Desk' };

type Failing = Record<string, string>;

/** Devices that fail with the named exception, by kind or by id; those that are not named open. */
function opening(failing: Failing = {}, candidates: readonly (Device | null)[] = [null]) {
  const asked: MediaStreamConstraints[] = [];
  const listeners = new Set<(why: 'plugged' | 'chosen') => void>();
  const there = { candidates };
  const devices: Pick<Devices, 'candidates' | 'identityOf' | 'watch'> = {
    candidates: (role) => (role === 'microphone' ? there.candidates : [null]),
    identityOf: (_role, device) => device?.id ?? 'system',
    watch: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const source = {
    getUserMedia: (constraints: MediaStreamConstraints): Promise<MediaStream> => {
      asked.push(constraints);
      const kinds = (['audio', 'video'] as const).filter((kind) => constraints[kind] !== undefined);
      const name = kinds.map((kind) => failing[idOf(constraints)] ?? failing[kind]).find((one) => one !== undefined);
      if (name !== undefined) return Promise.reject(new DOMException('', name));
      return Promise.resolve({ getTracks: () => kinds.map((kind) => ({ kind })) } as unknown as MediaStream);
    },
  };
  const capture = makeCapture({ source, devices, processing: defaultSettings.sound });
  /** The person's order is another from now on, or something was plugged in. */
  const change = (...next: readonly (Device | null)[]): void => {
    there.candidates = next;
    for (const listener of listeners) listener('plugged');
  };
  return { capture, asked, change, failing };
}

const idOf = ({ audio }: MediaStreamConstraints): string => {
  const id = typeof audio === 'object' ? audio.deviceId : undefined;
  return typeof id === 'object' && 'exact' in id ? String(id.exact) : 'system';
};

describe('capture', () => {
  it('opens microphone and camera with one request, which asks for permission once', async () => {
    const { capture, asked } = opening();
    const { tracks, problems } = await capture.open(['microphone', 'camera']);
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
    const { tracks, problems } = await opening({ audio: exception }).capture.open(['microphone']);
    expect([tracks, problems]).toEqual([{}, [{ about: 'microphone', problem }]]);
  });

  it('AN-24: a camera that is missing does not cost the microphone (W23)', async () => {
    const { capture } = opening({ video: 'NotFoundError' });
    const { tracks, problems } = await capture.open(['microphone', 'camera']);
    expect([tracks.microphone?.kind, problems]).toEqual(['audio', [{ about: 'camera', problem: 'none' }]]);
  });

  it('W23: one refusal does not spoil the next attempt', async () => {
    const { capture, failing } = opening({ audio: 'NotReadableError' });
    await capture.open(['microphone']);
    delete failing.audio;
    expect((await capture.open(['microphone'])).problems).toEqual([]);
  });
});

describe('the person’s order', () => {
  it('is gone down until one opens', async () => {
    const { capture, asked } = opening({ head: 'NotReadableError' }, [head, desk, null]);
    expect((await capture.open(['microphone'])).problems).toEqual([]);
    expect(asked.map(idOf)).toEqual(['head', 'desk']);
  });

  it('of which nothing opens is told with what helps most', async () => {
    const { capture } = opening({ head: 'NotReadableError', audio: 'NotFoundError' }, [head, null]);
    expect((await capture.open(['microphone'])).problems).toEqual([{ about: 'microphone', problem: 'busy' }]);
  });

  it('is not tried further where permission is missing', async () => {
    const { capture, asked } = opening({ audio: 'NotAllowedError' }, [head, desk, null]);
    expect((await capture.open(['microphone'])).problems).toEqual([{ about: 'microphone', problem: 'denied' }]);
    expect(asked).toHaveLength(1);
  });
});

describe('what is open', () => {
  async function opened(...candidates: readonly (Device | null)[]) {
    const all = opening({}, candidates);
    const { microphone } = (await all.capture.open(['microphone'])).tracks;
    if (microphone === undefined) throw new Error('no microphone');
    const listener = vi.fn();
    all.capture.watch(listener);
    return { ...all, listener, isOutdated: () => all.capture.isOutdated('microphone', microphone) };
  }

  it('is outdated when a better one is plugged in, and fine again without it', async () => {
    const { isOutdated, change, listener } = await opened(desk, null);
    expect(isOutdated()).toBe(false);
    change(head, desk, null);
    expect([isOutdated(), listener.mock.calls.length]).toEqual([true, 1]);
    change(desk, null);
    expect(isOutdated()).toBe(false);
  });

  it('is outdated when the sound is to be processed otherwise, which is asked for then', async () => {
    const { capture, isOutdated, listener, asked } = await opened(null);
    capture.process({ ...defaultSettings.sound });
    expect([isOutdated(), listener.mock.calls.length]).toEqual([false, 0]);
    capture.process({ ...defaultSettings.sound, noiseSuppression: false });
    expect([isOutdated(), listener.mock.calls.length]).toEqual([true, 1]);
    await capture.open(['microphone']);
    expect(asked.at(-1)?.audio).toEqual({ echoCancellation: true, noiseSuppression: false, autoGainControl: true });
  });

  it('in the place of one that did not open is outdated until that works', async () => {
    const all = opening({ head: 'NotReadableError' }, [head, desk, null]);
    const { microphone } = (await all.capture.open(['microphone'])).tracks;
    expect(microphone !== undefined && all.capture.isOutdated('microphone', microphone)).toBe(true);
  });
});
