/**
 * Everything that crosses between the main process and the renderer: commands (the page asks, main answers) and
 * events (main tells). Plain JSON-safe data; main parses every argument before a handler sees it.
 */
import { z } from 'zod';
import {
  type Account,
  BrowserMethod,
  type SignInMethods,
  type SignInProgress,
  type SignInResult,
} from './contract/accounts';
import { type CallAction, CallReport } from './contract/calls';
import type { DesktopLack } from './contract/desktop';
import { DeviceOffers, PrivacyPage } from './contract/devices';
import { type ExportResult, type HistoryEntry, type HistoryPage, HistoryQuery } from './contract/history';
import { Accelerator, hotkeyNames, type HotkeyResult, type HotkeysReport } from './contract/hotkeys';
import { RoomId, UserId } from './contract/ids';
import { type LogExportResult, RuleLine } from './contract/log';
import { CallWindowSize, type CallWindowView, RingingAnswer } from './contract/ringing';
import { NumberQuery, type NumberResult, type NumberSupport } from './contract/numbers';
import {
  type Person,
  type PersonFailure,
  type PersonResult,
  type Presence,
  PresenceQuery,
  type SearchResult,
} from './contract/people';
import type { ChosenRingtone, KeptRingtone } from './contract/ringtone-file';
import { ScreenChoice, type ScreenSources } from './contract/screens';
import { Settings, type SettingsTrouble } from './contract/settings';
import {
  callKey,
  type CallKey,
  type IncomingSignal,
  OutgoingSignal,
  type SignalOutcome,
  type TurnServers,
} from './contract/signalling';
import type { UpdateState } from './contract/updates';
import { type AccountTrust, type TrustCommandResults, trustCommands } from './contract/trust';

/** What a window that appears (late) needs; events numbered from `sequence` follow. EN-05 */
export interface Snapshot {
  readonly accounts: readonly Account[];
  readonly people: readonly Person[];
  readonly settings: Settings;
  /** BCP 47 tag of the desktop. */
  readonly systemLanguage: string;
  /** False where the keyring is missing and secrets are only obfuscated on disk. */
  readonly secretsProtected: boolean;
  /** The file of the accounts could not be read at this start; it was set aside, and everybody has to sign in again. */
  readonly accountsLost: boolean;
  /** Null: the settings are those of before. */
  readonly settingsTrouble: SettingsTrouble | null;
  /** How each account stands, and what of verifications is under way. */
  readonly trust: readonly AccountTrust[];
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
  /** The person says that what was in the way of an account's store is mended. */
  'account:retry': ofAccount,
  /** The keys of this device are lost: the account is signed out, to be signed in again as a new device. */
  'account:startOver': ofAccount,
  'people:search': z.strictObject({ account: UserId, term: z.string().max(255) }),
  /** Makes (or finds) the direct room with a person and invites them. */
  'people:start': z.strictObject({ account: UserId, userId: z.string().max(255) }),
  'people:accept': z.strictObject({ account: UserId, roomId: RoomId }),
  'people:decline': z.strictObject({ account: UserId, roomId: RoomId }),
  'people:favourite': z.strictObject({ account: UserId, roomId: RoomId, favourite: z.boolean() }),
  'people:presence': PresenceQuery,
  /** Whether the account's homeserver leads to the telephone network. */
  'number:support': ofAccount,
  /** Finds who stands for a number, and makes (or finds) the direct room with them. Answers when they can be called. */
  'number:find': NumberQuery,
  /** The latest link that the desktop wants opened, once. */
  'link:take': z.undefined(),
  'hotkeys:report': z.undefined(),
  /** Tries a key and keeps it when the system gives it; null takes it away. */
  'hotkeys:set': z.strictObject({ name: z.enum(hotkeyNames), accelerator: Accelerator.nullable() }),
  /** A person presses a new key: the ones there are must not act meanwhile. */
  'hotkeys:recording': z.strictObject({ on: z.boolean() }),
  'signal:send': OutgoingSignal,
  'turn:get': ofAccount,
  /** Somebody is about to be called: their devices get the room's key ahead. EN-01 */
  'call:prepare': z.strictObject({ account: UserId, roomId: RoomId }),
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
  /** What the tray offers; told anew whenever it changes. */
  'devices:offer': DeviceOffers,
  /** Opens the system's settings where this is allowed; answers whether it has such a page. */
  'devices:openPrivacy': PrivacyPage,
  'settings:change': Settings.partial(),
  /** What this desktop does not have. */
  'desktop:lacks': z.undefined(),
  /** Asks the person for a sound file. */
  'ringtone:choose': z.undefined(),
  /** The file that was chosen last is sound: ring with it. */
  'ringtone:keep': z.undefined(),
  /** The person's own ringtone. */
  'ringtone:load': z.undefined(),
  /** The next three are the call window's, which may ask nothing else. */
  'callWindow:view': z.undefined(),
  /** The view is drawn: the window can be seen, so high. */
  'callWindow:drawn': CallWindowSize,
  'callWindow:answer': RingingAnswer,
  /** One line for the debug log. */
  'log:rule': RuleLine,
  /** Asks the person for a file and writes the log to it, as it is: without secrets, addresses or names. */
  'log:export': z.undefined(),
  'update:state': z.undefined(),
  /** Asks the feed; without one nobody is asked. So do the next two nothing where there is nothing to do. */
  'update:check': z.undefined(),
  'update:download': z.undefined(),
  /** Quits, installs and starts anew. */
  'update:install': z.undefined(),
  ...trustCommands,
} as const;

