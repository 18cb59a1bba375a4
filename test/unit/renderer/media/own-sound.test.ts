import { describe, expect, it, vi } from 'vitest';
import { decodeSound, makeOwnSound } from '../../../../renderer/media/own-sound';
import { fakeContext } from './fake-audio';

/** Decodes what begins with "sound" to as many seconds as follow. */
function decoding() {
  const { context } = fakeContext();
  const decodeAudioData = (bytes: ArrayBuffer): Promise<AudioBuffer> => {
    const [, seconds] = /^sound (\d+)$/.exec(new TextDecoder().decode(bytes)) ?? [];
    if (seconds === undefined) return Promise.reject(new DOMException('Unable to decode audio data', 'EncodingError'));
    return Promise.resolve(context.createBuffer(2, Number(seconds) * 8000, 8000));
  };
  return Object.assign(context, { decodeAudioData }) as unknown as BaseAudioContext;
}

describe('a sound file', () => {
  it.each([
    ['a short sound', btoa('sound 3'), 3],
    ['a whole song, of which a minute is kept', btoa('sound 200'), 60],
    ['something else', btoa('<html>'), null],
    ['no sound at all', btoa('sound 0'), null],
    ['nothing', '', null],
  ])('%s', async (_what, base64, seconds) => {
    expect((await decodeSound(base64, decoding()))?.duration ?? null).toBe(seconds);
  });
});

describe("the person's own sound", () => {
  const [one, other] = [{ duration: 1 }, { duration: 2 }] as unknown as AudioBuffer[];
  const decode = (base64: string) =>
    Promise.resolve((base64 === 'one' ? one : base64 === 'other' ? other : null) ?? null);

  it('is decoded once', async () => {
    const load = vi.fn(() => Promise.resolve('one'));
    const own = makeOwnSound({ load, decode });
    expect([await own.get(), await own.get()]).toEqual([one, one]);
    expect(load).toHaveBeenCalledOnce();
  });

  it('is replaced by what can be played, and by nothing else', async () => {
    const own = makeOwnSound({ load: () => Promise.resolve('one'), decode });
    expect(await own.take('broken')).toBe(false);
    expect(await own.get()).toBe(one);
    expect(await own.take('other')).toBe(true);
    expect(await own.get()).toBe(other);
  });

  it.each([
    ['there is none', () => Promise.resolve(null)],
    ['main does not answer', () => Promise.reject(new Error('gone'))],
  ])('is missing when %s', async (_why, load) => {
    expect(await makeOwnSound({ load, decode }).get()).toBeNull();
  });
});
