/** What this desktop does not have, as far as it can be found out. */
import type { DesktopLack } from '../../preload/contract/desktop';
import type { TrayIcon } from './tray';

export interface LacksEnv {
  readonly tray: Pick<TrayIcon, 'seen'> | null;
  readonly notifications: () => boolean;
}

export async function desktopLacks({ tray, notifications }: LacksEnv): Promise<readonly DesktopLack[]> {
  const hasTray = tray !== null && (await tray.seen);
  return [...(hasTray ? [] : ['tray' as const]), ...(notifications() ? [] : ['notifications' as const])];
}
