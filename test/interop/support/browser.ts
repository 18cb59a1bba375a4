/** A plain Chromium for a far end, with a tone of its own for a microphone and a test picture for a camera. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { type Browser, chromium, type Page } from '@playwright/test';

import { toneSwitches } from '../../e2e/support/tones.ts';
import { findChromium } from '../../electron-host/chromium.ts';

export interface FarBrowser {
  /** A page with devices, as another person's or another device's. */
  readonly open: (url: string) => Promise<Page>;
  readonly close: () => Promise<void>;
}

/** @param hz the tone of everything in this browser. */
export async function startBrowser(hz: number): Promise<FarBrowser> {
  const folder = mkdtempSync(path.join(tmpdir(), 'carillon-far-end-'));
  const browser: Browser = await chromium.launch({
    executablePath: findChromium(process.env),
    args: [
      ...toneSwitches(folder, hz),
      '--use-fake-ui-for-media-stream',
      '--autoplay-policy=no-user-gesture-required',
      // Without a network beyond loopback, ICE would find no candidate and gathering would never end.
      '--allow-loopback-in-peer-connection',
    ],
  });
  return {
    open: async (url) => {
      const page = await browser.newPage();
      await page.goto(url);
      return page;
    },
    close: async () => {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
