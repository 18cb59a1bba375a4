/** The number on the program's icon: calls that ring now, and missed ones that nobody has looked at yet. */
import type { Sign } from '../ringing/alert';

export interface Badge {
  readonly ringing: Sign;
  readonly missed: () => void;
  /** Somebody looks at the window. */
  readonly seen: () => void;
}

/** @param show puts a number there, 0 takes it away (macOS, and Linux docks that know it). */
export function makeBadge(show: (count: number) => void): Badge {
  let ringing = 0;
  let missed = 0;
  const update = (): void => {
    show(ringing + missed);
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
    missed: () => {
      missed++;
      update();
    },
    seen: () => {
      if (missed === 0) return;
      missed = 0;
      update();
    },
  };
}
