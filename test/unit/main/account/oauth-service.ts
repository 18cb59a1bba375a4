/** An OAuth 2.0 service beside a homeserver, as pages of a web. */
import type { Page } from './web';

export const metadata = {
  issuer: 'https://auth.example.org/',
  authorization_endpoint: 'https://auth.example.org/authorize',
  token_endpoint: 'https://auth.example.org/token',
  registration_endpoint: 'https://auth.example.org/register',
  revocation_endpoint: 'https://auth.example.org/revoke',
  device_authorization_endpoint: 'https://auth.example.org/device',
  response_types_supported: ['code'],
  response_modes_supported: ['query', 'fragment'],
  grant_types_supported: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
  code_challenge_methods_supported: ['S256'],
};

/** @param more pages, or others in the place of these. */
export function service(baseUrl: string, more: Record<string, Page> = {}): Record<string, Page> {
  return {
    [`${baseUrl}/_matrix/client/v1/auth_metadata`]: { json: metadata },
    [metadata.registration_endpoint]: { json: { client_id: 'client' }, status: 201 },
    [metadata.token_endpoint]: {
      json: { access_token: 'token', token_type: 'bearer', expires_in: 300, refresh_token: 'refresh' },
    },
    [metadata.revocation_endpoint]: { text: '' },
    [metadata.device_authorization_endpoint]: {
      json: {
        device_code: 'secret code',
        user_code: 'WDJB-MJHT',
        verification_uri: 'https://auth.example.org/link',
        expires_in: 600,
        interval: 5,
      },
    },
    ...more,
  };
}
