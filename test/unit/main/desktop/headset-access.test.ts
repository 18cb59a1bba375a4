import { describe, expect, it } from 'vitest';
import { letPageReachHeadsets, mayReach } from '../../../../main/desktop/headset-access';

type Question = Parameters<typeof mayReach>[0];

const device = (...pages: number[]) =>
  ({
    deviceId: '1',
    name: 'Evolve',
    vendorId: 0x0b0e,
    productId: 0x0300,
    collections: pages.map((usagePage) => ({ usagePage, usage: 5 })),
  }) as unknown as Question['device'];
const ask = (over: Partial<Question>): boolean =>
  mayReach({ deviceType: 'hid', origin: 'app://bundle', device: device(0x0c, 0x0b), ...over });

describe('devices', () => {
  it('with a telephony collection are our page’s', () => {
    expect([ask({}), ask({ origin: 'app://bundle/' }), ask({ device: device(0x0b) })]).toEqual([true, true, true]);
  });

  it.each<[string, Partial<Question>]>([
    ['a keyboard', { device: device(0x01) }],
    ['volume keys', { device: device(0x0c, 0xff00) }],
    ['a security key', { device: device(0xf1d0) }],
    ['a device without collections', { device: device() }],
    ['a device of which nothing is said', { device: { name: 'x' } as Question['device'] }],
    ['what is not a list', { device: { collections: {} } as unknown as Question['device'] }],
    ['a serial port', { deviceType: 'serial' }],
    ['a USB device', { deviceType: 'usb' }],
    ['a website', { origin: 'https://example.org' }],
    ['a similar origin', { origin: 'app://bundle.example.org' }],
    ['no origin', { origin: '' }],
  ])('%s is refused', (_name, over) => {
    expect(ask(over)).toBe(false);
  });

  it('are asked for by the session', () => {
    let handler: unknown;
    letPageReachHeadsets({
      setDevicePermissionHandler: (given) => {
        handler = given;
      },
    });
    expect(handler).toBe(mayReach);
  });
});
