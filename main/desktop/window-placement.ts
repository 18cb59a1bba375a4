/** Where the main window opens: where it was, if one can still see it there. Pixels independent of scale. */
import type { Rectangle } from 'electron';

export const usualSize = { width: 1080, height: 720 } as const;
export const leastSize = { width: 360, height: 480 } as const;

export type Placement = Partial<Pick<Rectangle, 'x' | 'y'>> & Pick<Rectangle, 'width' | 'height'>;

/** How much of the window must lie on a screen, so that a hand can find it: a piece of its upper edge. */
const grip = { width: 120, height: 40 };

/**
 * @param saved where the window was last time, or null.
 * @param workAreas of all displays. Without a position the desktop places the window.
 */
export function placeWindow(saved: Readonly<Rectangle> | null, workAreas: readonly Readonly<Rectangle>[]): Placement {
  if (saved === null) return usualSize;
  const width = Math.max(leastSize.width, saved.width);
  const height = Math.max(leastSize.height, saved.height);
  const area = workAreas.find((candidate) => showsGrip({ ...saved, width, height }, candidate));
  if (area === undefined) return { width, height };
  return { x: saved.x, y: saved.y, width: Math.min(width, area.width), height: Math.min(height, area.height) };
}

function showsGrip(window: Readonly<Rectangle>, area: Readonly<Rectangle>): boolean {
  const shown = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  return shown >= grip.width && window.y >= area.y && window.y + grip.height <= area.y + area.height;
}
