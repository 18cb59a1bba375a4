/**
 * A homeserver whose people sign in by OAuth 2.0: a stand-in for the Matrix Authentication Service, made of a login service
 * and what Synapse's `matrix_authentication_service` wants from it. Synapse itself runs its real code.
 *
 *   /.well-known/openid-configuration   fetched once
 *   POST /oauth2/introspect             whose is this token? With the shared secret
 *   /account                            where a person allows a new identity
 *   calls to /_synapse/mas/*            people and devices are made there before a token leaves, and removed when it is revoked
 */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';

import { type LoginService, nameOf, pageOf, readBody, send, startLoginService, type Before } from './login-service.ts';

export interface AuthenticationService {
  readonly service: LoginService;
  /** For homeserver.yaml. */
  readonly config: Record<string, unknown>;
  /** Seconds that access tokens made from now on are good for. */
  readonly lifetime: { accessToken: number };
  readonly faults: {
    /** The token endpoint answers 503. */
    tokenEndpointDown: boolean;
    /** Refresh tokens are good for ever and not given anew. */
    noRotation: boolean;
    /** The token endpoint refuses whatever it is shown. */
    refuses: boolean;
  };
  /** Grants that were carried out, in order. */
  readonly granted: readonly string[];
  /** Every token that was handed out. */
  readonly secrets: readonly string[];
  /** Makes a person with a device and a lasting token, as if they had signed in elsewhere. */
  readonly person: (localpart: string) => Promise<{ readonly accessToken: string; readonly deviceId: string }>;
}

const SECRET = 'known-to-both'; // without blanks: Synapse splits the header at them
const API = 'urn:matrix:client:api:*';
const DEVICE = 'urn:matrix:client:device:';
const REFRESH = 'refresh_token';

const isOurs = (scope: string): boolean => scope === API || /^urn:matrix:client:device:[\w.~-]{10,}$/.test(scope);
const deviceOf = (scope: string | undefined): string | undefined =>
  scope
    ?.split(' ')
    .find((part) => part.startsWith(DEVICE))
    ?.slice(DEVICE.length);

/** @param baseUrl of the homeserver, known before it runs. */
export async function startAuthenticationService(baseUrl: string): Promise<AuthenticationService> {
  const lifetime = { accessToken: 300 };
  const faults = { tokenEndpointDown: false, noRotation: false, refuses: false };
  const granted: string[] = [];
  const secrets: string[] = [];
  /** Lasting tokens of `person`. */
  const lasting = new Map<string, { readonly localpart: string; readonly deviceId: string }>();

  async function tellSynapse(path: string, body: object): Promise<void> {
    const response = await fetch(`${baseUrl}/_synapse/mas/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${SECRET}` },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  }

  async function provision(localpart: string, deviceId: string | undefined): Promise<void> {
    await tellSynapse('provision_user', { localpart, set_displayname: nameOf(localpart) });
    if (deviceId !== undefined) await tellSynapse('upsert_device', { localpart, device_id: deviceId });
  }

  async function introspect(value: string): Promise<object> {
    const known = lasting.get(value);
    if (known) {
      const { localpart, deviceId } = known;
      const scope = `${API} ${DEVICE}${deviceId}`;
      return { active: true, scope, username: localpart, sub: localpart, expires_in: 3600 };
    }
    const token = await service.provider.AccessToken.find(value);
    if (!token) return { active: false };
    const { scope, accountId, exp = 0 } = token;
    const left = Math.max(0, exp - Math.floor(Date.now() / 1000));
    return { active: true, scope, username: accountId, sub: accountId, expires_in: left };
  }

  /** The real one knows who is there; here they say it. */
  async function manageAccount(
    request: IncomingMessage,
    response: ServerResponse,
    action: string | null,
  ): Promise<void> {
    if (action !== 'org.matrix.cross_signing_reset') {
      send(response, 404, 'No such page');
    } else if (request.method === 'POST') {
      await tellSynapse('allow_cross_signing_reset', { localpart: (await readBody(request)).get('login') ?? '' });
      send(response, 200, '<p>A new identity is allowed for ten minutes.</p>');
    } else {
      send(response, 200, '<form method="post"><label>Name <input name="login"></label> <button>Allow</button></form>');
    }
  }

  const before: Before = async (request, response, { pathname, searchParams }) => {
    if (pathname === '/token' && faults.tokenEndpointDown) {
      send(response, 503, 'Out of order');
      return true;
    }
    if (pathname === '/token' && faults.refuses) {
      send(response, 400, { error: 'invalid_grant' });
      return true;
    }
    if (pathname === '/account') {
      await manageAccount(request, response, searchParams.get('action'));
      return true;
    }
    if (pathname !== '/oauth2/introspect') return false;
    if (request.headers.authorization === `Bearer ${SECRET}`) {
      send(response, 200, await introspect((await readBody(request)).get('token') ?? ''));
    } else {
      send(response, 401, {});
    }
    return true;
  };

  const service = await startLoginService((issuer) => configuration(issuer, baseUrl, lifetime, faults), before);

  // Before a token leaves, its person and device must be there; after a revocation the device must go.
  service.provider.use(async (context, next) => {
    await next();
    const { oidc } = context as { oidc?: KoaContextWithOIDC['oidc'] };
    if (context.status !== 200 || oidc === undefined) return;
    const { route, entities, params } = oidc;
    if (route === 'token' && entities.AccessToken) {
      const { accountId, scope } = entities.AccessToken;
      granted.push(String(params?.grant_type));
      const { access_token: access, refresh_token: refresh } = context.body as Record<string, string | undefined>;
      secrets.push(...[access, refresh].filter((token) => token !== undefined));
      if (params?.grant_type !== REFRESH) await provision(accountId, deviceOf(scope));
      else if (faults.noRotation) delete (context.body as Record<string, unknown>).refresh_token;
    }
    const revoked = entities.AccessToken ?? entities.RefreshToken;
    if (route === 'revocation' && revoked) {
      const device = deviceOf(revoked.scope);
      if (device !== undefined) await tellSynapse('delete_device', { localpart: revoked.accountId, device_id: device });
    }
  });

  return {
    service,
    config: {
      matrix_authentication_service: { enabled: true, endpoint: `${service.issuer}/`, secret: SECRET },
      enable_registration: false,
      enable_registration_without_verification: false,
    },
    lifetime,
    faults,
    granted,
    secrets,
    person: async (localpart) => {
      const [accessToken, deviceId] = [randomBytes(16).toString('hex'), randomBytes(8).toString('hex')];
      await provision(localpart, deviceId);
      lasting.set(accessToken, { localpart, deviceId });
      return { accessToken, deviceId };
    },
  };
}

