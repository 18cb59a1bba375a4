/** The looks that every view has to have. */
import type { Page } from '@playwright/test';

export const themes = ['light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const sizes = { wide: { width: 1180, height: 760 }, narrow: { width: 420, height: 760 } } as const;

/**
 * Chooses the theme as the settings do, and waits for the window to have it.
 * @param main the main window, which alone may change settings. @param shown the window that is looked at.
 */
export async function inTheme(main: Page, shown: Page, theme: Theme): Promise<void> {
  await main.evaluate((wanted) => window.carillon.invoke('settings:change', { theme: wanted }), theme);
  // Other windows follow the program's own colour scheme.
  if (shown !== main) await shown.emulateMedia({ colorScheme: theme });
  await shown.waitForFunction((wanted) => document.documentElement.dataset.theme === wanted, theme);
  // Colours change in small steps; what rings moves for ever.
  await shown.waitForFunction(() =>
    document.getAnimations().every((animation) => animation.effect?.getComputedTiming().endTime === Infinity),
  );
}

/**
 * What cannot be seen whole because it sticks out of the window or of the part that scrolls: named, and empty if all is
 * well. What floats finds its new place a moment after its size has changed.
 */
export async function stickingOut(page: Page): Promise<readonly string[]> {
  for (let attempt = 1; ; attempt += 1) {
    const found = await stickingOutNow(page);
    if (found.length === 0 || attempt === 10) return found;
    await page.waitForTimeout(100);
  }
}

const stickingOutNow = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const nameOf = (element: Element): string =>
      `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} “${element.textContent.trim().slice(0, 40)}”`;
    const seen = [...document.querySelectorAll('body *')].filter((element) =>
      element.checkVisibility({ visibilityProperty: true }),
    );
    const outside = seen.filter((element) => {
      if (!element.matches('button, input, select, label, legend, h1, h2, p, li, section')) return false;
      const { left, right, width } = element.getBoundingClientRect();
      return width > 1 && (left < -1 || right > innerWidth + 1);
    });
    const sideways = seen.filter(
      (element) =>
        ['auto', 'scroll'].includes(getComputedStyle(element).overflowY) &&
        element.scrollWidth > element.clientWidth + 1,
    );
    return [...outside, ...sideways].map(nameOf);
  });
