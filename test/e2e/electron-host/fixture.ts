/** Starts the fixture app; every test has its own instance, which is closed after it. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test as base } from '@playwright/test';
import { buildFixture } from '../../electron-host/fixture/build.ts';
import type { Fixture } from '../../electron-host/fixture/preload.ts';
import { launchCarillon, type LaunchedCarillon, type LaunchOptions } from '../support/launch.ts';

declare global {
  interface Window {
    /** What the fixture's preload exposes. */
    readonly fixture: Fixture;
  }
}

interface TestFixtures {
  readonly start: (options?: LaunchOptions) => Promise<LaunchedCarillon>;
  readonly running: LaunchedCarillon;
}

export const test = base.extend<TestFixtures, { readonly appPath: string }>({
  appPath: [
    async ({}, use) => {
      const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'carillon-fixture-'));
      await use(buildFixture(folder));
      fs.rmSync(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],
  start: async ({ appPath }, use) => {
    const started: LaunchedCarillon[] = [];
    await use(async (options = {}) => {
      const launched = await launchCarillon({ appPath, ...options });
      started.push(launched);
      return launched;
    });
    for (const launched of started) await launched.close();
  },
  running: async ({ start }, use) => {
    await use(await start());
  },
});

/** What main has noted. */
export function eventsOf({ page }: LaunchedCarillon): Promise<string[]> {
  return page.evaluate(() => window.fixture.invoke('events') as Promise<string[]>);
}

export { expect } from '@playwright/test';
