/** Folders for one test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { onTestFinished } from 'vitest';

/** Removed when the test ends. */
export function scratch(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'carillon-store-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
