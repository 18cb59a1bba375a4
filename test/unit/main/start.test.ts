import { readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from 'vitest';

const main = path.join(import.meta.dirname, '../../../main');

/** What a file needs before its first line runs: neither types nor what it imports later, when it comes to that. */
function importsOf(file: string): readonly string[] {
  const statements = readFileSync(file, 'utf8').matchAll(
    /^(?:import|export) (?!type )(?:([^;']*?) from )?'([^']+)';/gm,
  );
  return [...statements].flatMap(([, names = '', from = '']) => {
    const onlyTypes =
      /^\{[^}]*\}$/.test(names) &&
      names
        .slice(1, -1)
        .split(',')
        .every((name) => /^\s*(type .*)?$/.test(name));
    return onlyTypes ? [] : [from];
  });
}

/** Packages, by the names under which they are imported. */
function packagesOf(entry: string): ReadonlySet<string> {
  const packages = new Set<string>();
  const files = new Set([entry]);
  for (const file of files) {
    for (const from of importsOf(file)) {
      if (from.startsWith('.')) files.add(`${path.join(path.dirname(file), from)}.ts`);
      else packages.add(from);
    }
  }
  return packages;
}

it('needs nothing of the SDK for the window but some of its small modules', () => {
  const small = /\/http-api\/(errors|method)\.js$/;
  const needed = [...packagesOf(path.join(main, 'index.ts'))];
  expect(needed).toContain('electron');
  expect(needed.filter((name) => /^(@matrix-org|matrix-)/.test(name) && !small.test(name))).toEqual([]);
  expect([...packagesOf(path.join(main, 'account/life.ts'))]).toContain('matrix-js-sdk');
});
