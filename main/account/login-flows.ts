/** `GET /login`: the ways to sign in that the homeserver itself has. Spec: client-server API, "Login". */
import { z } from 'zod';

import { type Fetch, request } from './http';
import { gone, limited, type LoginResult, refusal } from './login';

const IdentityProvider = z.object({ id: z.string().min(1).max(255), name: z.string().min(1) });

const Flow = z.object({
  type: z.string(),
  identity_providers: z.array(IdentityProvider).optional().catch(undefined),
  /** The flow exists for clients without OAuth 2.0 only. */
  oauth_aware_preferred: z.boolean().optional().catch(undefined),
});
const Flows = z.object({ flows: z.array(Flow) });
export type LoginFlow = z.infer<typeof Flow>;

/** Never rejects. */
export async function loginFlows(
  fetch: Fetch,
  baseUrl: string,
): Promise<{ readonly ok: true; readonly flows: readonly LoginFlow[] } | Extract<LoginResult, { ok: false }>> {
  const answer = await request(fetch, 'GET', `${baseUrl}/_matrix/client/v3/login`);
  if (!answer.ok) return { ok: false, reason: gone(answer.reason) };
  if (answer.status === 429) return limited(answer.retryAfter);
  const flows = Flows.safeParse(answer.body);
  if (answer.status !== 200 || !flows.success) return { ok: false, reason: refusal(answer.status, 'notMatrix') };
  return { ok: true, flows: flows.data.flows };
}
