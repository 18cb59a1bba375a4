/**
 * kill -9 at random moments of a real client's life: starting, syncing, exchanging keys, sending, closing; and at exact
 * points of its commits. The homeserver is real and outlives the kills. KILL_ROUNDS sets the number of kills.
 *
 * The key backup is on, as in the program: it closes a gap of matrix-sdk-crypto, which saves a new Olm session before the
 * room key that came through it; killed in between, it cannot decrypt the message when it is delivered again.
 */
import { fork } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import type { MatrixClient } from 'matrix-js-sdk';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';

import { silenceSdk } from '../../../../main/matrix/client';
import type { TestUser } from '../../../homeserver/client';
import { type Homeserver, startHomeserver } from '../../../homeserver/homeserver';
import type { SentEvent } from '../../../homeserver/sent-events';
import { until } from '../../../homeserver/until';
import { scratch } from '../../../unit/main/store/scratch';
import { nodeArguments } from './child';
import { type KillPoint, phases } from './kill-points';
import { reusedIndexes } from './megolm-index';
import { setUpBackup, startPeer, visit } from './peers';
import type { Order, Plan, Report } from './phone-protocol';

const rounds = Number(process.env.KILL_ROUNDS ?? 12);
const PASSWORD = 'correct horse';

silenceSdk();
let homeserver: Homeserver;
beforeAll(async () => {
  homeserver = await startHomeserver({ turn: false });
});
afterAll(() => homeserver.stop());

/**
 * When a phone is killed: so many ms after a moment of its life, or at an exact point of a commit that follows it. `ready`:
 * what was kept is restored, and the first sync under way. `sent`: its first message has left.
 */
interface Death {
  readonly after: 'start' | 'ready' | 'sent' | 'order to close';
  readonly by: number | KillPoint;
}

function deathOf(round: number): Death {
  const phase = phases[(round >> 1) % phases.length] ?? 'begin';
  switch (round % 6) {
    case 0:
      return { after: 'sent', by: randomInt(0, 700) };
    case 1:
      return { after: 'sent', by: { phase, count: randomInt(1, 40) } };
    case 2:
      return { after: 'order to close', by: randomInt(0, 60) };
    case 3:
      return { after: 'start', by: randomInt(0, 500) };
    case 4:
      return { after: 'ready', by: randomInt(0, 700) };
    default:
      return { after: 'start', by: { phase, count: randomInt(1, 10) } };
  }
}

/** One phone through all its lives, and what was seen of it. */
class Phone {
  readonly problems: string[] = [];
  readonly decrypted = new Set<string>();
  readonly lost: string[] = [];
  readonly #base: Omit<Plan, 'life' | 'decrypted' | 'waiting'>;
  #identity: string | undefined;
  /** Loaded ahead, so that a life begins at once. */
  #next = this.#load();

  constructor(base: Omit<Plan, 'life' | 'decrypted' | 'waiting'>) {
    this.#base = base;
  }

