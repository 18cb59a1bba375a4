/** The homeserver that everything else is tested against: that it is real, obedient, and gone when it should be. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type Homeserver, startHomeserver } from '../homeserver/homeserver.ts';
import { until } from '../homeserver/until.ts';

const client = '/_matrix/client/v3';

/** Whether anything takes connections there. */
const answers = (baseUrl: string): Promise<boolean> =>
  fetch(`${baseUrl}/health`).then(
    (response) => response.ok,
    () => false,
  );

describe('homeserver', () => {
  let homeserver: Homeserver;
  beforeAll(async () => {
    homeserver = await startHomeserver();
  });
  afterAll(() => homeserver.stop());

  test('a person signs in with the password, on another device each time', async () => {
    const registered = await homeserver.register('carol', 'right', 'Carol');
    const again = await homeserver.login('carol', 'right');
    expect(again.userId).toBe('@carol:carillon.test');
    expect(again.deviceId).not.toBe(registered.deviceId);
    await expect(homeserver.login('carol', 'wrong')).rejects.toThrow('M_FORBIDDEN');
  });

  test('people are found by their name', async () => {
    const dan = await homeserver.register('dan', 'secret', 'Dan Dare');
    await homeserver.register('erin', 'secret', 'Erin');
    const found = await homeserver.request(dan.accessToken, 'POST', `${client}/user_directory/search`, {
      search_term: 'eri',
    });
    expect(found.body.results).toMatchObject([{ user_id: '@erin:carillon.test', display_name: 'Erin' }]);
  });

  test('a direct room is joined and known to both, and what is sent can be read in order', async () => {
    const [alice, bob] = await Promise.all([
      homeserver.register('alice', 'secret'),
      homeserver.register('bob', 'secret'),
    ]);
    const first = await homeserver.directRoom(alice, bob);
    const second = await homeserver.directRoom(alice, bob, { encrypted: true });
    for (const [me, other] of [
      [alice, bob],
      [bob, alice],
    ] as const) {
      const direct = `${client}/user/${encodeURIComponent(me.userId)}/account_data/m.direct`;
      const known = await homeserver.request(me.accessToken, 'GET', direct);
      expect(known.body).toEqual({ [other.userId]: [first, second] });
    }
    expect(homeserver.sentEvents({ roomId: first, type: 'm.room.encryption' })).toHaveLength(0);
    expect(homeserver.sentEvents({ roomId: second, type: 'm.room.encryption' })).toHaveLength(1);

    for (const [index, user] of [alice, bob].entries()) {
      const send = `${client}/rooms/${encodeURIComponent(first)}/send/m.call.hangup/t${index}`;
      await homeserver.request(user.accessToken, 'PUT', send, { call_id: `c${index}` });
    }
    expect(homeserver.sentEvents({ roomId: first, type: 'm.call.hangup' })).toMatchObject([
      { sender: alice.userId, content: { call_id: 'c0' }, stateKey: null },
      { sender: bob.userId, content: { call_id: 'c1' }, stateKey: null },
    ]);
  });

  test('hands out TURN credentials and names itself for discovery', async () => {
    const user = await homeserver.register('frank', 'secret');
    const turn = await homeserver.request(user.accessToken, 'GET', `${client}/voip/turnServer`);
    expect(turn.body.uris).toEqual(homeserver.turn);
    const wellKnown = await homeserver.request(null, 'GET', '/.well-known/matrix/client');
    expect(wellKnown.body['m.homeserver']).toEqual({ base_url: `${homeserver.baseUrl}/` });
  });

  test('paused it is silent, stopped it refuses, and both come back with everything it knew', async () => {
    const user = await homeserver.register('grace', 'secret');
    const whoAmI = () => homeserver.request(user.accessToken, 'GET', `${client}/account/whoami`);

    homeserver.pause();
    let answered = false;
    const waiting = whoAmI().then((answer) => {
      answered = true;
      return answer;
    });
    // A second server answers meanwhile: long enough for this one to have done so.
    const other = await startHomeserver({ turn: false });
    expect(answered).toBe(false);
    await other.stop();
    homeserver.resume();
    expect((await waiting).body.user_id).toBe(user.userId);

    await homeserver.stopServer();
    expect(await answers(homeserver.baseUrl)).toBe(false);
    expect(homeserver.sentEvents()).not.toHaveLength(0);
    await homeserver.startServer();
    expect((await whoAmI()).body.user_id).toBe(user.userId);
  });
});

test('with rate limits, repeated sign-ins are told when to come back', async () => {
  const homeserver = await startHomeserver({ rateLimits: true, turn: false });
  try {
    const attempt = () =>
      homeserver.request(null, 'POST', `${client}/login`, {
        type: 'm.login.password',
        identifier: { type: 'm.id.user', user: 'nobody' },
        password: 'x',
      });
    const limited = await until('a 429', 20_000, async () => {
      const answer = await attempt();
      return answer.status === 429 ? answer : undefined;
    });
    expect(limited.body).toMatchObject({ errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: expect.any(Number) as number });
  } finally {
    await homeserver.stop();
  }
});

test('without coturn no TURN servers are handed out', async () => {
  const homeserver = await startHomeserver({ turn: false });
  try {
    const user = await homeserver.register('heidi', 'secret');
    const turn = await homeserver.request(user.accessToken, 'GET', `${client}/voip/turnServer`);
    expect(homeserver.turn).toBeNull();
    expect(turn.body.uris ?? []).toEqual([]);
  } finally {
    await homeserver.stop();
  }
});

test.each(['SIGTERM', 'SIGKILL'] as const)(
  'npm run homeserver ends with everything it started on %s',
  async (signal) => {
    const command = spawn(process.execPath, [path.join(import.meta.dirname, '../homeserver/command.ts')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface(command.stdout);
    const [line] = (await once(lines, 'line')) as [string];
    const { baseUrl, turn } = JSON.parse(line) as { baseUrl: string; turn: string[] };
    expect(turn).toHaveLength(2);
    expect(await answers(baseUrl)).toBe(true);

    const exited = once(command, 'exit');
    command.kill(signal);
    await exited;
    await until('Synapse to be gone', 20_000, async () => ((await answers(baseUrl)) ? undefined : true));
  },
);
