/** `globalShortcut`: who registered what. ELECTRON_HOST_TAKEN_SHORTCUTS ("Ctrl+M;…") names what other programs hold. */
import { assertReady } from '../process-state.ts';
import { complete } from '../surface.ts';

const registered = new Map<string, () => void>();
let suspended = false;

const modifiers: Readonly<Record<string, string>> = {
  commandorcontrol: 'ctrl',
  cmdorctrl: 'ctrl',
  control: 'ctrl',
  command: 'cmd',
  option: 'alt',
  meta: 'super',
};

/** One spelling per shortcut: `Shift+CmdOrCtrl+M` and `Ctrl+Shift+M` are the same. */
export function canonicalAccelerator(accelerator: string): string {
  const keys = accelerator.split('+').map((key) => key.trim().toLowerCase());
  const key = keys.pop() ?? '';
  return [...keys.map((name) => modifiers[name] ?? name).sort(), key].join('+');
}

function isTaken(accelerator: string): boolean {
  const others = (process.env.ELECTRON_HOST_TAKEN_SHORTCUTS ?? '').split(';').filter(Boolean);
  return registered.has(accelerator) || others.map(canonicalAccelerator).includes(accelerator);
}

function register(accelerator: string, callback: () => void): boolean {
  assertReady('globalShortcut cannot be used before the app is ready');
  const name = canonicalAccelerator(accelerator);
  if (suspended || isTaken(name)) return false;
  registered.set(name, callback);
  return true;
}

export const globalShortcut = complete(
  {
    register,
    registerAll: (accelerators, callback) => {
      for (const accelerator of accelerators) register(accelerator, callback);
    },
    isRegistered: (accelerator) => registered.has(canonicalAccelerator(accelerator)),
    unregister: (accelerator) => {
      registered.delete(canonicalAccelerator(accelerator));
    },
    unregisterAll: () => {
      registered.clear();
    },
    setSuspended: (flag) => {
      suspended = flag;
    },
    isSuspended: () => suspended,
  } satisfies Electron.GlobalShortcut,
  'GlobalShortcut',
  'globalShortcut',
);
