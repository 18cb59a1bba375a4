/** Tells a headset what its lamps show: one report at a time, the newest state always, and nothing that it shows already. */
import type { HidDevice, Lamps } from './hid';
import type { LampReport } from './layout';
import { lampBytes } from './report';

export const allOff: Lamps = { mute: false, offHook: false, ring: false, hold: false };

export class LampWriter {
  readonly #device: Pick<HidDevice, 'sendReport'>;
  readonly #reports: readonly LampReport[];
  readonly #failed: () => void;
  /** What was sent last, by report; another program's lamps are left alone until there is something to show. */
  readonly #shown: Map<LampReport, string>;
  readonly #due = new Set<LampReport>();
  #lamps = allOff;
  #sending: Promise<void> | null = null;

  /** @param failed told of each report that did not get through. */
  constructor(device: Pick<HidDevice, 'sendReport'>, reports: readonly LampReport[], failed: () => void) {
    this.#device = device;
    this.#reports = reports;
    this.#failed = failed;
    this.#shown = new Map(reports.map((report) => [report, String(lampBytes(report, allOff))]));
  }

  /** @param again also what the headset shows already. @returns when it has been told; that may be never. */
  show(lamps: Lamps, again = false): Promise<void> {
    this.#lamps = lamps;
    for (const report of this.#reports) if (again || this.#isNew(report)) this.#due.add(report);
    return (this.#sending ??= this.#send().finally(() => {
      this.#sending = null;
    }));
  }

  #isNew(report: LampReport): boolean {
    return this.#shown.get(report) !== String(lampBytes(report, this.#lamps));
  }

  async #send(): Promise<void> {
    for (const report of this.#due) {
      this.#due.delete(report);
      const bytes = lampBytes(report, this.#lamps);
      this.#shown.set(report, String(bytes));
      try {
        await this.#device.sendReport(report.reportId, bytes);
      } catch {
        this.#shown.delete(report);
        this.#failed();
      }
      // What changed meanwhile stands in the set, which this loop goes on with.
    }
  }
}
