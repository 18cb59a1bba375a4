/** Which function of the desktop holds a key, where the desktop tells: GNOME and its relatives, by their settings. */
import { execFile } from 'node:child_process';

/** Where GNOME keeps its keys. */
const schemas = [
  'org.gnome.desktop.wm.keybindings',
  'org.gnome.shell.keybindings',
  'org.gnome.mutter.keybindings',
  'org.gnome.settings-daemon.plugins.media-keys',
];

/** @param list gives the settings of a schema as `gsettings list-recursively` prints them; empty where there is none. */
export function holderOn(
  platform: NodeJS.Platform,
  list: (schema: string) => Promise<string>,
): (accelerator: string) => Promise<string | null> {
  return async (accelerator) => {
    if (platform !== 'linux') return null;
    const wanted = keysOf(accelerator);
    for (const schema of schemas) {
      const lines = (await list(schema)).split('\n');
      for (const line of lines) {
        const [, name = '', value = ''] = /^\S+ (\S+) (.*)$/.exec(line) ?? [];
        const held = [...value.matchAll(/'([^']+)'/g)].some(([, key = '']) => keysOf(key) === wanted);
        if (held) return `GNOME: ${name}`;
      }
    }
    return null;
  };
}

/** `CommandOrControl+Shift+M` and `<Shift><Primary>m` are the same key. */
function keysOf(text: string): string {
  const modifiers: Readonly<Record<string, string>> = {
    commandorcontrol: 'control',
    primary: 'control',
    ctrl: 'control',
    mod1: 'alt',
    mod4: 'super',
  };
  const words = text.toLowerCase().split(/[+<>]+/);
  return words
    .filter((word) => word !== '')
    .map((word) => modifiers[word] ?? word)
    .sort()
    .join('+');
}

export function gsettings(schema: string): Promise<string> {
  return new Promise((resolve) => {
    execFile('gsettings', ['list-recursively', schema], { timeout: 2000 }, (error, output) => {
      resolve(error === null ? output : '');
    });
  });
}
