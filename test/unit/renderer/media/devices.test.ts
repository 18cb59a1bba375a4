import { describe, expect, it, vi } from 'vitest';
import { defaultSettings } from '../../../../preload/contract/default-settings';
import type { Device } from '../../../../preload/contract/device-choice';
import { candidates, watchDevices } from '../../../../renderer/media/devices';
import { fakeDevices, type Info, info } from './fake-devices';

const desk: Device = { id: 'desk', label: 'Desk' };
const head: Device = { id: 'head', label: 'Headset' };
const { devices: noPreference } = defaultSettings;
const preferring = (...order: readonly Device[]) => ({ followSystem: false, order });

describe('what to try for a role', () => {
  it.each<[string, readonly Device[], readonly Device[], (string | null)[]]>([
    ['nothing preferred', [], [desk, head], [null]],
    ['the first that is there', [head, desk], [desk], ['desk', null]],
    ['in the person’s order, not in the system’s', [head, desk], [desk, head], ['head', 'desk', null]],
    ['none of them there', [head], [desk], [null]],
    ['back with another id', [head], [{ id: 'new', label: 'Headset' }], ['new', null]],
    ['the id before the label', [head], [{ id: 'new', label: 'Headset' }, head], ['head', null]],
    ['the same device once', [head, { id: 'old', label: 'Headset' }], [head], ['head', null]],
    ['no label is no likeness', [{ id: 'a', label: '' }], [{ id: 'b', label: '' }], [null]],
  ])('%s', (_what, order, present, expected) => {
    expect(candidates(preferring(...order), present).map((one) => one?.id ?? null)).toEqual(expected);
  });

  it('is the system’s alone while it is followed', () => {
    expect(candidates({ followSystem: true, order: [head] }, [head])).toEqual([null]);
  });
});

describe('the devices that are there', () => {
  it('leaves Chromium’s aliases out, and says what the system takes', async () => {
    const { devices } = await watched(
      info('audioinput', 'default', 'Default - Desk', 'g1'),
      info('audioinput', 'communications', 'Communications - Headset', 'g2'),
      info('audioinput', 'desk', 'Desk', 'g1'),
      info('audioinput', 'head', 'Headset', 'g2'),
      info('videoinput', 'cam', 'Camera', 'g3'),
    );
    expect(devices.list('microphone').devices).toEqual([desk, head]);
    expect(devices.list('microphone').system.name).toBe('Desk');
    expect(devices.list('camera').system.name).toBe('Camera');
    expect(devices.list('speaker')).toMatchObject({ devices: [], system: { name: null } });
  });

  it('says nothing rather than "Default" of a system that does not tell', async () => {
    const { devices } = await watched(info('audiooutput', 'default', 'Default', 'default'));
    expect(devices.list('ringer').system.name).toBeNull();
  });

  it('takes labels as they may be: hostile, empty, endless', async () => {
    const { devices } = await watched(
      info('audioinput', 'a', '\u202eevil\u0000\n'),
      info('audioinput', 'b', ''),
      info('audioinput', 'c', 'x'.repeat(5000)),
      info('audioinput', '', 'without an id'),
    );
    expect(devices.list('microphone').devices.map(({ label }) => label.slice(0, 300))).toEqual([
      'evil',
      '',
      'x'.repeat(200),
    ]);
  });

  it('fifty of them are fifty', async () => {
    const fifty = Array.from({ length: 50 }, (_, index) => info('audioinput', String(index), `Mic ${String(index)}`));
    const { devices } = await watched(...fifty);
    expect(devices.list('microphone').devices).toHaveLength(50);
  });
});

describe('a change', () => {
  it('of plugs is told once, with the next one in place; and back', async () => {
    const both = [info('audioinput', 'desk', 'Desk'), info('audioinput', 'head', 'Headset')] as const;
    const { devices, source, heard } = await watched(...both);
    devices.prefer({ ...noPreference, microphone: preferring(head, desk) });
    expect(devices.candidates('microphone')[0]).toEqual(head);
    await source.plug(both[0]);
    await source.plug(both[0]);
    expect(devices.candidates('microphone')[0]).toEqual(desk);
    await source.plug(...both);
    expect(devices.candidates('microphone')[0]).toEqual(head);
    expect(heard.mock.calls.flat()).toEqual(['chosen', 'plugged', 'plugged']);
  });

  it('of what the system takes is another device for whoever follows it', async () => {
    const real = [info('audioinput', 'desk', 'Desk', 'g1'), info('audioinput', 'head', 'Headset', 'g2')];
    const { devices, source } = await watched(info('audioinput', 'default', 'Default - Desk', 'g1'), ...real);
    const before = devices.identityOf('microphone', null);
    await source.plug(info('audioinput', 'default', 'Default - Headset', 'g2'), ...real);
    expect(devices.identityOf('microphone', null)).not.toBe(before);
    expect(devices.list('microphone').system.name).toBe('Headset');
  });

  it('that is no change of preference is not told', async () => {
    const { devices, heard } = await watched();
    devices.prefer(structuredClone(noPreference));
    expect(heard).not.toHaveBeenCalled();
  });

  it('an answer that comes late does not undo a newer one', async () => {
    const source = fakeDevices();
    const devices = watchDevices(source, noPreference);
    source.slow = true;
    const [early, late] = [source.plug(), source.plug(info('audioinput', 'desk', 'Desk'))];
    source.answer(1);
    source.answer(0);
    await Promise.all([early, late]);
    expect(devices.list('microphone').devices).toEqual([desk]);
  });

  it('of a system that cannot tell leaves what was known', async () => {
    const { devices, source } = await watched(info('audioinput', 'desk', 'Desk'));
    source.broken = true;
    await source.plug();
    expect(devices.list('microphone').devices).toEqual([desk]);
  });
});

async function watched(...infos: readonly Info[]) {
  const source = fakeDevices(...infos);
  const devices = watchDevices(source, noPreference);
  await source.settled();
  const heard = vi.fn<(why: 'plugged' | 'chosen') => void>();
  devices.watch(heard);
  return { devices, source, heard };
}
