/**
 * `npm run shots`: a picture of every view in light and dark, wide and narrow, taken on the running program with real
 * calls, into `out/shots`. With names after `--`, only of the views so called; with `--others`, in the looks that the walk of
 * `test/e2e/accessible.spec.ts` measures: right-to-left, letters twice as large, and German in the smallest window.
 */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';

import type { Page } from '@playwright/test';

import { buildIfStale } from '../demo/build.ts';
import { chooseElectron } from '../demo/choose-electron.ts';
import { root } from '../demo/program.ts';
import { playSteps } from '../demo/steps.ts';
import { makeFolder } from '../homeserver/folder.ts';
import { startHomeserver } from '../homeserver/homeserver.ts';
import { inTheme, sizes, smallest, themes, withText } from './looks.ts';
import { setStage } from './stage.ts';
import { stations } from './stations.ts';

const say = (line: string): void => {
  console.log(`shots: ${line}`);
};
const folder = path.join(root, 'out/shots');
const inOtherLooks = process.argv.includes('--others');
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'));

await buildIfStale(say);
const electron = await chooseElectron(say);
Object.assign(process.env, electron.env);
say(electron.words);
const scratch = makeFolder('demo');
process.env.TMPDIR = scratch;
const homeserver = await startHomeserver();
const stage = await setStage(homeserver);
if (wanted.length === 0) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

async function takeOthers(shown: Page, name: string): Promise<void> {
  const looks = { 'right-to-left': sizes.wide, large: sizes.wide, german: smallest } as const;
  const isMain = shown === stage.anna.page;
  for (const text of ['right-to-left', 'large', 'german'] as const) {
    await withText(stage.anna.page, shown, text);
    if (isMain) await shown.setViewportSize(looks[text]);
    await shown.screenshot({ path: path.join(folder, `${name}-${text}.png`) });
  }
  await withText(stage.anna.page, shown, 'plain');
  if (isMain) await shown.setViewportSize(sizes.wide);
}

const steps = stations.map(({ name, go, page }, index) => ({
  name,
  run: async () => {
    await go(stage);
    return undefined;
  },
  after: async () => {
    if (wanted.length > 0 && !wanted.includes(name)) return;
    const shown = (await page?.(stage)) ?? stage.anna.page;
    const number = String(index + 1).padStart(2, '0');
    if (inOtherLooks) {
      await takeOthers(shown, `${number}-${name}`);
      return;
    }
    for (const theme of themes) {
      await inTheme(stage.anna.page, shown, theme);
      if (page !== undefined) {
        await shown.screenshot({ path: path.join(folder, `${number}-${name}-${theme}.png`) });
        continue;
      }
      for (const [size, viewport] of Object.entries(sizes)) {
        await shown.setViewportSize(viewport);
        await shown.screenshot({ path: path.join(folder, `${number}-${name}-${size}-${theme}.png`) });
      }
      await shown.setViewportSize(sizes.wide);
    }
  },
}));
const ok = await playSteps(steps, { say, now: () => performance.now() });
if (!ok) await stage.anna.page.screenshot({ path: path.join(folder, 'failure.png') });
await stage.close();
await homeserver.stop();
rmSync(scratch, { recursive: true, force: true });
say(`pictures of ${String(stations.length)} views are in ${path.relative(root, folder)}`);
process.exit(ok ? 0 : 1);
