/** The number on the program's icon: calls that ring now, and missed ones that nobody has looked at yet. */
import type { Sign } from '../ringing/alert';

export interface Badge {
  readonly ringing: Sign;
  /** How many missed calls nobody has looked at. */
  readonly setMissed: (count: number) => void;
}

/** What can be told to a desktop about the number: how many ring, and how many were missed. */
export interface BadgeNumbers {
  readonly ringing: number;
  readonly missed: number;
}

/** @param show takes what is to be seen now; both 0 take it away. */
export function makeBadge(show: (numbers: BadgeNumbers) => void): Badge {
  let ringing = 0;
  let missed = 0;
  let shown = '0 0';
  const update = (): void => {
    const now = `${String(ringing)} ${String(missed)}`;
    if (shown === now) return;
    shown = now;
    show({ ringing, missed });
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
