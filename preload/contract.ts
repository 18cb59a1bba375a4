/**
 * Everything that crosses between the main process and the renderer: commands (the page asks, main answers) and
 * events (main tells). Plain JSON-safe data; main parses every argument before a handler sees it.
 */
import { z } from 'zod';

/** Opaque identifier grammar (spec appendices): call ids and party ids. V1-04 */
const opaqueId = z.string().regex(/^[0-9A-Za-z._~-]{1,255}$/);

export const UserId = z
  .string()
  .regex(/^@[^:\s]*:\S+$/)
  .max(255)
  .brand<'UserId'>();
export const RoomId = z.string().startsWith('!').max(255).brand<'RoomId'>();
export const CallId = opaqueId.brand<'CallId'>();
export const PartyId = opaqueId.brand<'PartyId'>();
export type UserId = z.infer<typeof UserId>;
export type RoomId = z.infer<typeof RoomId>;
export type CallId = z.infer<typeof CallId>;
export type PartyId = z.infer<typeof PartyId>;

// --- Accounts

/** `signedOut`: the homeserver no longer knows our token; the person must sign in again. */
export type Connection = 'connecting' | 'online' | 'offline' | 'signedOut';

/** One signed-in Matrix account of this profile; the user id is its key everywhere in the contract. */
export interface Account {
  readonly userId: UserId;
  readonly name: string;
  /** Server name of the user id, as people know it. */
  readonly server: string;
  readonly connection: Connection;
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
const BrowserMethod = z.discriminatedUnion('kind', [
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

// --- People

/**
 * Where a direct room stands. `invitesUs`: they wait for our yes. `invited`: we wait for theirs.
 * `joined`: calls can be placed. `left`: they left. `none`: no room yet (search results).
 */
export type Standing = 'joined' | 'invited' | 'invitesUs' | 'left' | 'none';

export interface Person {
  readonly account: UserId;
  readonly userId: UserId;
  readonly name: string;
  readonly roomId: RoomId | null;
  readonly standing: Standing;
  /** Why no call can be placed in the room although `standing` is `joined`. RG-08 */
  readonly barred: 'powerLevel' | 'encrypted' | null;
}

export type PersonFailure =
  'notFound' | 'malformed' | 'self' | 'forbidden' | 'unreachable' | 'rateLimited' | 'signedOut';

export type PersonResult =
  { readonly ok: true; readonly person: Person } | { readonly ok: false; readonly reason: PersonFailure };

export type SearchResult =
  { readonly ok: true; readonly people: readonly Person[] } | { readonly ok: false; readonly reason: PersonFailure };

// --- Signalling

export const callEventTypes = [
  'm.call.invite',
  'm.call.answer',
  'm.call.candidates',
  'm.call.negotiate',
  'm.call.select_answer',
  'm.call.reject',
  'm.call.hangup',
  'm.call.sdp_stream_metadata_changed',
] as const;
export type CallEventType = (typeof callEventTypes)[number];
/** Also taken, never sent: a bridge or exchange says who is really at the far end. X-02 */
export const receivedCallEventTypes = [...callEventTypes, 'm.call.asserted_identity'] as const;
export type ReceivedCallEventType = (typeof receivedCallEventTypes)[number];

/** What names a call: the same call id in another room or account is another call. V1-09 */
const callKey = { account: UserId, roomId: RoomId, callId: CallId };
export interface CallKey {
  readonly account: UserId;
  readonly roomId: RoomId;
  readonly callId: CallId;
}

/** An `m.call.*` event that the engine wants sent. Main never looks into `content`. */
const OutgoingSignal = z.strictObject({
  ...callKey,
  /** Unique within the call; the transaction id follows from it, so that a repetition sends nothing twice. EN-04 */
  signalId: opaqueId,
  type: z.enum(callEventTypes),
  content: z.record(z.string(), z.unknown()),
  /** Stop trying after this many ms: the lifetime of an invite, the retry bound of a hangup. AN-22 */
  giveUpAfter: z.number().int().min(1000).max(600_000),
});
export type OutgoingSignal = z.infer<typeof OutgoingSignal>;

/** What became of a signal. `cancelled`: a hangup overtook an invite that had not left yet; neither was sent. AN-19 */
export type SignalOutcome =
  | { readonly ok: true; readonly eventId: string }
  | {
      readonly ok: false;
      readonly reason: 'forbidden' | 'tooLarge' | 'rejected' | 'gaveUp' | 'cancelled' | 'signedOut' | 'untrusted';
    };

/** Main's answer to "may this invite ring?"; the reason is shown with the suppressed call. RG-04 */
export type RingVerdict =
  | { readonly ring: true }
  | {
      readonly ring: false;
      readonly why:
        | 'invitee' // for somebody else
        | 'ownUser' // placed by another device of ours, for anyone but us
        | 'expired'
        | 'settled' // answered, rejected or hung up before we saw it
        | 'publicRoom'
        | 'ignoredUser'
        | 'notJoined'
        | 'muted' // push rules or room settings
        | 'doNotDisturb'
        | 'untrusted'; // in clear text in an encrypted room
    };

/** One thing that happened to a call, in the order in which it must be handled. EN-05 */
export type IncomingSignal =
  | {
      readonly kind: 'event';
      /** Position in this process's stream of signals: a renderer that appears late skips what its snapshot held. */
      readonly sequence: number;
      readonly account: UserId;
      readonly roomId: RoomId;
      readonly callId: CallId;
      readonly eventId: string;
      readonly sender: UserId;
      readonly type: ReceivedCallEventType;
      readonly content: Readonly<Record<string, unknown>>;
      /** ms since the event was sent, as the homeserver counted them, plus our own wait. LV-01 */
      readonly age: number;
      readonly encrypted: boolean;
      /** Joined and invited members of the room, ourselves included. GL-10, AN-20 */
      readonly members: number;
      /** With `m.call.invite` only. */
      readonly verdict?: RingVerdict;
    }
  | {
      /** A member left, was removed or banned; `userId` may be ourselves. RM-01, RM-04 */
      readonly kind: 'left';
      readonly sequence: number;
      readonly account: UserId;
      readonly roomId: RoomId;
      readonly userId: UserId;
    }
  | {
      /** The invite of a call was redacted. LV-15 */
      readonly kind: 'redacted';
      readonly sequence: number;
      readonly account: UserId;
      readonly roomId: RoomId;
      readonly callId: CallId;
      readonly eventId: string;
    };

export interface TurnServers {
  readonly urls: readonly string[];
  readonly username: string;
  readonly credential: string;
  /** ms since the epoch. */
  readonly expiresAt: number;
}

// --- Calls as main knows them

/** What the engine reports of each call, so that main can ring, show, and hang up for a window that died. R1, AN-27 */
const CallReport = z.strictObject({
  ...callKey,
  partyId: PartyId,
  /** What a hangup on our behalf must say. V1-01, AN-14 */
  version: z.union([z.literal(0), z.literal('1')]),
  direction: z.enum(['incoming', 'outgoing']),
  peer: UserId,
  kind: z.enum(['voice', 'video']),
  state: z.enum(['preparing', 'inviting', 'ringing', 'answering', 'connecting', 'connected', 'reconnecting', 'ended']),
  /** The homeserver has our invite or answer: only then does the far end know of us. AN-19 */
  announced: z.boolean(),
  muted: z.boolean(),
  /** With `ended` only: an `EndReason` of renderer/call/call-state.ts. */
  reason: z.string().max(64).optional(),
  /** With `ended` only: whose doing it was. */
  by: z.enum(['us', 'them', 'circumstance']).optional(),
});
export type CallReport = z.infer<typeof CallReport>;

/** What main asks of the engine for a person at the tray, a notification or a hotkey. */
export type CallAction = 'answer' | 'answerWithVideo' | 'decline' | 'hangUp' | 'toggleMute' | 'silence';

// --- History

/** How a call came out, as its row in the list of calls says it. */
export type CallOutcome =
  | 'answered'
  | 'missed'
  | 'declined'
  | 'cancelled' // by the caller's own hand: hung up before an answer, or the invite taken back
  | 'noAnswer'
  | 'answeredElsewhere'
  | 'declinedElsewhere'
  | 'busy'
  | 'failed'
  | 'suppressed'; // it might not ring; RG-04

/** What stands behind an outcome that does not explain itself. */
export type CallCause =
  | 'endedEarly' // hung up while the connection was being made
  | 'notSent'
  | 'noConnection'
  | 'connectionLost'
  | 'ownMedia'
  | 'theirMedia'
  | 'leftRoom'
  | 'signedOut'
  | 'interrupted' // the window, the program or the machine stopped in the middle of it
  | 'unknown'
  | Exclude<SuppressedWhy, 'invitee' | 'ownUser' | 'expired' | 'settled'>;

type SuppressedWhy = Extract<RingVerdict, { ring: false }>['why'];

/** One call that is over. Times are ms since the epoch by this machine's clock. */
export interface HistoryEntry extends CallKey {
  readonly id: number;
  readonly peer: UserId;
  /** What they were called when the call took place. */
  readonly peerName: string;
  readonly direction: CallReport['direction'];
  /** Null when no window lived to look at the invite. */
  readonly kind: CallReport['kind'] | null;
  readonly startedAt: number;
  /** An answer was given; media may never have flowed. */
  readonly answeredAt: number | null;
  /** Media flowed. */
  readonly connectedAt: number | null;
  /** Null when nobody saw the end. */
  readonly endedAt: number | null;
  readonly outcome: CallOutcome;
  readonly cause: CallCause | null;
  /** Somebody called whom the person could not speak: what the missed filter shows and the badge counts. */
  readonly missed: boolean;
  readonly seen: boolean;
}

export interface HistoryPage {
  /** Newest first. */
  readonly entries: readonly HistoryEntry[];
  /** Older ones follow. */
  readonly more: boolean;
  /** Missed calls that nobody has looked at, whatever was asked for. */
  readonly unseen: number;
  /** `setAside`: the file could not be read; it was kept under another name. `notKept`: the disk cannot be written. */
  readonly trouble: 'setAside' | 'notKept' | null;
}

const HistoryQuery = z.strictObject({
  filter: z.enum(['all', 'missed']),
  /** Calls with one person only. */
  peer: z.strictObject({ account: UserId, userId: UserId }).nullable(),
  /** The last row of the page before; null for the first page. */
  before: z.strictObject({ startedAt: z.number(), id: z.number().int() }).nullable(),
  limit: z.number().int().min(1).max(1000),
});
export type HistoryQuery = z.infer<typeof HistoryQuery>;

/** `cancelled`: the person closed the dialog. */
export type ExportResult =
  { readonly ok: true; readonly calls: number } | { readonly ok: false; readonly reason: 'cancelled' | 'failed' };

// --- Screen share

/** A screen or a window that can be shared. Pictures are `data:` URLs, null where there is none. */
export interface ScreenSource {
  readonly id: string;
  readonly name: string;
  readonly kind: 'screen' | 'window';
  readonly picture: string | null;
  /** Of the program whose window it is. */
  readonly icon: string | null;
}

/** `system`: the desktop asks by itself as soon as the page captures. `denied`: it keeps the screen from us. */
export type ScreenSources =
  | {
      readonly kind: 'ours';
      readonly sources: readonly ScreenSource[];
      /** The sound of the computer can be shared too. */
      readonly systemAudio: boolean;
    }
  | { readonly kind: 'system' }
  | { readonly kind: 'denied' };

/** `id` null: leave it to the desktop. */
const ScreenChoice = z.strictObject({ id: z.string().max(255).nullable(), systemAudio: z.boolean() });
export type ScreenChoice = z.infer<typeof ScreenChoice>;

// --- Settings

export const Settings = z.strictObject({
  language: z.enum(['system', 'en', 'de']),
  theme: z.enum(['system', 'light', 'dark']),
  closeToTray: z.boolean(),
});
export type Settings = z.infer<typeof Settings>;

/** What a window that appears (late) needs; events numbered from `sequence` follow. EN-05 */
export interface Snapshot {
  readonly accounts: readonly Account[];
  readonly people: readonly Person[];
  readonly settings: Settings;
  /** BCP 47 tag of the desktop. */
  readonly systemLanguage: string;
  /** False where the keyring is missing and secrets are only obfuscated on disk. */
  readonly secretsProtected: boolean;
  /** The next signal's sequence number. */
  readonly sequence: number;
  /** All signals so far of calls that still ring here. */
  readonly signals: readonly IncomingSignal[];
}

// --- The tables

const ofAccount = z.strictObject({ account: UserId });

/** Name → argument schema. The handler's argument type and the page's call signature both follow from here. */
export const commands = {
  'app:snapshot': z.undefined(),
  'account:signIn': z.strictObject({
    server: z.string().max(2000),
    user: z.string().max(255),
    password: z.string().max(10_000),
  }),
  /** What a homeserver offers. */
  'account:methods': z.strictObject({ server: z.string().max(2000) }),
  /** Answers when the person has finished in the browser, or will not. `again`: the account that was signed out. */
  'account:signInByBrowser': z.strictObject({
    server: z.string().max(2000),
    method: BrowserMethod,
    again: UserId.nullable(),
  }),
  /** Opens the browser once more, for a person who has lost its page. */
  'account:openBrowser': z.undefined(),
  /** Ends the sign-in under way, whichever it is; it answers `cancelled`. */
  'account:cancelSignIn': z.undefined(),
  'account:signOut': ofAccount,
  'people:search': z.strictObject({ account: UserId, term: z.string().max(255) }),
  /** Makes (or finds) the direct room with a person and invites them. */
  'people:start': z.strictObject({ account: UserId, userId: z.string().max(255) }),
  'people:accept': z.strictObject({ account: UserId, roomId: RoomId }),
  'people:decline': z.strictObject({ account: UserId, roomId: RoomId }),
  'signal:send': OutgoingSignal,
  'turn:get': ofAccount,
  'call:report': CallReport,
  /** The sound of a ringing call was stopped in the window: stop the other sounds too, keep the signs. RG-09 */
  'call:silence': z.strictObject(callKey),
  /** Works without any connection; so do the others of the history. */
  'history:list': HistoryQuery,
  /** Somebody has looked at the list of calls. */
  'history:seen': z.undefined(),
  /** One call, or with null all of them. */
  'history:delete': z.strictObject({ id: z.number().int().nullable() }),
  /** Asks the person for a file and writes all calls to it as CSV (RFC 4180). */
  'history:export': z.undefined(),
  'screen:sources': z.undefined(),
  /** What the page captures next; without it, a capture is refused. */
  'screen:choose': ScreenChoice,
  'settings:change': Settings.partial(),
} as const;

/** Name → result. Kept apart from the schemas: results are ours, so they need a type, not a parser. */
export interface CommandResults {
  'app:snapshot': Snapshot;
  'account:signIn': SignInResult;
  'account:methods': SignInMethods;
  'account:signInByBrowser': SignInResult;
  'account:openBrowser': null;
  'account:cancelSignIn': null;
  'account:signOut': null;
  'people:search': SearchResult;
  'people:start': PersonResult;
  'people:accept': PersonResult;
  'people:decline': { readonly ok: true } | { readonly ok: false; readonly reason: PersonFailure };
  'signal:send': SignalOutcome;
  'turn:get': TurnServers | null;
  'call:report': null;
  'call:silence': null;
  'history:list': HistoryPage;
  'history:seen': null;
  'history:delete': null;
  'history:export': ExportResult;
  'screen:sources': ScreenSources;
  'screen:choose': null;
  'settings:change': Settings;
}

/** Name → payload. */
export interface Events {
  'accounts:changed': readonly Account[];
  'signIn:progress': SignInProgress;
  /** All people of one account. */
  'people:changed': { readonly account: UserId; readonly people: readonly Person[] };
  'signal:received': IncomingSignal;
  'turn:changed': { readonly account: UserId; readonly servers: TurnServers | null };
  'call:action': CallKey & { readonly action: CallAction };
  /** Something in the list of calls is new, other, or gone. */
  'history:changed': { readonly unseen: number };
  /** A person clicked on the notification of a missed call; null when its row is gone. */
  'history:open': HistoryEntry | null;
  'settings:changed': Settings;
  /** The machine woke up, or the network changed: running calls look after their connection. NG-14 */
  'network:changed': null;
}

export type CommandName = keyof typeof commands;
export type CommandArgument<N extends CommandName> = z.infer<(typeof commands)[N]>;
export type EventName = keyof Events;

/** What the page sees as `window.carillon`. */
export interface Carillon {
  readonly invoke: <N extends CommandName>(name: N, argument: CommandArgument<N>) => Promise<CommandResults[N]>;
  /** @returns a function that ends the subscription. */
  readonly on: <N extends EventName>(name: N, listener: (payload: Events[N]) => void) => () => void;
}
