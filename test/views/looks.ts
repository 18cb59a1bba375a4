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
