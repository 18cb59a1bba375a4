import { describe, expect, it } from 'vitest';
import {
  complete,
  completeClass,
  electronSurface,
  readSurface,
  UnsupportedError,
  unsupportedModule,
} from '../../electron-host/surface.ts';

const declarations = `
declare namespace Electron {
  interface Shell {
    /** A comment with member(s): none. */
    beep(): void;
    on(event: 'x', listener: () => void): this;
    readonly volume: number;
    optional?: string;
  }
  class Tray extends NodeEventEmitter {
    constructor(image: string);
    static isSupported(): boolean;
    destroy(): void;
  }
  namespace Main {
    const shell: Shell;
    class Tray extends Electron.Tray {}
  }
  namespace Renderer {
    const webFrame: WebFrame;
  }
}`;

describe('the surface of Electron', () => {
  it('is read from its declarations', () => {
    const { modules, interfaces } = readSurface(declarations);
    expect([...modules]).toEqual(['shell', 'Tray']);
    const shell = interfaces.get('Shell');
    expect([...(shell?.methods ?? [])]).toEqual(['beep', 'on']);
    expect([...(shell?.properties ?? [])]).toEqual(['volume']);
    const tray = interfaces.get('Tray');
    expect([...(tray?.methods ?? [])]).toEqual(['destroy']);
    expect([...(tray?.statics ?? [])]).toEqual(['isSupported']);
  });

  it('of the installed package has what every app uses', () => {
    const { modules, interfaces } = electronSurface();
    for (const name of ['app', 'BrowserWindow', 'ipcMain', 'nativeImage', 'session', 'webContents']) {
      expect(modules).toContain(name);
    }
    expect(interfaces.get('App')?.methods).toContain('whenReady');
    expect(interfaces.get('BrowserWindow')?.statics).toContain('fromWebContents');
    expect(interfaces.get('WebContents')?.properties).toContain('mainFrame');
  });
});

describe('what is missing', () => {
  it('throws by name when used, and leaves what is there alone', () => {
    const shell = complete({ beep: () => 'beep' }, 'Shell', 'shell') as Record<string, () => unknown>;
    expect(shell.beep?.()).toBe('beep');
    expect(() => shell.readShortcutLink?.()).toThrow(new UnsupportedError('shell.readShortcutLink'));
    expect(Object.keys(shell)).toEqual(['beep']);
  });

  it('throws for properties and static members too', () => {
    class BrowserWindow {
      readonly id = 1;
    }
    completeClass(BrowserWindow, 'BrowserWindow');
    const window = new BrowserWindow() as unknown as Electron.BrowserWindow;
    expect(window.id).toBe(1);
    expect(() => {
      window.setVibrancy(null);
    }).toThrow('electron-host: BrowserWindow.setVibrancy is not supported');
    expect(() => window.kiosk).toThrow('electron-host: BrowserWindow.kiosk is not supported');
    expect(() => (BrowserWindow as unknown as typeof Electron.BrowserWindow).getAllWindows()).toThrow(
      'electron-host: BrowserWindow.getAllWindows is not supported',
    );
  });

  it('throws for whole modules', async () => {
    const missing = unsupportedModule('autoUpdater') as { checkForUpdates: () => void };
    expect(() => {
      missing.checkForUpdates();
    }).toThrow('electron-host: autoUpdater.checkForUpdates is not supported');
    await expect(Promise.resolve(missing)).resolves.toBe(missing); // no thenable
  });
});
