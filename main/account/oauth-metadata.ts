/** Where a homeserver's OAuth 2.0 service is and what it can do. Spec: client-server API, "Server metadata discovery"; MSC2965. */
import { z } from 'zod';

import { type Fetch, isSecure, type NetworkFailure, request } from './http';

/** `http:` only on this machine: what is sent there are tokens. */
const Endpoint = z.string().refine((text) => {
  const url = URL.parse(text);
  return url !== null && isSecure(url);
});

const Metadata = z.object({
  issuer: z.string().min(1),
  authorization_endpoint: Endpoint,
  token_endpoint: Endpoint,
  registration_endpoint: Endpoint,
  revocation_endpoint: Endpoint,
  device_authorization_endpoint: Endpoint.optional().catch(undefined),
  response_types_supported: z.array(z.string()).refine((types) => types.includes('code')),
  response_modes_supported: z.array(z.string()).refine((modes) => modes.includes('query')),
  grant_types_supported: z
    .array(z.string())
    .refine((types) => types.includes('authorization_code') && types.includes('refresh_token')),
  code_challenge_methods_supported: z.array(z.string()).refine((methods) => methods.includes('S256')),
  /** RFC 9207 */
  authorization_response_iss_parameter_supported: z.boolean().optional().catch(undefined),
});
export type OAuthMetadata = z.infer<typeof Metadata>;

export const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';

export type MetadataResult =
  /** Null: the homeserver has no OAuth 2.0, or none that we could use. */
  | { readonly ok: true; readonly metadata: OAuthMetadata | null }
  | { readonly ok: false; readonly reason: NetworkFailure };

/** Never rejects. */
export async function readOAuthMetadata(fetch: Fetch, baseUrl: string): Promise<MetadataResult> {
  const answer = await request(fetch, 'GET', `${baseUrl}/_matrix/client/v1/auth_metadata`);
  if (!answer.ok) return answer;
  if (answer.status >= 500 || answer.status === 429) return { ok: false, reason: 'unreachable' };
  const metadata = answer.status === 200 ? Metadata.safeParse(answer.body).data : undefined;
  return { ok: true, metadata: metadata ?? null };
}

export function offersDeviceCode(metadata: OAuthMetadata): boolean {
  return metadata.device_authorization_endpoint !== undefined && metadata.grant_types_supported.includes(DEVICE_CODE);
}