  #load() {
    const child = fork(path.join(import.meta.dirname, 'phone.ts'), { execArgv: [...nodeArguments] });
    onTestFinished(() => void child.kill('SIGKILL'));
    const loaded = Promise.withResolvers<undefined>();
    const ready = Promise.withResolvers<undefined>();
    const sent = Promise.withResolvers<undefined>();
    child.on('message', (told: Report) => {
      if (told.kind === 'loaded') loaded.resolve(undefined);
      else if (told.kind === 'ready') ready.resolve(undefined);
      else if (told.kind === 'sent') sent.resolve(undefined);
      else this.#hear(told);
    });
    const ended = new Promise<string>((resolve) => {
      child.once('close', (code, signal) => resolve(signal ?? String(code)));
    });
    return { child, loaded: loaded.promise, ready: ready.promise, sent: sent.promise, ended };
  }

  #hear(told: Report): void {
    if (told.kind === 'decrypted') this.decrypted.add(told.eventId);
    if (told.kind === 'lost') this.lost.push(told.eventId);
    if (told.kind === 'problem') this.problems.push(told.what);
    if (told.kind !== 'identity') return;
    const identity = JSON.stringify(told.keys);
    this.#identity ??= identity;
    if (this.#identity !== identity) this.problems.push('the identity keys have changed');
  }

  /** One life, to its end or until it is killed. @returns the signal or the exit code that ended it. */
  async live(life: Plan['life'], death?: Death): Promise<string> {
    const { child, loaded, ready, sent, ended } = this.#next;
    await loaded;
    if (life !== 'drain') this.#next = this.#load();
    const order = (given: Order): void => {
      if (child.connected) child.send(given);
    };
    order({ plan: { ...this.#base, life, ...this.#memory(life), ...killOf(death) } });
    if (death?.after === 'ready') await Promise.race([ready, ended]);
    if (death?.after === 'sent') await Promise.race([sent, ended]);
    if (death?.after === 'order to close') {
      await Promise.race([sent.then(() => pause(randomInt(0, 500))), ended]);
      order('close');
    }
    const delay = typeof death?.by === 'number' ? death.by : 90_000;
    const timer = setTimeout(() => child.kill('SIGKILL'), delay);
    const how = await ended;
    clearTimeout(timer);
    return how;
  }

  /** What it could read in earlier lives, and at the end what it could not yet. */
  #memory(life: Plan['life']): Pick<Plan, 'decrypted' | 'waiting'> {
    const events = homeserver.sentEvents({ roomId: this.#base.roomId, type: 'm.room.encrypted' });
    const old = events.filter(({ eventId }) => this.decrypted.has(eventId));
    if (life !== 'drain') return { decrypted: old.slice(-30), waiting: [] };
    return { decrypted: old, waiting: events.filter(({ eventId }) => !this.decrypted.has(eventId)) };
  }
}

function killOf(death: Death | undefined): Pick<Plan, 'kill'> {
  if (death === undefined || typeof death.by === 'number') return {};
  return { kill: { ...death.by, from: death.after === 'start' ? 'start' : 'sent' } };
}

interface People {
  readonly bob: MatrixClient;
  readonly tablet: MatrixClient;
  readonly carol: TestUser;
  readonly phone: Phone;
  readonly roomId: string;
  readonly device: TestUser;
}

/** Alice has a phone and a tablet, Bob talks to her; their room changes its keys every three messages. */
async function people(): Promise<People> {
  const [alice, bob, carol] = await Promise.all(
    ['alice', 'bob', 'carol'].map((name) => homeserver.register(name, PASSWORD)),
  );
  if (!alice || !bob || !carol) throw new Error('unreachable');
  const roomId = await homeserver.directRoom(alice, bob, { encrypted: true });
  const room = `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}`;
  const encryption = { algorithm: 'm.megolm.v1.aes-sha2', rotation_period_msgs: 3 };
  await homeserver.request(alice.accessToken, 'PUT', `${room}/state/m.room.encryption/`, encryption);
  await homeserver.request(alice.accessToken, 'POST', `${room}/invite`, { user_id: carol.userId });
  await homeserver.request(carol.accessToken, 'POST', `${room}/join`, {});
  const tablet = await startPeer(homeserver.baseUrl, alice);
  const recoveryKey = Buffer.from(await setUpBackup(tablet)).toString('hex');
  const device = await homeserver.login('alice', PASSWORD);
  const phone = new Phone({
    folder: scratch(),
    storeKey: randomBytes(32).toString('hex'),
    recoveryKey,
    baseUrl: homeserver.baseUrl,
    user: device,
    roomId,
  });
  return { bob: await startPeer(homeserver.baseUrl, bob), tablet, carol, phone, roomId, device };
}

/** Until the returned function is called. */
function keepSending(client: MatrixClient, roomId: string): () => Promise<void> {
  const stop = new AbortController();
  const sending = (async () => {
    for (let n = 1; !stop.signal.aborted; n++) {
      await client.sendTextMessage(roomId, `bob ${n}`);
      await pause(60);
    }
  })();
  return () => {
    stop.abort();
    return sending;
  };
}

test(
  `${rounds} kills: the same device, signed in, with every key`,
  { timeout: 120_000 + 15_000 * rounds },
  async () => {
    const { bob, tablet, carol, phone, roomId, device } = await people();
    expect(await phone.live('setUp')).toBe('0');
    const encrypted = (): readonly SentEvent[] => homeserver.sentEvents({ roomId, type: 'm.room.encrypted' });

    for (let round = 0; round < rounds; round++) {
      const death = deathOf(round);
      const told = `round ${round}, ${JSON.stringify(death)}`;
      const stopSending = keepSending(bob, roomId);
      const visiting = visit(homeserver, carol, roomId, [device.userId, bob.getSafeUserId()]);
      const how = await phone.live('busy', death);
      await Promise.all([stopSending(), visiting]);
      expect(death.after === 'order to close' ? ['SIGKILL', '0'] : ['SIGKILL'], told).toContain(how);
      expect(phone.problems, told).toEqual([]);
      expect(phone.lost, told).toEqual([]);
      expect(reusedIndexes(encrypted()), told).toEqual([]);
    }

    expect(await phone.live('drain')).toBe('0');
    expect([phone.problems, phone.lost]).toEqual([[], []]);
    expect(encrypted().filter(({ sender }) => sender === device.userId).length).toBeGreaterThanOrEqual(rounds / 2);
    // What the phone said, others can read.
    const unread = (client: MatrixClient): unknown[] =>
      client
        .getRoom(roomId)
        ?.getLiveTimeline()
        .getEvents()
        .filter((event) => event.isDecryptionFailure()) ?? ['no room'];
    await until('both to read everything', 20_000, () =>
      Promise.resolve([bob, tablet].every((client) => unread(client).length === 0) ? true : undefined),
    );
    for (const client of [bob, tablet]) client.stopClient();
  },
);
