/** Whether a page can be used by everybody, as far as a machine can tell: axe-core with the rules of WCAG 2.2 A and AA. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** @throws with what is wrong, and where. @param what names the state of the page. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  // Colours that are on their way to others are not yet what they will be.
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)));
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode() // the other mode opens a page, which an app cannot
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
  expect(found, what).toEqual([]);
}
