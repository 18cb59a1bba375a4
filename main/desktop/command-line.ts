/**
 * What a person, an autostart entry or a script may say to the program. Chromium's own switches pass through untouched,
 * among them `--user-data-dir=DIR`.
 */

export interface CommandLine {
  /** Own user-data folder: its own accounts, settings and single instance. */
  readonly profile: string | null;
  /** Start in the tray. */
  readonly hidden: boolean;
  /** Log more, and to stderr as well. */
  readonly verbose: boolean;
}

export type CommandLineResult =
  { readonly ok: true; readonly commandLine: CommandLine } | { readonly ok: false; readonly message: string };

/** A profile's name becomes a folder's name on every platform: no separators, no dots alone, no spaces, no case games. */
const profileName = /^[a-z0-9][a-z0-9_-]{0,31}$/i;

export function parseCommandLine(argv: readonly string[]): CommandLineResult {
  const profiles = argv.filter((word) => word === '--profile' || word.startsWith('--profile='));
  const profile = profiles.at(-1)?.slice('--profile='.length) ?? null;
  if (profile !== null && !profileName.test(profile)) {
    const message =
      '--profile=NAME: a name has 1 to 32 letters, digits, "-" or "_" and starts with a letter or a digit, ' +
      `for example --profile=work (got ${JSON.stringify(profile)})`;
    return { ok: false, message };
  }
  return {
    ok: true,
    commandLine: { profile, hidden: argv.includes('--hidden'), verbose: argv.includes('--verbose') },
  };
}
