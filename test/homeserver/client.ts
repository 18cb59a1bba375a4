/** The few requests of the Matrix client-server API by which people and rooms for tests are made. */

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/**
 * `token` null: without authentication. `path` begins with `/`. An answer that is not a JSON object has an empty body.
 * Refusals are answers too; only the network throws.
 */
export type Request = (token: string | null, method: Method, path: string, body?: unknown) => Promise<Answer>;

export interface TestUser {
  readonly userId: string;
  readonly localpart: string;
  readonly password: string;
  readonly accessToken: string;
  readonly deviceId: string;
}

export function requestTo(baseUrl: string): Request {
  return async (token, method, path, body) => {
    const response = await fetch(baseUrl + path, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json().catch(() => undefined);
    return { status: response.status, body: asRecord(answer) };
  };
}

/** The body of a request that must succeed. @throws with status and body otherwise. */
async function done(request: Request, ...[token, method, path, body]: Parameters<Request>): Promise<Answer['body']> {
  const answer = await request(token, method, path, body);
  if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Makes an account on the homeserver. @throws when the name is taken or the rate limit was met. */
export async function register(
  request: Request,
  localpart: string,
  password: string,
  displayName?: string,
): Promise<TestUser> {
  const body = await done(request, null, 'POST', '/_matrix/client/v3/register', {
    username: localpart,
    password,
    auth: { type: 'm.login.dummy' },
    initial_device_display_name: 'Test set-up',
  });
  const user = testUser(body, localpart, password);
  if (displayName !== undefined) {
    const path = `/_matrix/client/v3/profile/${encodeURIComponent(user.userId)}/displayname`;
    await done(request, user.accessToken, 'PUT', path, { displayname: displayName });
  }
  return user;
}

/** Another device of a person. */
export async function login(request: Request, localpart: string, password: string): Promise<TestUser> {
  const body = await done(request, null, 'POST', '/_matrix/client/v3/login', {
    type: 'm.login.password',
    identifier: { type: 'm.id.user', user: localpart },
    password,
  });
  return testUser(body, localpart, password);
}

/** A room that both know as their direct chat (spec §Direct messaging): `a` made it, `b` has joined. */
export async function directRoom(
  request: Request,
  a: TestUser,
  b: TestUser,
  options: { readonly encrypted?: boolean } = {},
): Promise<string> {
  const encryption = { type: 'm.room.encryption', state_key: '', content: { algorithm: 'm.megolm.v1.aes-sha2' } };
  const made = await done(request, a.accessToken, 'POST', '/_matrix/client/v3/createRoom', {
    preset: 'trusted_private_chat',
    is_direct: true,
    invite: [b.userId],
    initial_state: options.encrypted === true ? [encryption] : [],
  });
  const roomId = text(made, 'room_id');
  await done(request, b.accessToken, 'POST', `/_matrix/client/v3/join/${encodeURIComponent(roomId)}`, {});
  await markDirect(request, a, b.userId, roomId);
  await markDirect(request, b, a.userId, roomId);
  return roomId;
}

async function markDirect(request: Request, user: TestUser, other: string, roomId: string): Promise<void> {
  const path = `/_matrix/client/v3/user/${encodeURIComponent(user.userId)}/account_data/m.direct`;
  const known = await request(user.accessToken, 'GET', path);
  const direct = known.status === 200 ? known.body : {};
  const rooms = Array.isArray(direct[other]) ? (direct[other] as unknown[]) : [];
  await done(request, user.accessToken, 'PUT', path, { ...direct, [other]: [...rooms, roomId] });
}

function testUser(body: Answer['body'], localpart: string, password: string): TestUser {
  return {
    userId: text(body, 'user_id'),
    localpart,
    password,
    accessToken: text(body, 'access_token'),
    deviceId: text(body, 'device_id'),
  };
}

function text(body: Answer['body'], key: string): string {
  const value = body[key];
  if (typeof value !== 'string') throw new Error(`the homeserver's answer has no ${key}`);
  return value;
}

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
