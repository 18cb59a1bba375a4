import { expect, it, vi } from 'vitest';

import { bufferOf, play } from '../../../../renderer/media/playing';
import { fakeContext } from './fake-audio';

function start() {
  const { context, sounds } = fakeContext();
  const ended = vi.fn();
  const playing = play(context, bufferOf(context, new Float32Array(8000)), { loop: false, ended });
  const [sound] = sounds;
  if (sound === undefined) throw new Error('nothing sounds');
  return { playing, sound, ended };
}

it('lets go of the samples when it has ended by itself, and says so', () => {
  const { sound, ended } = start();
  expect(sound.kept).toBe(true);
  sound.end();
  expect(sound.kept).toBe(false);
  expect(ended).toHaveBeenCalledOnce();
});

it('lets go of the samples when it is stopped, and has then not ended by itself', () => {
  const { playing, sound, ended } = start();
  playing.stop();
  playing.stop();
  expect(sound).toMatchObject({ playing: false, kept: false });
  expect(ended).not.toHaveBeenCalled();
});
