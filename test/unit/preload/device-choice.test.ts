import { describe, expect, it } from 'vitest';
import { type DevicePreference, mostRemembered, prefer, preferSystem } from '../../../preload/contract/device-choice';

const desk = { id: 'desk', label: 'Desk' };
const head = { id: 'head', label: 'Headset' };
const system: DevicePreference = { followSystem: true, order: [] };

describe('choosing a device', () => {
  it('puts it first, and keeps the others behind it', () => {
    const chosen = prefer(prefer(system, desk, [desk, head]), head, [desk, head]);
    expect(chosen).toEqual({ followSystem: false, order: [head, desk] });
    expect(prefer(chosen, desk, [desk, head]).order).toEqual([desk, head]);
  });

  it('the system’s keeps the order for later', () => {
    expect(preferSystem({ followSystem: false, order: [head] })).toEqual({ followSystem: true, order: [head] });
  });

  it('that came back with another id does not keep it twice', () => {
    const before: DevicePreference = { followSystem: false, order: [head, desk] };
    const back = { id: 'other port', label: 'Headset' };
    expect(prefer(before, back, [desk, back]).order).toEqual([back, desk]);
  });

  it('of two with the same name keeps both', () => {
    const twin = { id: 'twin', label: 'Headset' };
    expect(prefer({ followSystem: false, order: [head] }, twin, [head, twin]).order).toEqual([twin, head]);
  });

  it('without a name keeps others without one', () => {
    const [some, other] = [
      { id: 'a', label: '' },
      { id: 'b', label: '' },
    ];
    expect(prefer({ followSystem: false, order: [some] }, other, [other]).order).toEqual([other, some]);
  });

  it('forgets the least wanted of very many', () => {
    const many = Array.from({ length: 50 }, (_, index) => ({ id: String(index), label: `Device ${String(index)}` }));
    const { order } = many.reduce((all, device) => prefer(all, device, many), system);
    expect([order.length, order[0]?.id]).toEqual([mostRemembered, '49']);
  });
});
