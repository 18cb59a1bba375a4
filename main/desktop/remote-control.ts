/**
 * The command line of a running program: a second start hands its verb over a socket of this profile and ends with what
 * became of it. The socket lies in a folder that only this user can enter, under a name that only who can read the profile
 * knows; nothing listens on the network.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { UserId } from '../../preload/contract/ids';
import type { VerbFailure, VerbOutcome } from '../calls/call-commands';
import type { Log } from '../log';
import type { Verb } from './command-line';

const Request = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('call'), userId: UserId }),
  z.strictObject({ do: z.enum(['answer', 'decline', 'hold', 'hangUp']) }),
  z.strictObject({ do: z.literal('mute'), to: z.enum(['on', 'off', 'toggle']) }),
]);

/** Of the program that only passes a verb on. */
export const exitCodes = { done: 0, failed: 1, malformed: 2, notRunning: 3 } as const;

/** In the profile's folder: where the socket is. */
const addressFile = 'control';
/** Characters of a request or an answer. */
const longest = 2000;
/** ms for which an answer is waited for: longer than any verb may take. */
const patience = 20_000;

export interface RemoteControlEnv {
  /** The profile's folder. */
  readonly folder: string;
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly perform: (verb: Verb) => Promise<VerbOutcome>;
  readonly log: Log;
}

/** Listens until the returned function is called. Without a socket the program lives on; verbs then find none running. */
export function listenForVerbs(env: RemoteControlEnv): () => void {
  const file = path.join(env.folder, addressFile);
  const place = env.platform === 'win32' ? pipeName() : socketPlace(env);
  if (place === null) return () => undefined;
  const server = createServer((socket) => {
    serveOne(socket, env);
  });
  server.on('error', (error) => {
    env.log.failure('no command line verbs', error);
  });
  server.listen(place.address, () => {
    try {
      if (env.platform !== 'win32') chmodSync(place.address, 0o600);
      writeFileSync(file, place.address, { mode: 0o600 });
    } catch (error) {
      env.log.failure('no command line verbs', error);
    }
  });
  server.unref();
  return () => {
    server.close();
    rmSync(file, { force: true });
    place.remove();
  };
}

interface Place {
  readonly address: string;
  readonly remove: () => void;
}

/** A path within the profile could be longer than a socket's may be (104 bytes on macOS). */
function socketPlace({ environment, log }: RemoteControlEnv): Place | null {
  try {
    const folder = mkdtempSync(path.join(environment.XDG_RUNTIME_DIR ?? tmpdir(), 'carillon-'));
    const remove = (): void => rmSync(folder, { recursive: true, force: true });
    return { address: path.join(folder, 'control'), remove };
  } catch (error) {
    log.failure('no command line verbs', error);
    return null;
  }
}

const pipeName = (): Place => ({
  address: `\\\\.\\pipe\\carillon-${randomBytes(16).toString('hex')}`,
  remove: () => undefined,
});

function serveOne(socket: Socket, { perform, log }: RemoteControlEnv): void {
  socket.setTimeout(patience, () => socket.destroy());
  socket.on('error', () => socket.destroy());
  readLine(socket, (line) => {
    const request = parsed(line);
    if (request === null) {
      socket.destroy();
      return;
    }
    log.info('command line', { verb: request.do });
    void perform(request).then((outcome) => {
      socket.end(`${JSON.stringify(outcome)}\n`);
    });
  });
}

function parsed(line: string): Verb | null {
  try {
    return Request.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

/** `notRunning`: nobody listens, or whoever did died before an answer. */
export async function passOn(folder: string, verb: Verb): Promise<VerbOutcome | 'notRunning'> {
  let address: string;
  try {
    address = readFileSync(path.join(folder, addressFile), 'utf8');
  } catch {
    return 'notRunning';
  }
  return new Promise((resolve) => {
    const socket = connect(address);
    const fail = (): void => {
      socket.destroy();
      resolve('notRunning');
    };
    socket.setTimeout(patience, fail);
    socket.on('error', fail);
    socket.on('close', fail);
    readLine(socket, (line) => {
      const outcome = outcomeIn(line);
      if (outcome !== null) resolve(outcome);
      socket.destroy();
    });
    socket.write(`${JSON.stringify(verb)}\n`);
  });
}

/** The other end is a program of this user, but may be of another version. */
function outcomeIn(line: string): VerbOutcome | null {
  try {
    const { ok, reason } = JSON.parse(line) as { ok?: unknown; reason?: unknown };
    if (ok === true) return { ok };
    return {
      ok: false,
      reason: typeof reason === 'string' && reason in failureWords ? (reason as VerbFailure) : 'notDone',
    };
  } catch {
    return null;
  }
}

function readLine(socket: Socket, found: (line: string) => void): void {
  let text = '';
  let done = false;
  socket.setEncoding('utf8');
  socket.on('data', (data: string) => {
    if (done) return;
    text += data;
    const end = text.indexOf('\n');
    done = end !== -1 || text.length > longest;
    if (end !== -1) found(text.slice(0, end));
    else if (done) socket.destroy();
  });
}

/** For standard error; the person who types is the one who reads. */
export const failureWords: Readonly<Record<VerbFailure, string>> = {
  nothingRings: 'no call is ringing',
  notAnswered: 'the call could not be answered; open Carillon to see why',
  noCall: 'there is no call',
  notConnected: 'the call is not connected yet',
  notSignedIn: 'not signed in',
  unknownPerson: 'nobody with this Matrix ID is among your people; open Carillon and invite them first',
  cannotCall: 'this person cannot be called now; open Carillon to see why',
  alreadyInCall: 'there is a call with this person already',
  notDone: 'Carillon did not do it in time; open its window to see why',
};
