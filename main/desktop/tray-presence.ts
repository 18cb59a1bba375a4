/**
 * Is there a place where a tray icon can be seen? Electron does not say: where the desktop has none, the icon is made and
 * shown nowhere, and a window that hides "in the tray" would be gone.
 */
import { execFile } from 'node:child_process';

export interface PresenceEnv {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Does somebody own this name on the session bus? Null when it cannot be found out. */
  readonly hasOwner: (name: string) => Promise<boolean | null>;
}

/**
 * GNOME without an extension and bare Wayland sessions show no icon unless somebody watches for them on D-Bus. Elsewhere
 * on Linux the old X11 tray may do without a watcher, so there is no proof that the icon is lost.
 */
export async function trayIsSeen(env: PresenceEnv): Promise<boolean> {
  if (env.platform !== 'linux') return true;
  const { XDG_CURRENT_DESKTOP: desktop = '', XDG_SESSION_TYPE: session = '' } = env.environment;
  const needsWatcher = session === 'wayland' || /\bGNOME\b/i.test(desktop);
  if (!needsWatcher) return true;
  return (await env.hasOwner('org.kde.StatusNotifierWatcher')) ?? true;
}

/** Asks the bus through GLib's own tool, which every desktop with GTK programs has. */
export function sessionBusHasOwner(name: string): Promise<boolean | null> {
  const call = ['call', '--session', '--dest', 'org.freedesktop.DBus', '--object-path', '/org/freedesktop/DBus'];
  const method = ['--method', 'org.freedesktop.DBus.NameHasOwner', name];
  return new Promise((resolve) => {
    execFile('gdbus', [...call, ...method], { timeout: 2000 }, (error, output) => {
      resolve(error === null ? output.includes('true') : null);
    });
  });
}
