import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { makeFolder } from '../../homeserver/folder.ts';

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(path.join(tmpdir(), 'carillon-folders-'));
});
afterEach(() => {
  rmSync(parent, { recursive: true, force: true });
});

test('folders of processes that are gone are removed, all others stay', () => {
  // Above the kernel's highest possible process id.
  const orphan = path.join(parent, 'carillon-homeserver-4194999-abc');
  const stranger = path.join(parent, 'homeserver-4194999-abc');
  mkdirSync(path.join(orphan, 'media'), { recursive: true });
  mkdirSync(stranger);

  const ours = makeFolder('homeserver', parent);
  const second = makeFolder('homeserver', parent);
  expect([orphan, stranger, ours, second].map((folder) => existsSync(folder))).toEqual([false, true, true, true]);
  expect(second).not.toBe(ours);
});
