import { defineConfig } from '@playwright/test';
import { electronExecutable } from './test/electron-host/executable.ts';

// Before a worker asks the `electron` package for its executable.
Object.assign(process.env, electronExecutable().env);

export default defineConfig({
  outputDir: 'out/test-results',
  reporter: 'list',
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  // Two apps in a video call fill two cores: heavy specs run serially in one file each.
  workers: 2,
  // Bounds for what hangs, not measures: a slow machine with other work may take several times as long as a quick one.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  projects: [
    { name: 'e2e', testDir: 'test/e2e', teardown: 'call events' },
    { name: 'interop', testDir: 'test/interop', teardown: 'call events' },
    { name: 'call events', testDir: 'test/spec', testMatch: 'count.teardown.ts' },
  ],
});
