/** A homeserver's single sign-on: a login service, and what Synapse is told of it. Synapse itself runs its real OIDC code. */
import { type LoginService, startLoginService } from './login-service.ts';

export interface SingleSignOn {
  readonly service: LoginService;
  /** For homeserver.yaml. */
  readonly config: Record<string, unknown>;
}

const client = { client_id: 'synapse', client_secret: 'known to both' };

/** @param baseUrl of the homeserver, known before it runs. */
export async function startSingleSignOn(baseUrl: string): Promise<SingleSignOn> {
  const service = await startLoginService(() => ({
    clients: [{ ...client, redirect_uris: [`${baseUrl}/_synapse/client/oidc/callback`] }],
  }));
  const provider = {
    idp_id: 'school',
    idp_name: 'School',
    issuer: service.issuer,
    skip_verification: true, // else its http is refused
    ...client,
    scopes: ['openid', 'profile'],
    user_mapping_provider: {
      config: { localpart_template: '{{ user.preferred_username }}', display_name_template: '{{ user.name }}' },
    },
  };
  return { service, config: { oidc_providers: [provider] } };
}
