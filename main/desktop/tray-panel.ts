/** What colour the tray's panel has, as far as the desktop tells. Pure. */
import type { Settings } from '../../preload/contract/settings';

/** Folders of assets/tray. */
export type TrayPanel = 'on-light' | 'on-dark' | 'any';

export interface PanelFacts {
  readonly platform: NodeJS.Platform;
  /** Names of the desktop, as `XDG_CURRENT_DESKTOP` gives them. */
  readonly desktop: string;
  readonly chosen: Settings['trayPanel'];
  /** The desktop's own parts are dark (Windows: taskbar; elsewhere the theme of programs). */
  readonly systemIsDark: boolean;
}

/**
 * Windows tells the taskbar's theme. KDE's panel has the theme of programs, GNOME's is dark whatever theme they have. On
 * other desktops nobody knows, and an icon in a middle tone is seen on both. macOS colours the dark one by itself.
 */
export function panelOf({ platform, desktop, chosen, systemIsDark }: PanelFacts): TrayPanel {
  if (platform === 'darwin') return 'on-light';
  if (chosen !== 'system') return chosen === 'dark' ? 'on-dark' : 'on-light';
  if (platform === 'win32' || /\bKDE\b/i.test(desktop)) return systemIsDark ? 'on-dark' : 'on-light';
  return /\bGNOME\b/i.test(desktop) ? 'on-dark' : 'any';
}
