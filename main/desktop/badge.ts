/** The number on the program's icon: calls that ring now, and missed ones that nobody has looked at yet. */
import type { Sign } from '../ringing/alert';

export interface Badge {
  readonly ringing: Sign;
  readonly missed: () => void;
  /** Somebody looks at the window. */
  readonly seen: () => void;
}

export interface BadgeEnv {
  /** Puts a number there; 0 takes it away (macOS, and Linux docks that know it). */
  readonly show: (count: number) => void;
  /** Does somebody look at the window right now? */
  readonly isLookedAt: () => boolean;
}

export function makeBadge({ show, isLookedAt }: BadgeEnv): Badge {
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
      if (isLookedAt()) return;
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
