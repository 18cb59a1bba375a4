/**
 * A service that knows people and signs them in elsewhere: npm's oidc-provider with plain pages of our own. Everybody is
 * let in under the name that they type, except with the password "wrong".
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

import Provider, { type Configuration, type Interaction } from 'oidc-provider';

import { loginMemory } from './login-memory.ts';
import { freePort } from './ports.ts';

/** @returns true when it has answered. */
export type Before = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<boolean> | boolean;

export interface LoginService {
  /** `http://127.0.0.1:PORT` */
  readonly issuer: string;
  readonly provider: Provider;
  /** Connections are refused until `start`. */
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
}

/** Listens from the start; only its middleware may be added to until the first request. */
export async function startLoginService(
  configure: (issuer: string) => Configuration,
  before: Before = () => false,
): Promise<LoginService> {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
  const { features, ttl, ...rest } = configure(issuer);
  const provider = new Provider(issuer, {
    adapter: loginMemory(),
    jwks: { keys: [{ ...key, use: 'sig', kid: 'test', alg: 'RS256' }] },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    findAccount: (_context, accountId) => ({
      accountId,
      claims: () => ({ sub: accountId, preferred_username: accountId, name: nameOf(accountId) }),
    }),
    claims: { openid: ['sub'], profile: ['preferred_username', 'name'] },
    conformIdTokenClaims: false, // the names are in the ID token itself
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    // All are named, or each default is announced on the console.
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      Grant: 3600,
      IdToken: 600,
      Interaction: 600,
      Session: 3600,
      ...ttl,
    },
    // Its own pages load a font from elsewhere.
    features: { devInteractions: { enabled: false }, ...features },
    ...rest,
  });
  let handle: ReturnType<Provider['callback']> | undefined;

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', issuer);
    if (await before(request, response, url)) return;
    if (url.pathname.startsWith('/interaction/')) {
      await interact(provider, request, response);
      return;
    }
    handle ??= provider.callback(); // late: it freezes the middleware
    await handle(request, response);
  };
  const listen = async () => {
    const server = createServer((request, response) => {
      // Synapse keeps connections, and asks for a token once only: one that Node ends at that moment loses the login.
      response.shouldKeepAlive = false;
      answer(request, response).catch((error: unknown) => {
        send(response, 500, String(error));
      });
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    return server;
  };

  let server = await listen();
  return {
    issuer,
    provider,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    start: async () => {
      server = await listen();
    },
  };
}

export const nameOf = (localpart: string): string => localpart.charAt(0).toUpperCase() + localpart.slice(1);

export async function readBody(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk as string;
  return new URLSearchParams(text);
}

/** A string as HTML, anything else as JSON. */
export function send(response: ServerResponse, status: number, body: unknown): void {
  const isPage = typeof body === 'string';
  response.writeHead(status, { 'content-type': isPage ? 'text/html; charset=utf-8' : 'application/json' });
  response.end(isPage ? pageOf(body) : JSON.stringify(body));
}

export const pageOf = (body: string): string => `<!doctype html><title>Login service</title>${body}`;

/** Who are you, and may that program come in? */
async function interact(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const details = await provider.interactionDetails(request, response);
  const isLogin = details.prompt.name === 'login';
  if (request.method === 'GET') {
    const who = `<label>Name <input name="login"></label> <label>Password <input name="password" type="password"></label>`;
    const what = isLogin ? who : `<p>Let this program in?</p>`;
    send(response, 200, `<form method="post">${what} <button>Continue</button></form>`);
    return;
  }
  const form = await readBody(request);
  if (form.get('password') === 'wrong') {
    const result = { error: 'access_denied', error_description: 'the password is wrong' };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  } else if (isLogin) {
    const result = { login: { accountId: form.get('login') ?? '' } };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  } else {
    const result = { consent: { grantId: await consent(provider, details) } };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true });
  }
}

async function consent(provider: Provider, { prompt, params, session, grantId }: Interaction): Promise<string> {
  const known = grantId === undefined ? undefined : await provider.Grant.find(grantId);
  const grant =
    known ?? new provider.Grant({ accountId: session?.accountId ?? '', clientId: params.client_id as string });
  const missing = prompt.details as {
    readonly missingOIDCScope?: string[];
    readonly missingOIDCClaims?: string[];
    readonly missingResourceScopes?: Record<string, string[]>;
  };
  if (missing.missingOIDCScope) grant.addOIDCScope(missing.missingOIDCScope.join(' '));
  if (missing.missingOIDCClaims) grant.addOIDCClaims(missing.missingOIDCClaims);
  for (const [resource, scopes] of Object.entries(missing.missingResourceScopes ?? {})) {
    grant.addResourceScope(resource, scopes.join(' '));
  }
  return grant.save();
}
