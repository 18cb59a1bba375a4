/** The headsets that a test plugs into the page, on a clock of the test's. */
import { onTestFinished } from 'vitest';
import { makeHeadsets } from '../../../renderer/headset/headsets';
import { installHeadsets } from '../../../renderer/stores/headset';
import { FakeClock } from '../../scenario/support/fake-clock';
import { jabra } from '../../unit/renderer/headset/descriptors';
import { FakeHeadset, fakeHid, turns, type FakeHid } from '../../unit/renderer/headset/fake-headset';
import { settle } from './open-app';

/** With the lamps and buttons of `jabra`; its hook follows the lamp, as that of most headsets does. */
export class Evolve extends FakeHeadset {
  /** Off-hook. */
  up = false;
  follows = true;

  constructor(name = 'Evolve') {
    super(jabra, name);
    this.told = (_reportId, [bytes = 0]) => {
      const up = (bytes & 0x08) !== 0;
      if (!this.follows || up === this.up) return;
      this.up = up;
      this.#report();
    };
  }

  async pressHook(): Promise<void> {
    this.up = !this.up;
    this.#report();
    await settle();
  }
  async press(button: 'mute' | 'flash'): Promise<void> {
    this.#report(button === 'mute' ? 0x04 : 0x08);
    this.#report();
    await settle();
  }
  #report(buttons = 0): void {
    this.send(2, buttons | (this.up ? 1 : 0), 0);
  }

  /** Lamps that are lit. */
  get lamps(): string {
    const [, byte = 0] = this.sent.at(-1) ?? [];
    const bits = { ring: 0x40, offHook: 0x08, mute: 0x20, hold: 0x80 };
    return Object.entries(bits)
      .flatMap(([name, bit]) => ((byte & bit) === 0 ? [] : [name]))
      .join(' ');
  }
}

export interface PluggedIn {
  readonly hid: FakeHid;
  readonly clock: FakeClock;
}

/** To be called after `openApp`: until the test ends. */
export async function plugHeadsets(...plugged: readonly FakeHeadset[]): Promise<PluggedIn> {
  const hid = fakeHid(...plugged);
  const clock = new FakeClock();
  onTestFinished(installHeadsets(makeHeadsets({ hid, clock, log: () => undefined })));
  await turns();
  await settle();
  return { hid, clock };
}
