/** Tells when quiet begins or ends by the clock: nobody presses anything then, and yet what is shown must change. */
import { nextChange } from '../../preload/contract/quiet';
import type { Settings } from '../../preload/contract/settings';
import type { Clock } from '../clock';

export interface QuietClockEnv {
  readonly clock: Pick<Clock, 'after'>;
  /** ms since the epoch. */
  readonly date: () => number;
  readonly settings: () => Pick<Settings, 'doNotDisturb'>;
  readonly changed: () => void;
}

/** ms; a timer that runs longer would be as wrong as the clock that was set meanwhile. */
const longest = 3_600_000;

/** @returns what must be called after a change of the settings and after the machine's sleep. */
export function watchQuiet({ clock, date, settings, changed }: QuietClockEnv): () => void {
  let cancel = (): void => undefined;
  const arm = (): void => {
    cancel();
    const next = nextChange(settings().doNotDisturb, date());
    cancel = next === null ? () => undefined : clock.after(Math.min(longest, Math.max(0, next - date())), ring);
  };
  const ring = (): void => {
    arm();
    changed();
  };
  arm();
  return ring;
}
