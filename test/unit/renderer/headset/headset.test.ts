/** One headset and its buttons. The bytes are those of the descriptors, worked out by hand. */
import { describe, expect, it } from 'vitest';
import type { HeadsetCommand } from '../../../../renderer/headset/buttons';
import { Headset } from '../../../../renderer/headset/headset';
import { allOff } from '../../../../renderer/headset/lamps';
import { readLayout } from '../../../../renderer/headset/layout';
import { FakeClock } from '../../../scenario/support/fake-clock';
import { jabra, keys, phone, poly, switched } from './descriptors';
import { FakeHeadset, turns } from './fake-headset';

async function open(descriptor: readonly number[]) {
  const device = new FakeHeadset(descriptor);
  const clock = new FakeClock();
  const commands: HeadsetCommand[] = [];
  const log: string[] = [];
  const headset = new Headset(device, readLayout(device.collections), {
    clock,
    command: (command) => commands.push(command),
    log: (line) => log.push(line),
  });
  await headset.open();
  return {
    device,
    clock,
    log,
    headset,
    /** What was wanted since last asked. */
    taken: () => commands.splice(0),
    show: async (on: Partial<typeof allOff>) => {
      headset.show({ ...allOff, ...on });
      await turns();
    },
  };
}

const ringing = { ring: true };
const talking = { offHook: true };
const muted = { offHook: true, mute: true };

describe('a hook that says how it stands', () => {
  it('answers what rings, and hangs up what runs', async () => {
    const { device, clock, taken, show } = await open(jabra);
    await show(ringing);
    device.send(2, 0x01, 0);
    expect(taken()).toEqual(['offHook']);
    await show(talking);
    await clock.advance(5000);
    device.send(2, 0x00, 0);
    expect(taken()).toEqual(['onHook']);
  });

  it('that follows the lamp does nothing by itself: answered and hung up in the window', async () => {
    const { device, clock, taken, show } = await open(jabra);
    device.told = (reportId, bytes) => device.send(reportId, (bytes[0] ?? 0) & 0x08 ? 1 : 0, 0);
    await show(ringing);
    await show(talking);
    await clock.advance(60_000);
    await show({});
    await clock.advance(60_000);
    expect(taken()).toEqual([]);
    await show(ringing);
    device.send(2, 0x01, 0);
    expect(taken()).toEqual(['offHook']);
  });

  it('that follows late does not answer the next call, nor hang it up', async () => {
    const { device, clock, taken, show } = await open(jabra);
    await show(talking);
    await show({});
    await show(ringing);
    await clock.advance(400);
    device.send(2, 0x01, 0);
    await clock.advance(400);
    device.send(2, 0x00, 0);
    await show(talking);
    device.send(2, 0x01, 0);
    await clock.advance(400);
    expect(taken()).toEqual([]);
  });

  it('says in a report about another button what it said before: nothing', async () => {
    const { device, clock, taken, show } = await open(jabra);
    await show(talking); // and the headset does not follow
    await clock.advance(5000);
    device.send(2, 0x04, 0);
    device.send(2, 0x00, 0);
    expect(taken()).toEqual(['toggleMute']);
  });

  it('that is up for as long as it is held answers once, and hangs up with the next press', async () => {
    const { device, clock, taken, show } = await open(jabra);
    await show(ringing);
    device.send(2, 0x01, 0);
    await show(talking);
    await clock.advance(150);
    device.send(2, 0x00, 0);
    expect(taken()).toEqual(['offHook']);
    await clock.advance(5000);
    device.send(2, 0x01, 0);
    await clock.advance(150);
    device.send(2, 0x00, 0);
    expect(taken()).toEqual(['onHook']);
  });

  it('is told once more how it should stand, while a call of ours is there', async () => {
    const { device, clock, show } = await open(jabra);
    await show(talking);
    await clock.advance(5000);
    device.send(2, 0x01, 0);
    device.sent.length = 0;
    device.send(2, 0x00, 0); // one call is hung up, and another answered: still off the hook
    await clock.advance(1000);
    expect(device.sent).toEqual([[2, 0x08, 0]]);
  });

  it('that is lifted without a call is another program’s affair', async () => {
    const { device, clock, show } = await open(jabra);
    device.send(2, 0x01, 0);
    device.send(2, 0x05, 0);
    await show({});
    await clock.advance(60_000);
    expect(device.sent).toEqual([]);
  });
});

