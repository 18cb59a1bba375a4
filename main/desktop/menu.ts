/**
 * The menu bar: only where the platform cannot do without one. Electron's own has "Reload", which would end every call.
 */
import { app, Menu, type MenuItemConstructorOptions } from 'electron';

/** @param quit asks first when a call is running; the platform's own role would not. */
export function setApplicationMenu(platform: NodeJS.Platform, quit: { label: () => string; act: () => void }): void {
  if (platform !== 'darwin') {
    Menu.setApplicationMenu(null);
    return;
  }
  // Without these roles macOS knows neither copy nor paste nor Cmd+Q.
  const own: MenuItemConstructorOptions[] = [
    { role: 'about' },
    { type: 'separator' },
    { role: 'services' },
    { type: 'separator' },
    { role: 'hide' },
    { role: 'hideOthers' },
    { role: 'unhide' },
    { type: 'separator' },
    { label: quit.label(), accelerator: 'Command+Q', click: quit.act },
  ];
  const menus: MenuItemConstructorOptions[] = [
    { label: app.name, submenu: own },
    { role: 'editMenu' },
    { role: 'windowMenu' },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(menus));
}
