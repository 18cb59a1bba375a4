import path from 'node:path';

import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

const root = import.meta.dirname;
/** ms. Bounds for what hangs, not measures: a slow machine with other work may take several times as long as a quick one. */
const testTimeout = 30_000;
// Plain Node resolves `electron` to a downloader: tests outside the app get a stub.
const alias = { electron: path.join(root, 'test/unit/electron.ts') };

export default defineConfig({
  test: {
    // Vitest leaves one processor to watch with, which a machine of two misses.
    maxWorkers: '100%',
    coverage: {
      provider: 'v8',
      include: ['main/**/*.ts', 'preload/**/*.ts', 'renderer/**/*.{ts,vue}'],
      exclude: ['**/*.d.ts'],
      reporter: ['text', 'json-summary'],
    },
    projects: [
      {
        test: { name: 'unit', include: ['test/unit/**/*.test.ts'], environment: 'node', testTimeout },
        resolve: { alias },
      },
      { test: { name: 'scenario', include: ['test/scenario/**/*.test.ts'], environment: 'node', testTimeout } },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          environment: 'node',
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 20_000 } },
        },
        resolve: { alias },
      },
      {
        plugins: [vue()],
        test: {
          name: 'component',
          include: ['test/component/**/*.test.ts'],
          environment: 'happy-dom',
          testTimeout,
        },
      },
    ],
  },
});