describe('the mute button', () => {
  it('that tells presses mutes and unmutes; its release is nothing', async () => {
    const { device, clock, taken, show } = await open(jabra);
    await show(talking);
    await clock.advance(1000);
    device.send(2, 0x04, 0);
    await show(muted);
    await clock.advance(300);
    device.send(2, 0x00, 0);
    await clock.advance(300);
    device.send(2, 0x04, 0);
    expect(taken()).toEqual(['toggleMute', 'toggleMute']);
  });

  it('that never tells the end of a press is heard again all the same', async () => {
    const { device, clock, taken, show } = await open(jabra);
    await show(talking);
    for (let press = 0; press < 3; press += 1) {
      await clock.advance(1000);
      device.send(2, 0x04, 0);
    }
    expect(taken()).toEqual(['toggleMute', 'toggleMute', 'toggleMute']);
  });

  it('that tells a press because its lamp was switched does nothing', async () => {
    const { device, clock, taken, show } = await open(poly);
    device.told = (reportId) => {
      if (reportId !== 0x18) return;
      device.send(0x20, 0x02);
      device.send(0x20, 0x00);
    };
    await show(talking);
    await clock.advance(1000);
    await show(muted);
    await clock.advance(1000);
    await show(talking);
    expect(taken()).toEqual([]);
  });

  it('that says how it stands is followed, and following it is nothing', async () => {
    const { device, clock, taken, show } = await open(phone);
    await show(talking);
    await clock.advance(2000);
    device.send(0, 0x05);
    expect(taken()).toEqual(['mute']);
    await show(muted);
    await clock.advance(2000);
    device.send(0, 0x01);
    expect(taken()).toEqual(['unmute']);
    await show(talking);
    await clock.advance(2000);
    await show(muted);
    device.send(0, 0x05);
    await show(talking);
    device.send(0, 0x01);
    expect(taken()).toEqual([]);
  });

  it('that is let go does not open the microphone', async () => {
    const { device, clock, taken, show } = await open(phone);
    await show(talking);
    await clock.advance(2000);
    device.send(0, 0x04);
    await show(muted);
    await clock.advance(300);
    device.send(0, 0x00);
    expect(taken()).toEqual(['mute']);
    await clock.advance(2000);
    device.send(0, 0x04);
    device.send(0, 0x00);
    expect(taken()).toEqual(['unmute']);
  });

  it('that switches on and off says which', async () => {
    const { device, clock, taken, show } = await open(switched);
    await show(talking);
    device.send(1, 0b01);
    await show(muted);
    await clock.advance(500);
    device.send(1, 0b01);
    device.send(1, 0b11);
    expect(taken()).toEqual(['mute', 'unmute']);
  });
});

describe('other buttons', () => {
  it('are pressed: flash, drop, and those of an array', async () => {
    const flash = await open(poly);
    flash.device.send(0x20, 0x04);
    flash.device.send(0x20, 0x00);
    const drop = await open(phone);
    drop.device.send(0, 0x02);
    drop.device.send(0, 0x02);
    const array = await open(keys);
    array.device.send(5, 0x04);
    array.device.send(5, 0x74);
    expect([flash.taken(), drop.taken(), array.taken()]).toEqual([['flash'], ['drop'], ['hold', 'drop']]);
  });

  it('of reports with another id, or without bytes, are nothing', async () => {
    const { device, taken } = await open(jabra);
    device.send(7, 0xff, 0xff);
    device.send(2);
    expect(taken()).toEqual([]);
  });
});

describe('the lamps', () => {
  it('are left alone until there is something to show, and told nothing twice', async () => {
    const { device, show } = await open(jabra);
    await show({});
    expect(device.sent).toEqual([]);
    await show(ringing);
    await show(ringing);
    await show(talking);
    await show(muted);
    await show({});
    expect(device.sent).toEqual([
      [2, 0x40, 0],
      [2, 0x08, 0],
      [2, 0x28, 0],
      [2, 0x00, 0],
    ]);
  });

  it('of which each has its report are told what changed', async () => {
    const { device, show } = await open(poly);
    await show(talking);
    await show(muted);
    expect(device.sent).toEqual([
      [0x17, 1],
      [0x18, 1],
    ]);
  });

  it('of a slow headset show the newest state in the end, with nothing in between', async () => {
    const { device, show } = await open(jabra);
    device.slow = true;
    await show(talking);
    for (let times = 0; times < 100; times += 1) await show(times % 2 === 0 ? muted : talking);
    await show(muted);
    await device.go();
    await device.go();
    expect(device.sent).toEqual([
      [2, 0x08, 0],
      [2, 0x28, 0],
    ]);
  });

  it('that did not take their state are told again with the next one', async () => {
    const { device, show, log } = await open(jabra);
    device.deaf = true;
    await show(talking);
    expect(log).toHaveLength(1);
    device.deaf = false;
    await show(talking);
    expect(device.sent).toEqual([[2, 0x08, 0]]);
  });

  it('go dark when the headset is let go', async () => {
    const { device, headset, show, taken } = await open(jabra);
    await show(muted);
    await headset.close();
    expect(device.sent.at(-1)).toEqual([2, 0, 0]);
    expect(device.opened).toBe(false);
    device.send(2, 0x01, 0);
    expect(taken()).toEqual([]);
  });

  it('that never take their state do not keep the headset', async () => {
    const { device, clock, headset, show } = await open(jabra);
    device.slow = true;
    await show(talking);
    const closed = headset.close();
    await clock.advance(2000);
    await closed;
    expect(device.opened).toBe(false);
  });
});

describe('a device that floods', () => {
  it('presses ten times in five seconds at most, and is told little', async () => {
    const { device, clock, taken, show } = await open(phone);
    await show(talking);
    await clock.advance(2000);
    device.sent.length = 0;
    for (let ms = 0; ms < 5000; ms += 1) {
      device.send(0, ...[0xff, 0x00, 0x05, 0x02, 0xaa].slice(ms % 3));
      device.send(0, ms & 0xff);
      await clock.advance(1);
    }
    expect(taken().length).toBeLessThanOrEqual(10);
    expect(device.sent.length).toBeLessThanOrEqual(20);
  });

  it('with reports of every length does no harm', async () => {
    const { device, taken } = await open(jabra);
    for (const length of [0, 1, 2, 63, 64, 4096, 65_535]) device.send(2, ...new Array<number>(length).fill(0));
    expect(taken()).toEqual([]);
  });
});
