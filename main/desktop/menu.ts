/**
 * The menu bar: only where the platform cannot do without one. Electron's own has "Reload", which would end every call.
 */
import { Menu } from 'electron';

export function setApplicationMenu(platform: NodeJS.Platform): void {
  if (platform !== 'darwin') {
    Menu.setApplicationMenu(null);
    return;
  }
  // Without these roles macOS knows neither copy nor paste nor Cmd+Q.
  Menu.setApplicationMenu(Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }]));
}
