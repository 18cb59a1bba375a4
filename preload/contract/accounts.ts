/** Signed-in accounts and the ways to sign in. */
import { z } from 'zod';
import type { AccountTrouble } from './account-trouble';
import type { UserId } from './ids';

/** `signedOut`: the homeserver no longer knows our token; the person must sign in again. */
export type Connection = 'connecting' | 'online' | 'offline' | 'signedOut';

/** One signed-in Matrix account of this profile; the user id is its key everywhere in the contract. */
export interface Account {
  readonly userId: UserId;
  readonly name: string;
  /** Server name of the user id, as people know it. */
  readonly server: string;
  readonly connection: Connection;
  /** While it is not null, the account is offline or, where its keys or its token cannot be had any more, signed out. */
  readonly trouble: AccountTrouble | null;
}

/** Each reason has its own words and its own next step on the sign-in screen. */
export type SignInFailure =
  | 'malformedServer' // not a server name or URL
  | 'insecureServer' // `http:` beyond loopback
  | 'unknownServer' // the name does not resolve
  | 'unreachable' // no answer, refused, or gone meanwhile
  | 'certificate' // TLS certificate not accepted
  | 'notMatrix' // answers, but not as a Matrix homeserver
  | 'wellKnownInvalid' // `.well-known` leads nowhere
  | 'passwordUnsupported' // no `m.login.password` flow
  | 'wrongPassword'
  | 'deactivated'
  | 'rateLimited'
  | 'otherServer' // the server signed in a user of another server than it names
  | 'otherUser' // signed in as somebody else than the account that is to be signed in again
  | 'noMethods' // no way to sign in that we know
  | 'noBrowser' // no browser could be opened
  | 'refusedInBrowser' // by the person or by the service that knows them
  | 'serviceFailed' // the sign-in service answers, but not as it must
  | 'timedOut' // nothing came back from the browser
  | 'cancelled' // by `account:cancelSignIn`, or because another sign-in began
  | 'alreadySignedIn'
  | 'storage'; // the session could not be written to disk

export type SignInResult =
  | { readonly ok: true; readonly account: UserId }
  | { readonly ok: false; readonly reason: SignInFailure; readonly retryAfter?: number };

/** A way to sign in that a homeserver offers. */
export type SignInMethod =
  /** OAuth 2.0 in the browser; with `deviceCode` also by a code that is typed on another device. */
  | { readonly kind: 'oauth'; readonly deviceCode: boolean }
  /** Single sign-on in the browser; `provider` null: the homeserver itself asks which. */
  | { readonly kind: 'sso'; readonly provider: string | null; readonly name: string | null }
  | { readonly kind: 'password' };

/** Never empty; the best comes first. */
export type SignInMethods =
  | { readonly ok: true; readonly methods: readonly SignInMethod[] }
  | { readonly ok: false; readonly reason: SignInFailure; readonly retryAfter?: number };

/** Which way was chosen of those that go through a browser. */
export const BrowserMethod = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('oauth') }),
  z.strictObject({ kind: z.literal('deviceCode') }),
  z.strictObject({ kind: z.literal('sso'), provider: z.string().min(1).max(255).nullable() }),
]);
export type BrowserMethod = z.infer<typeof BrowserMethod>;

/** Where a sign-in through a browser stands. */
export type SignInProgress =
  | { readonly stage: 'asking' | 'browser' | 'finishing' }
  | {
      readonly stage: 'code';
      /** What is to be typed, and where. */
      readonly code: string;
      readonly address: string;
      /** ms for which the code is good. */
      readonly validFor: number;
    };
