import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { isStale } from '../../demo/build.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'carillon-build-'));
  for (const file of ['main/deep/down/a.ts', 'preload/b.ts', 'renderer/c.vue']) write(file);
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) age(file, 2020);
  for (const file of outputs) {
    write(`out/${file}`);
    age(`out/${file}`, 2022);
  }
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const outputs = ['main/index.js', 'preload/index.cjs', 'renderer/index.html', 'renderer/call-window.html'];

function write(file: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), '');
}

function age(file: string, year: number): void {
  utimesSync(path.join(folder, file), new Date(year, 0), new Date(year, 0));
}

describe('the app is built anew', () => {
  test('not while the bundles are younger than all that they are made from', () => {
    expect(isStale(folder)).toBe(false);
  });

  test('when a file deep below was changed', () => {
    age('main/deep/down/a.ts', 2023);
    expect(isStale(folder)).toBe(true);
  });

  test('when a file was removed', () => {
    rmSync(path.join(folder, 'renderer/c.vue'));
    expect(isStale(folder)).toBe(true);
  });

  test.each(outputs)('when a build broke off before %s', (file) => {
    rmSync(path.join(folder, 'out', file));
    expect(isStale(folder)).toBe(true);
  });

  test('when a bundle is of an earlier build', () => {
    age('preload/b.ts', 2021);
    age('out/renderer/index.html', 2020);
    expect(isStale(folder)).toBe(true);
  });
});
