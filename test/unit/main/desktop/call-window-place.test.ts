import { describe, expect, it } from 'vitest';
import { cornerFor } from '../../../../main/desktop/call-window-place';

const display = { x: 1920, y: 30, width: 1280, height: 770 };

describe('where the call window appears', () => {
  it.each([
    ['linux', { x: 2744, y: 46, width: 440, height: 180 }],
    ['darwin', { x: 2744, y: 46, width: 440, height: 180 }],
    ['win32', { x: 2744, y: 604, width: 440, height: 180 }],
  ] as const)('%s', (platform, bounds) => {
    expect(cornerFor(platform, display, 180)).toEqual(bounds);
  });

  it('is never larger than the display, nor beside it', () => {
    const small = { x: 0, y: 0, width: 360, height: 500 };
    expect(cornerFor('linux', small, 2000)).toEqual({ x: 0, y: 0, width: 360, height: 500 });
    expect(cornerFor('win32', small, 2000)).toEqual({ x: 0, y: 0, width: 360, height: 500 });
  });
});
