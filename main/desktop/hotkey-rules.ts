/** Which keys may be taken from every other program. Pure. */
import { type HotkeyName, hotkeyNames, type HotkeyRefusal, type Hotkeys } from '../../preload/contract/hotkeys';
import { inWindowKeys } from '../../preload/contract/window-keys';

/** One spelling for each: modifiers sorted, `CommandOrControl` as what it is on this platform. */
export function canonicalKey(accelerator: string, platform: NodeJS.Platform): string {
  const keys = accelerator.split('+');
  const key = keys.pop() ?? '';
  const commandOrControl = platform === 'darwin' ? 'Command' : 'Control';
  const modifiers = keys.map((name) => (name === 'CommandOrControl' ? commandOrControl : name)).sort();
  return [...modifiers, key.toUpperCase()].join('+');
}

/** What desktops keep for themselves, or what every program needs. */
const reserved: Readonly<Record<'darwin' | 'win32' | 'linux', readonly string[]>> = {
  darwin: [
    'Command+Q',
    'Command+W',
    'Command+Tab',
    'Command+Space',
    'Command+C',
    'Command+V',
    'Command+X',
    'Command+Z',
    'Command+A',
    'Command+S',
    'Command+H',
    'Command+M',
    'Command+Shift+3',
    'Command+Shift+4',
    'Command+Shift+5',
    'Command+Shift+Q',
  ],
  win32: ['Control+Alt+Delete', 'Alt+F4', 'Alt+Tab', 'Super+L', 'Control+Shift+Escape', 'F12'],
  linux: ['Control+Alt+Delete', 'Alt+F4', 'Alt+Tab', 'Super+L'],
};
const everywhere = ['C', 'V', 'X', 'Z', 'A', 'S'].map((key) => `Control+${key}`);

/** Keys that are there to be taken, without a modifier. */
const standAlone = /^(?:F(?:[1-9]|1\d|2[0-4])|Media\w+|Volume\w+|Pause|Scrolllock|PrintScreen)$/i;

/** @returns why `name` may not have this key, before the system is asked; null when it may. */
export function refusalOf(
  name: HotkeyName,
  accelerator: string,
  hotkeys: Hotkeys,
  platform: NodeJS.Platform,
): HotkeyRefusal | null {
  const key = canonicalKey(accelerator, platform);
  const holder = hotkeyNames.find((other) => other !== name && isSame(hotkeys[other], key, platform));
  if (holder !== undefined) return { reason: 'ours', holder };
  const parts = key.split('+');
  const strong = parts.slice(0, -1).some((modifier) => modifier !== 'Shift');
  if (!strong && !standAlone.test(parts.at(-1) ?? '')) return { reason: 'bare' };
  const kept = platform === 'darwin' || platform === 'win32' ? reserved[platform] : reserved.linux;
  if ([...kept, ...everywhere].some((other) => isSame(other, key, platform))) return { reason: 'reserved' };
  return inWindowKeys.some((other) => isSame(other, key, platform)) ? { reason: 'inWindow' } : null;
}

const isSame = (accelerator: string | null, key: string, platform: NodeJS.Platform): boolean =>
  accelerator !== null && canonicalKey(accelerator, platform) === key;
