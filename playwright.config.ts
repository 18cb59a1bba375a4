import { defineConfig } from '@playwright/test';
import { electronExecutable } from './test/electron-host/executable.ts';

// Before a worker asks the `electron` package for its executable.
Object.assign(process.env, electronExecutable().env);

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'out/test-results',
  reporter: 'list',
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  // Two apps in a video call fill two cores: heavy specs run serially in one file each.
  workers: 2,
  timeout: 60_000,
});