function configuration(
  issuer: string,
  baseUrl: string,
  lifetime: AuthenticationService['lifetime'],
  faults: AuthenticationService['faults'],
): Configuration {
  const show = (context: KoaContextWithOIDC, body: string): void => {
    context.type = 'html';
    context.body = pageOf(body);
  };
  return {
    responseTypes: ['code'],
    scopes: ['openid', 'offline_access'],
    ttl: { AccessToken: () => lifetime.accessToken, RefreshToken: 3600, DeviceCode: 600 },
    // Matrix clients get a refresh token without asking for `offline_access`.
    issueRefreshToken: (_context, client) => client.grantTypeAllowed(REFRESH),
    rotateRefreshToken: () => !faults.noRotation,
    discovery: {
      account_management_uri: `${issuer}/account`,
      account_management_actions_supported: ['org.matrix.cross_signing_reset'],
    },
    features: {
      registration: { enabled: true },
      revocation: { enabled: true, allowedPolicy: (_context, client, token) => token.clientId === client.clientId },
      deviceFlow: {
        enabled: true,
        userCodeInputSource: (context, form) => {
          show(context, `${form}<button form="op.deviceInputForm">Continue</button>`);
        },
        userCodeConfirmSource: (context, form) => {
          show(context, `${form}<button form="op.deviceConfirmForm">Continue</button>`);
        },
        successSource: (context) => {
          show(context, '<p>The device is signed in.</p>');
        },
      },
      // Scopes that hold a device id cannot be listed beforehand. A resource server names its scopes per request: every
      // request is put under one, the homeserver.
      resourceIndicators: {
        enabled: true,
        defaultResource: () => `${baseUrl}/`,
        useGrantedResource: () => true,
        getResourceServerInfo: ({ oidc: { params, entities } }) => {
          const source = entities.AuthorizationCode ?? entities.DeviceCode ?? entities.RefreshToken;
          const wanted = `${(params?.scope as string | undefined) ?? ''} ${source?.scope ?? ''}`
            .split(' ')
            .filter(isOurs);
          return { scope: [...new Set(wanted)].join(' ') };
        },
      },
    },
  };
}
