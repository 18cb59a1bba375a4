/** Looks for secrets wherever a running app may have left them: its files, what it wrote, the memory of its page. */
import fs from 'node:fs';
import path from 'node:path';

import type { LaunchedCarillon } from './launch.ts';

/** Where one of `secrets` was found: files, `output`, `page`. Each is told as text and as base64 would hide it. */
export async function placesOf(secrets: readonly string[], carillon: LaunchedCarillon): Promise<readonly string[]> {
  const sought = secrets.flatMap((secret) => [secret, ...asBase64(secret)]).map((text) => Buffer.from(text));
  const holds = (content: Buffer): boolean => sought.some((text) => content.includes(text));
  const files = fs
    .readdirSync(carillon.profile, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => holds(readIfThere(file)));
  return [
    ...files,
    ...(holds(Buffer.from(carillon.output())) ? ['output'] : []),
    ...(holds(await memoryOf(carillon)) ? ['page'] : []),
  ];
}

/** The part of a text that base64 shows wherever the text begins in what was encoded; nothing of a short one. */
function asBase64(text: string): string[] {
  return [0, 1, 2]
    .map((offset) => {
      const encoded = Buffer.from('\0'.repeat(offset) + text).toString('base64');
      return encoded.slice(4, 4 * Math.floor((offset + text.length) / 3));
    })
    .filter((part) => part.length >= 8);
}

/** The browser's caches come and go. */
function readIfThere(file: string): Buffer {
  try {
    return fs.readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}

/** All strings and objects of the page, as JSON. */
async function memoryOf({ page }: LaunchedCarillon): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return Buffer.from(chunks.join(''));
}

/**
 * What the vault seals for an account: its token, and the key of its store as it stands there and as bytes in hex.
 * Unsealed in the app itself: nobody else has the keyring.
 */
export async function sealedSecrets(carillon: Pick<LaunchedCarillon, 'profile' | 'main'>): Promise<readonly string[]> {
  const vault = JSON.parse(fs.readFileSync(path.join(carillon.profile, 'accounts.json'), 'utf8')) as VaultFile;
  const texts = vault.accounts.flatMap(({ secret, storeKey }) => [secret.text, storeKey.text]);
  const unsealed = await carillon.main(
    ({ safeStorage }, sealed) =>
      Promise.all(
        sealed.map(async (text) => (await safeStorage.decryptStringAsync(Buffer.from(text, 'base64'))).result),
      ),
    texts,
  );
  return unsealed.flatMap((text) => {
    if (text.startsWith('{')) return [(JSON.parse(text) as { token: string }).token];
    return [text, Buffer.from(text, 'base64').toString('hex')];
  });
}

interface VaultFile {
  readonly accounts: readonly {
    readonly secret: { readonly text: string };
    readonly storeKey: { readonly text: string };
  }[];
}
