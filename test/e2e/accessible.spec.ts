/**
 * Every view as people with other eyes and hands meet it: axe in light and dark, right-to-left, letters twice as large,
 * and narrow windows. The way through the views is that of `npm run shots`.
 */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import { inTheme, sizes, stickingOut, themes } from '../views/looks.ts';
import { setStage } from '../views/stage.ts';
import { stations } from '../views/stations.ts';
import { expect, test } from './support/fixtures.ts';

async function violations(page: Page): Promise<readonly string[]> {
  // An open menu lies in the body, beside all landmarks, as in the patterns of ARIA's authoring practices.
  const hasMenu = (await page.getByRole('menu').count()) > 0;
  const { violations: found } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ rules: { region: { enabled: !hasMenu } } })
    .analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
  );
}

/** Sets the direction and the size of letters, as an Arabic desktop or one with large text would. */
const setText = (page: Page, direction: 'ltr' | 'rtl', size: string): Promise<void> =>
  page.evaluate(
    ([dir, fontSize]) => {
      document.documentElement.dir = dir;
      document.documentElement.style.fontSize = fontSize;
    },
    [direction, size] as const,
  );

test('every view: no axe violation in light and dark, nothing cut off right-to-left or with large letters', async ({
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
      add(theme, await violations(shown));
    }
    if (page !== undefined) continue;
    for (const [size, viewport] of Object.entries(sizes)) {
      await shown.setViewportSize(viewport);
      add(size, await stickingOut(shown));
      await setText(shown, 'rtl', '');
      add(`${size}, right-to-left`, await stickingOut(shown));
      await setText(shown, 'ltr', '200%');
      add(`${size}, 200 %`, await stickingOut(shown));
      await setText(shown, 'ltr', '');
    }
    await shown.setViewportSize(sizes.wide);
  }
  expect(faults).toEqual([]);
  await stage.close();
});
