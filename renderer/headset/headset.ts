/** One headset that is open: its buttons become commands, its lamps show how the calls stand. */
import type { Cancel, Clock } from '../call/environment';
import { Buttons, type HeadsetCommand } from './buttons';
import type { HidDevice, HidInputReport, Lamps } from './hid';
import { allOff, LampWriter } from './lamps';
import type { Layout } from './layout';

export interface HeadsetEnv {
  readonly clock: Clock;
  readonly command: (command: HeadsetCommand) => void;
  /** One line for the debug log. Never names. */
  readonly log: (line: string) => void;
}

/** ms after which a headset that says other than its lamps is told once more. */
const settled = 300;
/** ms that a headset may take to go dark. */
const goodbye = 1000;

export class Headset {
  readonly device: HidDevice;
  readonly #env: HeadsetEnv;
  readonly #buttons: Buttons;
  readonly #lamps: LampWriter;
  #shown = allOff;
  #settling: Cancel | null = null;

  constructor(device: HidDevice, layout: Layout, env: HeadsetEnv) {
    this.device = device;
    this.#env = env;
    this.#buttons = new Buttons(layout.buttons, env.clock);
    this.#lamps = new LampWriter(device, layout.lampReports, () =>
      env.log('a lamp of the headset did not take its state'),
    );
  }

  /** @returns whether the system lets us. */
  async open(): Promise<boolean> {
    try {
      await this.device.open();
    } catch {
      return false;
    }
    this.device.addEventListener('inputreport', this.#take);
    return true;
  }

  show(lamps: Lamps): void {
    this.#shown = lamps;
    this.#buttons.tell(lamps);
    void this.#lamps.show(lamps);
  }

  /** Nothing comes of its buttons any more; a headset that is still there goes dark first. */
  async close(): Promise<void> {
    this.device.removeEventListener('inputreport', this.#take);
    this.#settling?.();
    this.#settling = null;
    const bound = new Promise<void>((resolve) => this.#env.clock.after(goodbye, resolve));
    await Promise.race([this.#lamps.show(allOff), bound]);
    await this.device.close().catch(() => undefined);
  }

  readonly #take = ({ reportId, data }: HidInputReport): void => {
    for (const command of this.#buttons.take(reportId, data)) this.#env.command(command);
    if (this.#buttons.disagrees) this.#settle();
  };

  /** Without a call of ours the headset may be another program's, and is left as it is. */
  #settle(): void {
    this.#settling ??= this.#env.clock.after(settled, () => {
      this.#settling = null;
      const { offHook, ring } = this.#shown;
      if (!this.#buttons.disagrees || !(offHook || ring)) return;
      this.#buttons.tell(this.#shown, true);
      void this.#lamps.show(this.#shown, true);
    });
  }
}
