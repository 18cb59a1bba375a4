/**
 * What a person, an autostart entry, a script or the desktop may say to the program. Chromium's own switches pass through
 * untouched, among them `--user-data-dir=DIR`.
 */
import { UserId } from '../../preload/contract/ids';

/** What a running Carillon is asked to do. */
export type Verb =
  | { readonly do: 'call'; readonly userId: UserId }
  | { readonly do: 'answer' | 'decline' | 'hold' | 'hangUp' }
  | { readonly do: 'mute'; readonly to: 'on' | 'off' | 'toggle' };

export interface CommandLine {
  /** Own user-data folder: its own accounts, settings and single instance. */
  readonly profile: string | null;
  /** Start in the tray. */
  readonly hidden: boolean;
  /** Log more, and to stderr as well. */
  readonly verbose: boolean;
  /** With a verb the program starts nothing: it tells the one that runs. */
  readonly verb: Verb | null;
  /** A `matrix:`, `tel:` or matrix.to link, as it came: who reads it expects anything. */
  readonly link: string | null;
}

export type CommandLineResult =
  { readonly ok: true; readonly commandLine: CommandLine } | { readonly ok: false; readonly message: string };

/** A profile's name becomes a folder's name on every platform: no separators, no dots alone, no spaces, no case games. */
const profileName = /^[a-z0-9][a-z0-9_-]{0,31}$/i;

/** Characters. What is longer leads nowhere, and is passed on as that. */
const longestLink = 2000;

export function parseCommandLine(argv: readonly string[]): CommandLineResult {
  // What the desktop adds for a link it was asked to open stands after `--`, and can never be a switch.
  const end = argv.indexOf('--');
  const words = end === -1 ? argv : argv.slice(0, end);
  const link = linkAmong(argv);

  const profiles = words.filter((word) => word === '--profile' || word.startsWith('--profile='));
  const profile = profiles.at(-1)?.slice('--profile='.length) ?? null;
  if (profile !== null && !profileName.test(profile)) {
    const message =
      '--profile=NAME: a name has 1 to 32 letters, digits, "-" or "_" and starts with a letter or a digit, ' +
      `for example --profile=work (got ${JSON.stringify(profile)})`;
    return { ok: false, message };
  }
  const verbs = words.filter((word) => /^--(call|answer|decline|hold|hang-up|mute)(=|$)/.test(word));
  const verb = verbs[0] === undefined ? null : verbOf(verbs[0]);
  if (typeof verb === 'string') return { ok: false, message: verb };
  // A link may be anybody's doing: whatever came along with it is no command of this person.
  if (verbs.length > 1 || (verb !== null && link !== null)) {
    return {
      ok: false,
      message: '--call, --answer, --decline, --hold, --hang-up and --mute: one at a time, and not together with a link',
    };
  }
  const commandLine = {
    profile,
    hidden: words.includes('--hidden'),
    verbose: words.includes('--verbose'),
    verb,
    link,
  };
  return { ok: true, commandLine };
}

/** The link that the desktop or a person gave, wherever it stands; too long a one becomes one that leads nowhere. */
export function linkAmong(argv: readonly string[]): string | null {
  const link = argv.slice(1).find((word) => /^(matrix:|tel:|https:\/\/matrix\.to\/)/i.test(word));
  return link === undefined ? null : boundedLink(link);
}

export const boundedLink = (link: string): string => (link.length > longestLink ? 'matrix:' : link);

/** @returns what is wrong with it, where something is. */
function verbOf(word: string): Verb | string {
  const [name = '', value] = word.split(/=(.*)/s, 2);
  switch (name) {
    case '--call': {
      const userId = UserId.safeParse(value);
      return userId.success ? { do: 'call', userId: userId.data } : '--call=@USER:SERVER: not a Matrix ID';
    }
    case '--mute':
      if (value === undefined) return { do: 'mute', to: 'toggle' };
      return value === 'on' || value === 'off' ? { do: 'mute', to: value } : '--mute, --mute=on or --mute=off';
    default:
      return value === undefined ? plainVerbOf(name) : `${name}: takes no value`;
  }
}

function plainVerbOf(name: string): Verb {
  if (name === '--answer') return { do: 'answer' };
  if (name === '--decline') return { do: 'decline' };
  return { do: name === '--hold' ? 'hold' : 'hangUp' };
}
