/** Which headset is taken, and what becomes of it when it is unplugged. */
import { describe, expect, it } from 'vitest';
import type { HeadsetCommand } from '../../../../renderer/headset/buttons';
import { makeHeadsets } from '../../../../renderer/headset/headsets';
import { allOff } from '../../../../renderer/headset/lamps';
import { FakeClock } from '../../../scenario/support/fake-clock';
import { consumer, jabra, poly } from './descriptors';
import { FakeHeadset, fakeHid, turns } from './fake-headset';

async function start(...plugged: FakeHeadset[]) {
  const hid = fakeHid(...plugged);
  const commands: HeadsetCommand[] = [];
  const states: string[] = [];
  const headsets = makeHeadsets({ hid, clock: new FakeClock(), log: () => undefined });
  const told = (): string => {
    const state = headsets.state();
    return 'headset' in state ? `${state.name} ${state.headset}` : state.name;
  };
  headsets.watch(
    () => states.push(told()),
    (command) => commands.push(command),
  );
  headsets.use(true);
  await turns();
  return { hid, headsets, commands, states, told };
}

const talking = { ...allOff, offHook: true };

describe('the headset in use', () => {
  it('is the one with call buttons', async () => {
    const speaker = new FakeHeadset(consumer, 'Loudspeaker');
    const { told, commands, headsets } = await start(speaker, new FakeHeadset(jabra));
    expect([told(), speaker.opened]).toEqual(['inUse Evolve', false]);
    headsets.use(false);
    await turns();
    expect([told(), commands]).toEqual(['off', []]);
  });

  it('is none where there is none, or no way to ask', async () => {
    const { told } = await start();
    expect(told()).toBe('none');
    const without = makeHeadsets({ hid: null, clock: new FakeClock(), log: () => undefined });
    without.use(true);
    await turns();
    expect(without.state()).toEqual({ name: 'none' });
  });

  it('changes nothing by going, and is told at once how the call stands when it is back', async () => {
    const [first, again] = [new FakeHeadset(jabra), new FakeHeadset(jabra)];
    const { hid, headsets, commands, states } = await start(first);
    headsets.show(talking);
    await turns();
    await hid.plug();
    headsets.show({ ...talking, mute: true });
    await turns();
    await hid.plug(again);
    expect(again.sent).toEqual([[2, 0x28, 0]]);
    again.send(2, 0x01, 0);
    expect([commands, states]).toEqual([[], ['inUse Evolve', 'none', 'inUse Evolve']]);
  });

  it('is the one that one is heard with, else the one that came last, and stays', async () => {
    const [evolve, poly1] = [new FakeHeadset(jabra), new FakeHeadset(poly, 'Voyager Base')];
    const { hid, headsets, told } = await start(evolve, poly1);
    expect(told()).toBe('inUse Voyager Base');
    headsets.prefer(['Jabra Evolve 20 Mono (0b0e:0300)', '']);
    await turns();
    expect([told(), poly1.opened]).toEqual(['inUse Evolve', false]);
    headsets.prefer(['Built-in microphone', 'Built-in speaker']);
    await turns();
    expect(told()).toBe('inUse Evolve');
    await hid.plug(poly1);
    expect(told()).toBe('inUse Voyager Base');
    await hid.plug(poly1, evolve);
    expect(told()).toBe('inUse Voyager Base');
  });

  it('that the system refuses is said, tried again when asked, and passed over for another', async () => {
    const evolve = new FakeHeadset(jabra);
    evolve.refuses = true;
    const { hid, headsets, told } = await start(evolve);
    expect(headsets.state()).toEqual({ name: 'refused', headset: 'Evolve', vendorId: 0x0b0e });
    await hid.plug(new FakeHeadset(poly, 'Voyager'), evolve);
    expect(told()).toBe('inUse Voyager');
    await hid.plug(evolve);
    expect(told()).toBe('refused Evolve');
    evolve.refuses = false;
    headsets.retry();
    await turns();
    expect(told()).toBe('inUse Evolve');
  });

  it('has a name that can be shown', async () => {
    const { told, hid } = await start(new FakeHeadset(jabra, `\u202eEvil\u0000${'x'.repeat(500)}`));
    expect(told()).toBe(`inUse Evil${'x'.repeat(96)}`);
    await hid.plug(new FakeHeadset(jabra, '\u200b '));
    expect(told()).toBe('inUse 0b0e:0300');
  });

  it('is found although asking fails once', async () => {
    const evolve = new FakeHeadset(jabra);
    const hid = { ...fakeHid(), getDevices: () => Promise.reject(new Error('no service')) };
    const headsets = makeHeadsets({ hid, clock: new FakeClock(), log: () => undefined });
    headsets.use(true);
    await turns();
    expect(headsets.state()).toEqual({ name: 'none' });
    hid.getDevices = () => Promise.resolve([evolve]) as never;
    headsets.retry();
    await turns();
    expect(headsets.state()).toMatchObject({ name: 'inUse' });
  });

  it('is one of fifty at most, of a thousand that come and go', async () => {
    const many = Array.from({ length: 1000 }, () => new FakeHeadset(jabra));
    const { hid, told } = await start(...many);
    for (let times = 0; times < 20; times += 1) await hid.plug(...many.slice(times));
    expect(told()).toBe('inUse Evolve');
    expect(many.filter(({ opened }) => opened)).toHaveLength(1);
  });
});
