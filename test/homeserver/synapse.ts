/** Synapse from its venv in the cache folder (test/setup/setup puts it there), as a child of ours. */
import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { type Child, startChild } from './child.ts';
import { freePort } from './ports.ts';
import { synapseConfig, synapseLogConfig, type SynapseSettings } from './synapse-config.ts';
import { until } from './until.ts';

const version = '1.163.2';

export interface Synapse {
  readonly baseUrl: string;
  readonly database: string;
  readonly child: () => Child;
  /** Ends the process; the database stays. */
  readonly stop: () => Promise<void>;
  /** Starts it again on the same port and database. */
  readonly start: () => Promise<void>;
}

/**
 * @param configure makes what depends on the address, for each one that is tried.
 * @throws when Synapse is not installed or does not come up, with the end of its log.
 */
export async function startSynapse(
  options: Pick<SynapseSettings, 'serverName' | 'folder' | 'rateLimits' | 'turn'>,
  configure: (baseUrl: string) => Promise<Readonly<Record<string, unknown>>> = () => Promise.resolve({}),
): Promise<Synapse> {
  const python = synapsePython();
  writeFileSync(path.join(options.folder, 'log.yaml'), JSON.stringify(synapseLogConfig));
  const signingKey = randomBytes(32).toString('base64').replaceAll('=', '');
  const secret = randomBytes(16).toString('hex');

  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const more = await configure(addressOf(port));
    const config = synapseConfig({ ...options, port, signingKey, secret, more });
    writeFileSync(path.join(options.folder, 'homeserver.yaml'), JSON.stringify(config, null, 2), { mode: 0o600 });
    const started = await run(python, options.folder, port);
    if (typeof started !== 'string') return restartable(started, python, options.folder, port);
    // Somebody took the port between our look and Synapse's: the one failure that another attempt mends.
    if (attempt === 3 || !started.includes('Address already in use')) throw new Error(`Synapse ended: ${started}`);
  }
}

function synapsePython(): string {
  const cache = process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache');
  const venv = path.join(cache, 'carillon', `synapse-${version}`);
  if (!existsSync(path.join(venv, '.complete-oidc')))
    throw new Error(`Synapse is missing in ${venv}: run test/setup/setup.`);
  return path.join(venv, 'bin/python');
}

function restartable(first: Child, python: string, folder: string, port: number): Synapse {
  let child = first;
  return {
    baseUrl: addressOf(port),
    database: databaseFile(folder),
    child: () => child,
    stop: () => child.kill(),
    start: async () => {
      const started = await run(python, folder, port);
      if (typeof started === 'string') throw new Error(`Synapse ended: ${started}`);
      child = started;
    },
  };
}

/** The running child, or the last words of one that did not come up. */
async function run(python: string, folder: string, port: number): Promise<Child | string> {
  const child = await startChild({
    path: python,
    args: ['-m', 'synapse.app.homeserver', '--config-path', path.join(folder, 'homeserver.yaml')],
    folder,
    logFile: path.join(folder, 'synapse.log'),
  });
  const healthy = await until('Synapse', 60_000, async () => {
    if (!child.running()) return false;
    const ready = (await answers(`http://127.0.0.1:${port}/health`)) && isUpToDate(databaseFile(folder));
    return ready ? true : undefined;
  });
  return healthy ? child : child.lastWords();
}

const addressOf = (port: number): string => `http://127.0.0.1:${port}`;

const databaseFile = (folder: string): string => path.join(folder, 'homeserver.db');

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    (response) => response.ok,
    () => false,
  );

/** Only then is the user directory complete and stays so. */
function isUpToDate(file: string): boolean {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
  try {
    return database.prepare('SELECT 1 FROM background_updates LIMIT 1').get() === undefined;
  } finally {
    database.close();
  }
}
