/** What people get: the packed program, looked into, and started away from this repository. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { extractAll, listPackage } from '@electron/asar';

import { root, runProgram } from '../demo/program.ts';
import { electronExecutable } from '../electron-host/executable.ts';
import { fuseSentinel } from '../package/stand-in-folder.ts';
import { expect, test } from './support/fixtures.ts';
import { startPhone } from './support/phone.ts';

const unpacked = path.join(root, 'dist/linux-unpacked');
const archive = path.join(unpacked, 'resources/app.asar');

const needed = [
  '/package.json',
  '/assets/icon.png',
  '/out/main/index.js',
  '/out/preload/index.cjs',
  '/out/renderer/index.html',
  '/node_modules/matrix-js-sdk/lib/index.js',
  '/node_modules/@matrix-org/matrix-sdk-crypto-wasm/pkg/matrix_sdk_crypto_wasm_bg.wasm',
  '/node_modules/fake-indexeddb/package.json',
];
/** Beside these nothing of ours is in it. */
const ours = /^\/(assets|out(\/(main|preload|renderer))?|node_modules)(\/|$)|^\/package\.json$/;
/** Sources, maps, and what only builds or tests. */
const foreign =
  /\.(map|vue|tsx?|mts|cts)$|^\/node_modules\/(node-(linux|win)-|electron(-|\/|$)|vue(\/|$)|vitest|@playwright)/;

/** What Electron may and may not do with this program, in the order of its fuse wire. */
const fuses = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
};

/** A binary carries its fuses behind a sentinel: a version, a number, and so many states. */
function fusesOf(binary: Buffer): Readonly<Record<string, boolean>> {
  const at = binary.indexOf(fuseSentinel) + fuseSentinel.length + 2;
  return Object.fromEntries(Object.keys(fuses).map((name, index) => [name, binary[at + index] === 0x31]));
}

test('the packed program holds what it needs and nothing else, starts anywhere, and signs in', async ({
  homeserver,
  people,
}) => {
  test.setTimeout(180_000);
  const run = await runProgram('npm', ['run', 'package', '--', '--dir'], { timeout: 150_000 });
  expect(run.output).toContain(
    electronExecutable().kind === 'electron' ? 'package: with Electron' : 'the stand-in is packed in its place',
  );
  expect(run.code, run.output).toBe(0);

  const files = listPackage(archive, { isPack: false });
  expect(needed.filter((file) => !files.includes(file))).toEqual([]);
  expect(files.filter((file) => !ours.test(file) || foreign.test(file))).toEqual([]);
  expect(files.filter((file) => /^\/(test|main|preload|renderer)(\/|$)/.test(file))).toEqual([]);
  expect(statSync(archive).size).toBeLessThan(20 * 1024 * 1024);
  // No feed: the program asks nobody for updates.
  expect(() => statSync(path.join(unpacked, 'resources/app-update.yml'))).toThrow();

  expect(fusesOf(readFileSync(path.join(unpacked, 'carillon')))).toEqual(fuses);

  // Outside the repository no stray node_modules can help it.
  const folder = mkdtempSync(path.join(os.tmpdir(), 'carillon-package-'));
  try {
    extractAll(archive, folder);
    const alice = await startPhone(homeserver, people.alice, { appPath: folder });
    await expect(alice.page.getByRole('button', { name: 'Call Bob', exact: true }).first()).toBeVisible();
    expect(await alice.main(({ app }) => app.getVersion())).toMatch(/^\d+\.\d+\.\d+$/);
    await alice.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
