/** Carries the state of a window to Chromium, as soon as that has made it. */
import { pageOf, type WebContents } from './web-contents.ts';
import type { BrowserSide } from './window-geometry.ts';

/** @param link gets its contents while the window is made. */
export function browserSide(link: { readonly contents?: WebContents }): BrowserSide {
  const inBrowser = (action: (contents: WebContents, windowId: number) => void): void => {
    const { contents } = link;
    if (!contents) return;
    void pageOf(contents).opened.then(
      () => {
        const { windowId } = pageOf(contents);
        if (windowId !== undefined) action(contents, windowId);
      },
      () => undefined, // Chromium is gone
    );
  };
  return {
    move: ({ x: left, y: top, width, height }) => {
      inBrowser((contents, windowId) => {
        pageOf(contents).command('Browser.setWindowBounds', { windowId, bounds: { left, top } });
        pageOf(contents).command('Browser.setContentsSize', { windowId, width, height });
      });
    },
    setState: (state, isVisible) => {
      inBrowser((contents, windowId) => {
        const windowState = isVisible || !contents.getBackgroundThrottling() ? state : 'minimized';
        pageOf(contents).command('Browser.setWindowBounds', { windowId, bounds: { windowState } });
      });
    },
    bringToFront: () => {
      inBrowser((contents) => {
        pageOf(contents).command('Page.bringToFront');
      });
    },
  };
}
