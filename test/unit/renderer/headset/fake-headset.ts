/**
 * A headset as WebHID shows it: its collections are read from a descriptor in bytes, it sends the bytes that a test says, and
 * remembers the bytes that it was sent. What it proves is that we speak the Usage Tables and keep to WebHID as Chromium has
 * it; not how any headset that can be bought behaves, none of which was there.
 */
import type { Hid, HidDevice, HidInputReport } from '../../../../renderer/headset/hid';
import { collectionsOf } from './descriptors';

export class FakeHeadset implements HidDevice {
  readonly vendorId: number = 0x0b0e;
  readonly productId: number = 0x0300;
  readonly productName: string;
  readonly collections: HidDevice['collections'];
  opened = false;
  /** The system keeps it from us. */
  refuses = false;
  /** Reports are not taken until `go`. */
  slow = false;
  deaf = false;
  readonly sent: [reportId: number, ...bytes: number[]][] = [];
  /** What it does when it is told something: a headset that follows its lamps sends reports. */
  told: (reportId: number, bytes: readonly number[]) => void = () => undefined;
  readonly #listeners = new Set<(report: HidInputReport) => void>();
  #waiting: (() => void)[] = [];

  constructor(descriptor: readonly number[], productName = 'Evolve', collections = collectionsOf(descriptor)) {
    this.productName = productName;
    this.collections = collections;
  }

  open = (): Promise<void> => {
    if (this.refuses) return Promise.reject(new DOMException('Failed to open the device.', 'NotAllowedError'));
    if (this.opened) return Promise.reject(new DOMException('The device is already open.', 'InvalidStateError'));
    this.opened = true;
    return Promise.resolve();
  };
  close = (): Promise<void> => {
    this.opened = false;
    return Promise.resolve();
  };
  sendReport = async (reportId: number, data: BufferSource): Promise<void> => {
    if (!this.opened || this.deaf) throw new DOMException('Failed to write the report.', 'NotAllowedError');
    const bytes = [...new Uint8Array(data as ArrayBuffer)];
    this.sent.push([reportId, ...bytes]);
    if (this.slow) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.told(reportId, bytes);
  };
  addEventListener = (_type: 'inputreport', listener: (report: HidInputReport) => void): void => {
    this.#listeners.add(listener);
  };
  removeEventListener = (_type: 'inputreport', listener: (report: HidInputReport) => void): void => {
    this.#listeners.delete(listener);
  };

  /** One input report. */
  send(reportId: number, ...bytes: number[]): void {
    if (!this.opened) return;
    for (const listener of this.#listeners) listener({ reportId, data: new DataView(new Uint8Array(bytes).buffer) });
  }
  /** Takes the report that it was sent. */
  async go(): Promise<void> {
    for (const resolve of this.#waiting.splice(0)) resolve();
    await turns();
  }
}

export interface FakeHid extends Hid {
  /** These are there now, and Chromium says so. Resolves when everybody could have looked. */
  readonly plug: (...devices: readonly HidDevice[]) => Promise<void>;
}

export function fakeHid(...initial: readonly HidDevice[]): FakeHid {
  let there = initial;
  const listeners = { connect: new Set<() => void>(), disconnect: new Set<() => void>() };
  return {
    getDevices: () => Promise.resolve([...there]),
    addEventListener: (type, listener) => listeners[type].add(listener),
    plug: async (...devices) => {
      const gone = there.some((device) => !devices.includes(device));
      const came = devices.some((device) => !there.includes(device));
      there = devices;
      if (gone) for (const listener of listeners.disconnect) listener();
      if (came) for (const listener of listeners.connect) listener();
      await turns();
    },
  };
}

/** Until every promise that was settled has been followed. */
export async function turns(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
}
