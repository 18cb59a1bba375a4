/**
 * Every view as people with other eyes and hands meet it: axe in light and dark, right-to-left, letters twice as large,
 * and narrow windows. The way through the views is that of `npm run shots`.
 */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import { inTheme, sizes, smallest, stickingOut, type Theme, themes, withText } from '../views/looks.ts';
import { setStage } from '../views/stage.ts';
import { stations } from '../views/stations.ts';
import { expect, test } from './support/fixtures.ts';

/** @param theme of the first look all is asked; the second changes nothing but the colours. */
async function violations(page: Page, theme: Theme): Promise<readonly string[]> {
  // An open menu lies in the body, beside all landmarks, as in the patterns of ARIA's authoring practices.
  const hasMenu = (await page.getByRole('menu').count()) > 0;
  const axe = new AxeBuilder({ page }).setLegacyMode();
  if (theme === themes[0]) {
    axe.options({ rules: { region: { enabled: !hasMenu }, 'label-content-name-mismatch': { enabled: true } } });
  } else axe.withRules('color-contrast');
  const { violations: found } = await axe.analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
  );
}

test('every view: no axe violation in light and dark, nothing cut off right-to-left, with large letters or in German', async ({
  homeserver,
}, info) => {
  test.setTimeout(400_000);
  const stage = await setStage(homeserver, `-${info.testId}`);
  const faults: string[] = [];
  for (const { name, go, page } of stations) {
    // What was found so far says more than a way that is blocked.
    await go(stage).catch((error: unknown) => {
      throw new Error([`the way to ${name}: ${String(error)}`, ...faults].join('\n'));
    });
    const shown = (await page?.(stage)) ?? stage.anna.page;
    const add = (kind: string, found: readonly string[]): number =>
      faults.push(...found.map((fault) => `${name}, ${kind}: ${fault}`));
    for (const theme of themes) {
      await inTheme(stage.anna.page, shown, theme);
      add(theme, await violations(shown, theme));
    }
    if (page !== undefined) continue;
    for (const text of ['plain', 'right-to-left', 'large', 'german'] as const) {
      await withText(stage.anna.page, shown, text);
      for (const viewport of text === 'german' ? [smallest] : Object.values(sizes)) {
        await shown.setViewportSize(viewport);
        add(`${text}, ${String(viewport.width)} px wide`, await stickingOut(shown));
      }
    }
    await withText(stage.anna.page, shown, 'plain');
    await shown.setViewportSize(sizes.wide);
  }
  expect(faults).toEqual([]);
  await stage.close();
});
