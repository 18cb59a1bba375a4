/**
 * A bridge to an imaginary telephone network: an application service that Synapse runs with like with any other, and that
 * leads numbers to Matrix users through its third-party protocol. Spec: application service API, "Third-party networks".
 */
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

import { requestTo } from './client.ts';

export interface BridgeEvent {
  readonly type: string;
  readonly room_id: string;
  readonly sender: string;
  readonly state_key?: string;
  readonly content: Readonly<Record<string, unknown>>;
}

export interface TelephoneBridge {
  /** For homeserver.yaml. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Numbers that lead to people of the homeserver. Any other that begins with +49 leads to a user of the bridge's own. */
  readonly book: Map<string, string>;
  /** What the homeserver told it, in order. */
  readonly events: readonly BridgeEvent[];
  /** What it was asked for, as `PROTOCOL NUMBER`. */
  readonly lookups: readonly string[];
  /** False: its users do not follow invitations any more. */
  joins: boolean;
  readonly stop: () => Promise<void>;
}

/**
 * @param folder for its registration.
 * @param protocol under which it is known; both names are in use.
 */
export async function startTelephoneBridge(
  baseUrl: string,
  folder: string,
  protocol: 'm.protocol.pstn' | 'im.vector.protocol.pstn' = 'm.protocol.pstn',
): Promise<TelephoneBridge> {
  const tokens = { as_token: randomBytes(16).toString('hex'), hs_token: randomBytes(16).toString('hex') };
  const homeserver = requestTo(baseUrl);
  const events: BridgeEvent[] = [];
  const lookups: string[] = [];
  const done = new Set<string>();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://bridge');
    if (request.headers.authorization !== `Bearer ${tokens.hs_token}`) {
      send(response, 403, {});
      return;
    }
    const [, what = '', name = ''] = /^\/_matrix\/app\/v1\/(\w+(?:\/protocol|\/user)?)\/(.*)$/.exec(pathname) ?? [];
    if (what === 'transactions') {
      const { events: told } = JSON.parse(await bodyOf(request)) as { readonly events: readonly BridgeEvent[] };
      send(response, 200, {});
      if (!done.has(name)) await take(told);
      done.add(name);
    } else if (what === 'thirdparty/protocol' && name === protocol) {
      send(response, 200, {
        user_fields: ['m.id.phone'],
        location_fields: [],
        icon: '',
        field_types: {},
        instances: [],
      });
    } else if (what === 'thirdparty/user' && name === protocol) {
      const number = searchParams.get('m.id.phone') ?? '';
      lookups.push(`${name} ${number}`);
      const userid = await userOf(number);
      send(response, 200, userid === null ? [] : [{ userid, protocol, fields: {} }]);
    } else send(response, 404, {});
  }

  async function userOf(number: string): Promise<string | null> {
    const known = bridge.book.get(number);
    if (known !== undefined || !number.startsWith('+49')) return known ?? null;
    const localpart = `_tel_${number.slice(1)}`;
    const registration = { type: 'm.login.application_service', username: localpart };
    await homeserver(tokens.as_token, 'POST', '/_matrix/client/v3/register', registration);
    const userId = `@${localpart}:${bridge.serverName}`;
    const profile = `/_matrix/client/v3/profile/${encodeURIComponent(userId)}/displayname`;
    await homeserver(tokens.as_token, 'PUT', `${profile}?user_id=${encodeURIComponent(userId)}`, {
      displayname: number,
    });
    return userId;
  }

  async function take(told: readonly BridgeEvent[]): Promise<void> {
    for (const event of told) {
      const { type, room_id: roomId, state_key: user, content } = event;
      events.push(event);
      if (!bridge.joins || type !== 'm.room.member' || content.membership !== 'invite' || user === undefined) continue;
      const join = `/_matrix/client/v3/join/${encodeURIComponent(roomId)}?user_id=${encodeURIComponent(user)}`;
      await homeserver(tokens.as_token, 'POST', join, {});
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      send(response, 500, { error: String(error) });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const file = path.join(folder, 'telephone-bridge.json');
  const registration = {
    id: 'telephone',
    url: `http://127.0.0.1:${port}`,
    ...tokens,
    sender_localpart: '_tel',
    namespaces: { users: [{ exclusive: true, regex: '@_tel_.*' }], rooms: [], aliases: [] },
    protocols: [protocol],
    rate_limited: false,
  };
  writeFileSync(file, JSON.stringify(registration)); // which is YAML, too

  const bridge = {
    serverName: 'carillon.test',
    config: { app_service_config_files: [file] },
    book: new Map<string, string>(),
    events,
    lookups,
    joins: true,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
  return bridge;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += String(part);
  return text;
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
