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

/** What the words may look like: as they are, from right to left, twice as large, or longer in less room. */
export const texts = {
  plain: { language: 'system', direction: 'ltr', letters: '' },
  'right-to-left': { language: 'system', direction: 'rtl', letters: '' },
  large: { language: 'system', direction: 'ltr', letters: '200%' },
  german: { language: 'de', direction: 'ltr', letters: '' },
} as const;

/** The smallest window that everything has to fit into: half of a small screen, or a telephone. px */
export const smallest = { width: 360, height: 760 } as const;

/** Sets language, direction and size of letters, as another desktop would. @param main see {@link inTheme}. */
export async function withText(main: Page, shown: Page, text: keyof typeof texts): Promise<void> {
  const { language, direction, letters } = texts[text];
  await main.evaluate((wanted) => window.carillon.invoke('settings:change', { language: wanted }), language);
  const lang = language === 'system' ? 'en' : language;
  await shown.waitForFunction((wanted) => document.documentElement.lang === wanted, lang);
  await shown.evaluate(
    ([dir, fontSize]) => {
      document.documentElement.dir = dir;
      document.documentElement.style.fontSize = fontSize;
    },
    [direction, letters] as const,
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
