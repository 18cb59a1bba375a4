/** A TURN server on loopback, as a child of ours, whose credentials the homeserver derives from a shared secret. */
import { randomBytes } from 'node:crypto';
import { createConnection } from 'node:net';
import path from 'node:path';

import { type Child, startChild } from './child.ts';
import { freePort } from './ports.ts';
import { until } from './until.ts';

export interface Coturn {
  readonly uris: readonly string[];
  readonly secret: string;
  readonly child: Child;
}

/** @throws when coturn is not installed or does not come up, with the end of its log. */
export async function startCoturn(folder: string): Promise<Coturn> {
  const secret = randomBytes(16).toString('hex');
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const child = await startChild({
      path: 'turnserver',
      args: coturnArguments(port, secret, folder),
      folder,
      logFile: path.join(folder, 'coturn.log'),
    });
    const listening = await until('coturn', 10_000, async () => {
      if (!child.running()) return false;
      return (await accepts(port)) ? true : undefined;
    });
    if (listening) {
      const uris = ['udp', 'tcp'].map((transport) => `turn:127.0.0.1:${port}?transport=${transport}`);
      return { uris, secret, child };
    }
    if (attempt === 3)
      throw new Error(`coturn ended: ${child.lastWords()}\nIf it is not installed, run test/setup/setup.`);
  }
}

/** Names: turnserver(1). */
function coturnArguments(port: number, secret: string, folder: string): string[] {
  return [
    '-n', // no configuration file
    '--no-cli',
    '--log-file=stdout',
    '--simple-log',
    '--listening-ip=127.0.0.1',
    '--relay-ip=127.0.0.1',
    `--listening-port=${port}`,
    '--min-port=49152',
    '--max-port=65535',
    '--use-auth-secret',
    `--static-auth-secret=${secret}`,
    '--realm=carillon.test',
    '--fingerprint',
    '--no-tls',
    '--no-dtls',
    '--allow-loopback-peers',
    '--no-multicast-peers',
    `--pidfile=${folder}/coturn.pid`,
    `--userdb=${folder}/coturn.db`,
  ];
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}