/** Name → result. Kept apart from the schemas: results are ours, so they need a type, not a parser. */
export interface CommandResults extends TrustCommandResults {
  'app:snapshot': Snapshot;
  'account:signIn': SignInResult;
  'account:methods': SignInMethods;
  'account:signInByBrowser': SignInResult;
  'account:openBrowser': null;
  'account:cancelSignIn': null;
  'account:signOut': null;
  'account:retry': null;
  'account:startOver': null;
  'people:search': SearchResult;
  'people:start': PersonResult;
  'people:accept': PersonResult;
  'people:decline': { readonly ok: true } | { readonly ok: false; readonly reason: PersonFailure };
  'people:favourite': { readonly ok: true } | { readonly ok: false; readonly reason: PersonFailure };
  /** In the order of the question. */
  'people:presence': readonly Presence[];
  'number:support': NumberSupport;
  'number:find': NumberResult;
  'link:take': string | null;
  'hotkeys:report': HotkeysReport;
  'hotkeys:set': HotkeyResult;
  'hotkeys:recording': null;
  'signal:send': SignalOutcome;
  'turn:get': TurnServers | null;
  'call:prepare': null;
  'call:report': null;
  'call:silence': null;
  'history:list': HistoryPage;
  'history:seen': null;
  'history:delete': null;
  'history:export': ExportResult;
  'screen:sources': ScreenSources;
  'screen:choose': null;
  'devices:offer': null;
  'devices:openPrivacy': boolean;
  'settings:change': Settings;
  'desktop:lacks': readonly DesktopLack[];
  'ringtone:choose': ChosenRingtone;
  'ringtone:keep': KeptRingtone;
  /** The file in base64; null where there is none. */
  'ringtone:load': string | null;
  'callWindow:view': CallWindowView;
  'callWindow:drawn': null;
  'callWindow:answer': null;
  'log:rule': null;
  'log:export': LogExportResult;
  'update:state': UpdateState;
  'update:check': UpdateState;
  'update:download': UpdateState;
  'update:install': UpdateState;
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
  /** A person clicked on the notification of a lost call; null when its row is gone. */
  'history:return': HistoryEntry | null;
  /** A person wants to call whom they missed or lost, from the notification; null when its row is gone. */
  'history:callBack': HistoryEntry | null;
  'settings:changed': Settings;
  'update:changed': UpdateState;
  /** All of one account. */
  'trust:changed': AccountTrust;
  /** The machine woke up, or the network changed: running calls look after their connection. NG-14 */
  'network:changed': null;
  /** To the call window alone. */
  'callWindow:view': CallWindowView;
  'hotkeys:changed': HotkeysReport;
  /** A link waits to be taken. */
  'link:waiting': null;
  /** Somebody asked for a voice call at the command line. */
  'call:place': { readonly account: UserId; readonly roomId: RoomId; readonly userId: UserId };
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
