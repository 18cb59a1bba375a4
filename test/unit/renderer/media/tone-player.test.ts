import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TonePlayer } from '../../../../renderer/media/tone-player';
import { fakeContext } from './fake-audio';

const ringer = { ring: vi.fn(), stop: vi.fn() };
let device: ReturnType<typeof fakeContext>;
let player: TonePlayer;
const heard = () => device.sounds.filter(({ playing }) => playing);

beforeEach(() => {
  vi.clearAllMocks();
  vi.useFakeTimers();
  device = fakeContext();
  player = new TonePlayer({ contextFor: () => device.context }, ringer);
});
afterEach(() => {
  vi.useRealTimers();
});

it('plays one tone until another, and does not begin the same one again', () => {
  player.play('ringback');
  player.play('ringback');
  expect(device.sounds).toHaveLength(1);
  player.play('waiting');
  expect(heard()).toHaveLength(1);
  player.play(null);
  expect(heard()).toEqual([]);
});

it('hands ringing to the ringer, and takes it back', () => {
  player.play('ringtone');
  expect(ringer.ring).toHaveBeenCalledOnce();
  player.play('ended');
  expect(ringer.stop).toHaveBeenCalledOnce();
  expect(heard()).toHaveLength(1);
});

it('plays a tone that does not last again when it is over', () => {
  player.play('busy');
  heard()[0]?.end();
  player.play('busy');
  expect(device.sounds).toHaveLength(2);
});

it('makes a tone once', () => {
  player.play('busy');
  player.play(null);
  player.play('busy');
  player.press('1');
  player.press('1');
  player.press('2');
  const [first, second, one, again, two] = device.sounds.map(({ buffer }) => buffer);
  expect(second).toBe(first);
  expect(again).toBe(one);
  expect(two).not.toBe(one);
});

it('plays keys and signs beside what lasts', () => {
  player.play('held');
  player.press('5');
  player.sign('answered');
  expect(heard()).toHaveLength(3);
});

it('lets the device rest when nothing sounds, and wakes it', () => {
  player.press('1');
  heard()[0]?.end();
  vi.advanceTimersByTime(1000);
  expect(device.context.state).toBe('suspended');
  player.press('2');
  expect(device.context.state).toBe('running');
  vi.advanceTimersByTime(5000);
  expect(device.context.state).toBe('running');
});
