import { describe, expect, it } from 'vitest';
import { placeWindow, usualSize } from '../../../../main/desktop/window-placement';

const screen = { x: 0, y: 0, width: 1920, height: 1040 };
const left = { x: -1280, y: 0, width: 1280, height: 1024 };
const at = (x: number, y: number, width = 1000, height = 700) => ({ x, y, width, height });

describe('where the window opens', () => {
  it('the first time: in the usual size, where the desktop likes it', () => {
    expect(placeWindow(null, [screen])).toEqual(usualSize);
  });

  it.each([
    ['where it was', at(100, 50), [screen], at(100, 50)],
    ['on the second screen', at(-1200, 50), [screen, left], at(-1200, 50)],
    ['half beyond an edge that still shows enough of it', at(1500, 50), [screen], at(1500, 50)],
    ['no larger than the screen', at(0, 0, 4000, 3000), [screen], at(0, 0, 1920, 1040)],
    ['no smaller than can be used', at(0, 0, 10, 10), [screen], at(0, 0, 360, 480)],
  ])('%s', (_what, saved, areas, placement) => {
    expect(placeWindow(saved, areas)).toEqual(placement);
  });

  it.each([
    ['the screen is gone', at(-1200, 50)],
    ['only a sliver would show', at(1900, 50)],
    ['its title would lie above the screen', at(100, -200)],
    ['its title would lie below the screen', at(100, 1030)],
  ])('where the desktop likes it, when %s', (_what, saved) => {
    expect(placeWindow(saved, [screen])).toEqual({ width: 1000, height: 700 });
  });
});
