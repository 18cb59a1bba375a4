/** Homeservers by their ways to sign in, each with the service that it leaves that to. Both end together. */
import { type AuthenticationService, startAuthenticationService } from './authentication-service.ts';
import type { TestUser } from './client.ts';
import { type Homeserver, type HomeserverOptions, startHomeserver } from './homeserver.ts';
import type { LoginService } from './login-service.ts';
import { startSingleSignOn } from './single-sign-on.ts';

export interface SsoHomeserver extends Homeserver {
  readonly service: LoginService;
}

export interface OAuthHomeserver extends Homeserver {
  readonly oauth: AuthenticationService;
  /** A person with a device that is not ours. They have no password: the login service asks for none. */
  readonly person: (localpart: string) => Promise<TestUser>;
}

/** Single sign-on with the provider "School", and passwords too unless told otherwise. */
export async function startSsoHomeserver(
  options: HomeserverOptions & { passwords?: boolean } = {},
): Promise<SsoHomeserver> {
  const services: LoginService[] = [];
  const homeserver = await startHomeserver({
    ...options,
    configure: async (baseUrl) => {
      const { service, config } = await startSingleSignOn(baseUrl);
      services.push(service);
      return { ...config, ...(options.passwords === false && { password_config: { enabled: false } }) };
    },
  });
  const service = services.at(-1);
  if (service === undefined) throw new Error('unreachable');
  return { ...homeserver, service, stop: endBoth(homeserver, services) };
}

/** OAuth 2.0 and nothing else. */
export async function startOAuthHomeserver(options: HomeserverOptions = {}): Promise<OAuthHomeserver> {
  const all: AuthenticationService[] = [];
  const homeserver = await startHomeserver({
    ...options,
    configure: async (baseUrl) => {
      const made = await startAuthenticationService(baseUrl);
      all.push(made);
      return made.config;
    },
  });
  const oauth = all.at(-1);
  if (oauth === undefined) throw new Error('unreachable');
  return {
    ...homeserver,
    oauth,
    person: async (localpart) => ({
      userId: `@${localpart}:${homeserver.serverName}`,
      localpart,
      password: '',
      ...(await oauth.person(localpart)),
    }),
    stop: endBoth(
      homeserver,
      all.map(({ service }) => service),
    ),
  };
}

function endBoth(homeserver: Homeserver, services: readonly LoginService[]): () => Promise<void> {
  return async () => {
    await Promise.all([homeserver.stop(), ...services.map((service) => service.stop())]);
  };
}
