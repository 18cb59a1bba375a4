/** The number on the program's icon: calls that ring now, and missed ones that nobody has looked at yet. */
import type { Sign } from '../ringing/alert';

export interface Badge {
  readonly ringing: Sign;
  /** How many missed calls nobody has looked at. */
  readonly setMissed: (count: number) => void;
}

/** @param show puts a number there; 0 takes it away (macOS, and Linux docks that know it). */
export function makeBadge(show: (count: number) => void): Badge {
  let ringing = 0;
  let missed = 0;
  let shown = 0;
  const update = (): void => {
    if (shown === ringing + missed) return;
    shown = ringing + missed;
    show(shown);
  };
  return {
    ringing: () => {
      ringing++;
      update();
      return () => {
        ringing--;
        update();
      };
    },
    setMissed: (count) => {
      missed = count;
      update();
    },
  };
}
