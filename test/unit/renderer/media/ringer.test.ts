import { beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultSettings } from '../../../../preload/contract/default-settings';
import type { Ringing } from '../../../../preload/contract/ringing-settings';
import { makeRinger, type Ringer } from '../../../../renderer/media/ringer';
import { turnedClock } from '../../main/turned-clock';
import { fakeContext } from './fake-audio';

let clock: ReturnType<typeof turnedClock>;
let ringerDevice: ReturnType<typeof fakeContext>;
let speaker: ReturnType<typeof fakeContext>;
let settings: Ringing;
let own: AudioBuffer | null;
let speakerIsOther: boolean;
let ringer: Ringer;
const settled = () => new Promise(setImmediate);
const heard = (device: ReturnType<typeof fakeContext>) => device.sounds.filter(({ playing }) => playing);

beforeEach(() => {
  clock = turnedClock();
  [ringerDevice, speaker] = [fakeContext(), fakeContext()];
  settings = { ...defaultSettings.ringing, volume: 1 };
  own = null;
  speakerIsOther = true;
  ringer = makeRinger({
    outputs: { contextFor: (role) => (role === 'ringer' ? ringerDevice : speaker).context },
    settings: () => settings,
    ownSound: () => Promise.resolve(own),
    speakerIsOther: () => speakerIsOther,
    after: clock.after,
  });
});

describe('ringing', () => {
  it('begins softly on the ringer and grows', async () => {
    ringer.ring();
    await settled();
    const [sound] = heard(ringerDevice);
    expect(sound?.loop).toBe(true);
    expect(sound?.volume).toEqual([0.12, { to: 1, at: 12 }]);
    expect(heard(speaker)).toEqual([]);
  });

  it('makes a ringtone once, until another one is chosen', async () => {
    const tones = ['carillon', 'carillon', 'bell'] as const;
    for (const tone of tones) {
      settings = { ...settings, tone };
      ringer.ring();
      await settled();
      ringer.stop();
    }
    const [first, second, other] = ringerDevice.sounds.map(({ buffer }) => buffer);
    expect(second).toBe(first);
    expect(other).not.toBe(first);
  });

  it('is as loud as the person set it, at once if they want', async () => {
    settings = { ...settings, rises: false, volume: 0.5 };
    ringer.ring();
    await settled();
    expect(heard(ringerDevice)[0]?.volume).toEqual([0.25]);
  });

  it('goes over to the speaker as well after eight seconds, as loud as it is by then', async () => {
    ringer.ring();
    clock.turn(7999);
    await settled();
    expect(heard(speaker)).toEqual([]);
    clock.turn(1);
    await settled();
    expect(heard(ringerDevice)).toHaveLength(1);
    const [from, ramp] = heard(speaker)[0]?.volume ?? [];
    expect(from).toBeCloseTo(0.707, 2);
    expect(ramp).toEqual({ to: 1, at: 4 });
  });

  it.each([
    ['it is the same device', () => (speakerIsOther = false)],
    ['the person does not want it', () => (settings = { ...settings, alsoSpeaker: false })],
  ])('stays on the ringer when %s', async (_why, change) => {
    change();
    ringer.ring();
    clock.turn(20_000);
    await settled();
    expect(heard(speaker)).toEqual([]);
  });

  it('stops everywhere at once, and what was not yet heard is not heard any more', async () => {
    ringer.ring();
    clock.turn(8000);
    await settled();
    ringer.stop();
    expect([...heard(ringerDevice), ...heard(speaker)]).toEqual([]);
    ringer.ring();
    ringer.stop();
    clock.turn(20_000);
    await settled();
    expect([...heard(ringerDevice), ...heard(speaker)]).toEqual([]);
  });

  it("takes the person's own sound, and one of ours where that cannot be played", async () => {
    settings = { ...settings, tone: 'own' };
    own = { length: 1 } as AudioBuffer;
    ringer.ring();
    await settled();
    expect(heard(ringerDevice)[0]?.buffer).toBe(own);
    own = null;
    ringer.ring();
    await settled();
    expect(heard(ringerDevice)).toHaveLength(1);
    expect(heard(ringerDevice)[0]?.buffer).not.toBeNull();
  });
});

describe('a preview', () => {
  it('is heard once, at full volume, and says when it is over', async () => {
    const done = vi.fn();
    ringer.preview('glass', done);
    await settled();
    expect(heard(ringerDevice)[0]?.volume).toEqual([1]);
    clock.turn(4400);
    expect(heard(ringerDevice)).toEqual([]);
    expect(done).toHaveBeenCalledOnce();
  });

  it('gives way to another, and to a call', async () => {
    const [first, second] = [vi.fn(), vi.fn()];
    ringer.preview('glass', first);
    ringer.preview('bell', second);
    expect(first).toHaveBeenCalledOnce();
    ringer.ring();
    await settled();
    expect(second).toHaveBeenCalledOnce();
    expect(heard(ringerDevice)).toHaveLength(1);
  });
});
