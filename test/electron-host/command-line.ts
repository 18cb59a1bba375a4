/** The command line as Electron's default app reads it: `[-r module]… [--switch[=value]]… app [argument]…`. */
import { UnsupportedError, completeClass, type Part } from './surface.ts';

export interface Arguments {
  /** Modules to load before the app (`-r`). */
  readonly preloads: readonly string[];
  /** Folder or file of the app. */
  readonly entry: string | undefined;
  readonly switches: Map<string, string>;
}

export function parseArguments(args: readonly string[]): Arguments {
  const preloads: string[] = [];
  const switches = new Map<string, string>();
  let entry: string | undefined;
  for (let i = 0; i < args.length; i++) {
    const argument = args[i] ?? '';
    if (entry === undefined && (argument === '-r' || argument === '--require')) {
      i += 1;
      preloads.push(args[i] ?? '');
      continue;
    }
    const { name, value = '' } = /^--(?<name>[^=]+)(?:=(?<value>.*))?$/s.exec(argument)?.groups ?? {};
    if (name !== undefined) addSwitch(switches, name, value);
    else if (!argument.startsWith('-')) entry ??= argument;
  }
  return { preloads, entry, switches };
}

/** `--enable-features` and `--disable-features` add up; other switches replace. */
function addSwitch(switches: Map<string, string>, name: string, value: string): void {
  const old = switches.get(name);
  switches.set(name, name.endsWith('-features') && old ? `${old},${value}` : value);
}

/** `app.commandLine`; what is in it when the app becomes ready is handed to Chromium. */
export class CommandLine implements Part<Electron.CommandLine> {
  readonly #switches: Map<string, string>;

  constructor(switches: Map<string, string>) {
    this.#switches = switches;
  }

  appendSwitch(name: string, value = ''): void {
    addSwitch(this.#switches, name.replace(/^--/, ''), value);
  }

  appendArgument(): never {
    throw new UnsupportedError('app.commandLine.appendArgument');
  }

  hasSwitch(name: string): boolean {
    return this.#switches.has(name);
  }

  getSwitchValue(name: string): string {
    return this.#switches.get(name) ?? '';
  }

  removeSwitch(name: string): void {
    this.#switches.delete(name);
  }
}
completeClass(CommandLine, 'CommandLine', 'app.commandLine');
