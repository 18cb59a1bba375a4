/**
 * Requests that the homeserver lets through only when the person has proved again who they are. Spec: client-server API,
 * "User-Interactive Authentication API"; MSC4312 for accounts of an OAuth 2.0 service.
 */
import type { AuthDict } from 'matrix-js-sdk/lib/interactive-auth.js';
import { MatrixError } from 'matrix-js-sdk/lib/http-api/errors.js';
import { z } from 'zod';

import { isSecure } from '../account/http';
import { TrustEnd } from './failure';

export interface AuthEnv {
  /** The account's. */
  readonly userId: string;
  /** The page on which a browser does one stage. */
  readonly fallbackUrl: (stage: string, session: string) => string;
  /** Rejects when the person gives up. @param wrong the last one was. */
  readonly password: (wrong: boolean) => Promise<string>;
  /** Opens a page. Rejects when there is no browser. */
  readonly browser: (url: string) => Promise<void>;
  /** Rejects when the person gives up, or when it has taken too long. */
  readonly pause: (ms: number) => Promise<unknown>;
}

/** Sends a request with or without a proof. */
export type Send<T> = (auth: AuthDict | null) => Promise<T>;

/** ms between two looks at whether the browser is done: nothing comes back from it. */
const LOOK = 2000;

const Demand = z.object({
  session: z.string().optional(),
  flows: z.array(z.object({ stages: z.array(z.string()) })),
  params: z.record(z.string(), z.unknown()).optional(),
  completed: z.array(z.string()).optional(),
});
type Demand = z.infer<typeof Demand>;

const PASSWORD = 'm.login.password';
const SSO = ['m.login.sso', 'org.matrix.login.sso'];
const OAUTH = ['m.oauth', 'org.matrix.cross_signing_reset'];
const DUMMY = 'm.login.dummy';

/** Rejects as the request does, or with a `TrustEnd`. */
export async function authorize<T>(env: AuthEnv, send: Send<T>): Promise<T> {
  const first = await attempt(send, null);
  if (first.ok) return first.value;
  const { demand } = first;
  const stage = bestStage(demand);
  const session = demand.session ?? '';
  if (stage === PASSWORD) return byPassword(env, send, session);
  if (stage === DUMMY) return send({ type: DUMMY, session });
  if (SSO.includes(stage)) return inBrowser(env, send, env.fallbackUrl(stage, session), { session });
  return inBrowser(env, send, urlOf(demand, stage), null);
}

async function byPassword<T>(env: AuthEnv, send: Send<T>, session: string): Promise<T> {
  for (let wrong = false; ; wrong = true) {
    const password = await env.password(wrong);
    const identifier = { type: 'm.id.user', user: env.userId };
    const answer = await attempt(send, { type: PASSWORD, identifier, password, session });
    if (answer.ok) return answer.value;
  }
}

async function inBrowser<T>(env: AuthEnv, send: Send<T>, url: string, auth: AuthDict | null): Promise<T> {
  const page = URL.parse(url);
  // A homeserver's word decides what is opened: nothing but a web page.
  if (page === null || !isSecure(page)) throw new TrustEnd('unsupported');
  await env.browser(page.href);
  for (;;) {
    await env.pause(LOOK);
    const answer = await attempt(send, auth);
    if (answer.ok) return answer.value;
  }
}

type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly demand: Demand };

/** Rejects unless the homeserver answers, or asks for a proof. */
async function attempt<T>(send: Send<T>, auth: AuthDict | null): Promise<Answer<T>> {
  try {
    return { ok: true, value: await send(auth) };
  } catch (error) {
    const demand = error instanceof MatrixError && error.httpStatus === 401 ? Demand.safeParse(error.data) : undefined;
    if (demand?.success !== true) throw error;
    return { ok: false, demand: demand.data };
  }
}

/** What is left to do in the flow that one step completes. */
function bestStage({ flows, completed = [] }: Demand): string {
  const left = flows.map(({ stages }) => stages.filter((stage) => !completed.includes(stage)));
  const single = left.flatMap((stages) => (stages.length === 1 ? stages : []));
  const wanted = [DUMMY, PASSWORD, ...SSO, ...OAUTH];
  const stage = wanted.find((known) => single.includes(known));
  if (stage === undefined) throw new TrustEnd('unsupported');
  return stage;
}

function urlOf({ params }: Demand, stage: string): string {
  const found = z.object({ url: z.string() }).safeParse(params?.[stage]);
  if (!found.success) throw new TrustEnd('unsupported');
  return found.data.url;
}
