/**
 * A folder in the shape of Electron's distribution whose executable is the stand-in, so that electron-builder packs where
 * Electron's binary cannot be had.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { root } from '../demo/program.ts';

/** What @electron/fuses looks for in a binary; then come the wire's version, the number of fuses, and their states. */
export const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** As Electron 45 ships them: `1` on, `0` off. */
const fuses = '101100010';

/** The stand-in reads no archives: the executable unpacks its own, for as long as it runs. */
const launcher = `#!/bin/sh
# Electron's binary was not there when this was packed: it starts the stand-in of the repository that it was built in.
here=$(CDPATH= cd -- "$(dirname -- "$(readlink -f -- "$0")")" && pwd)
app=$(mktemp -d) || exit 1
trap 'rm -rf "$app"' EXIT
PATH='${root}/node_modules/.bin':$PATH asar extract "$here/resources/app.asar" "$app" || exit 1
'${root}/test/electron-host/bin/electron' "$@" "$app" &
child=$!
trap 'kill -TERM $child' TERM INT
wait $child
exit $?
# `;

export function writeStandInFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, 'locales'), { recursive: true });
  mkdirSync(path.join(folder, 'resources'));
  for (const locale of ['en-US', 'de', 'fr']) writeFileSync(path.join(folder, `locales/${locale}.pak`), '');
  writeFileSync(path.join(folder, 'LICENSE'), '');
  writeFileSync(path.join(folder, 'version'), '0.0.0');
  const wire = Buffer.concat([Buffer.from(fuseSentinel), Buffer.from([1, fuses.length]), Buffer.from(`${fuses}\n`)]);
  writeFileSync(path.join(folder, 'electron'), Buffer.concat([Buffer.from(launcher), wire]), { mode: 0o755 });
}
