/** Where the call window appears: in the corner where the platform shows what is new. Pixels independent of scale. */
import type { Rectangle } from 'electron';

export const callWindowWidth = 440;

/** Between the window and the edges of the screen. */
const margin = 16;

/**
 * @param workArea of the display, without taskbars.
 * @param height that the window needs; it never gets more than the display has.
 */
export function cornerFor(platform: NodeJS.Platform, workArea: Readonly<Rectangle>, height: number): Rectangle {
  const width = Math.min(callWindowWidth, workArea.width);
  const shown = Math.min(height, workArea.height);
  const right = workArea.x + workArea.width - width;
  const bottom = workArea.y + workArea.height - shown;
  const y = platform === 'win32' ? bottom - margin : workArea.y + margin;
  return {
    x: Math.max(workArea.x, right - margin),
    y: Math.max(workArea.y, Math.min(y, bottom)),
    width,
    height: shown,
  };
}
