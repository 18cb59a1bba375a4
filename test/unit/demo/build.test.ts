import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { newestChange } from '../../demo/build.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'carillon-build-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('the newest change may be deep below, or the folder itself from which a file was removed', () => {
  const deep = path.join(folder, 'a/b');
  const file = path.join(deep, 'c.ts');
  mkdirSync(deep, { recursive: true });
  writeFileSync(file, '');
  const old = new Date(2020, 0, 1);
  for (const name of [file, deep, path.dirname(deep), folder]) utimesSync(name, old, old);
  expect(newestChange(folder)).toBe(old.getTime());

  const edited = new Date(2021, 0, 1);
  utimesSync(file, edited, edited);
  expect(newestChange(folder)).toBe(edited.getTime());

  rmSync(file);
  expect(newestChange(folder)).toBeGreaterThan(edited.getTime());
});
