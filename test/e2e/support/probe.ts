/**
 * Loaded into the main process before the app (`-r`), on either Electron: keeps what the desktop would show and nothing
 * lets one read back, and plays the person who clicks on it. The app itself is untouched.
 */

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly type: string;
  readonly checked: boolean;
  readonly enabled: boolean;
  readonly visible: boolean;
  readonly submenu: readonly MenuEntry[];
}

export interface TrayState {
  /** False where there is no icon; then the rest is empty. */
  readonly shown: boolean;
  readonly toolTip: string;
  readonly title: string;
  readonly menu: readonly MenuEntry[];
}

export interface NotificationState {
  readonly title: string;
  readonly body: string;
  /** Captions of its buttons. */
  readonly actions: readonly string[];
  readonly open: boolean;
}

/** What tests and the demo can ask of a running app. */
export interface Probe {
  tray(): TrayState;
  trayEvent(name: 'click' | 'double-click' | 'right-click'): void;
  /** @param name id or label. */
  trayMenu(name: string): void;
  /** In the order in which they were shown. */
  notifications(): readonly NotificationState[];
  /** @param index from 0; negative from the end. */
  notificationEvent(index: number, name: 'click' | 'close'): void;
  notificationAction(index: number, action: number): void;
  forgetNotifications(): void;
  shortcuts(): readonly string[];
  /** False where nothing is registered under that name. */
  pressShortcut(accelerator: string): boolean;
  /** Links and folders that were to be opened elsewhere, and error boxes. */
  log(): readonly (readonly string[])[];
}

/** Injected by its text, so it uses nothing of this file but types. */
export function installProbe(electron: typeof Electron.CrossProcessExports): void {
  const { dialog, globalShortcut, Notification, shell, Tray } = electron;
  const trays: { tray: Electron.Tray; toolTip: string; title: string; menu: Electron.Menu | null }[] = [];
  const notifications: { notification: Electron.Notification; open: boolean }[] = [];
  const shortcuts = new Map<string, () => void>();
  const log: string[][] = [];

  /** Calls `seen` after each call of a method, with its arguments and result. */
  const tap = <T extends object>(
    target: T,
    name: keyof T & string,
    seen: (self: never, args: never, result: unknown) => void,
  ): void => {
    const original = target[name] as (...args: unknown[]) => unknown;
    const tapped = function (this: unknown, ...args: unknown[]): unknown {
      const result = original.apply(this, args);
      seen(this as never, args as never, result);
      return result;
    };
    target[name] = tapped as T[keyof T & string];
  };

  const entryOf = (tray: Electron.Tray): (typeof trays)[number] => {
    const known = trays.find((entry) => entry.tray === tray);
    if (known) return known;
    const entry = { tray, toolTip: '', title: '', menu: null };
    trays.push(entry);
    return entry;
  };
  tap(Tray.prototype, 'setToolTip', (tray: Electron.Tray, [toolTip]: [string]) => {
    entryOf(tray).toolTip = toolTip;
  });
  tap(Tray.prototype, 'setTitle', (tray: Electron.Tray, [title]: [string]) => {
    entryOf(tray).title = title;
  });
  tap(Tray.prototype, 'setContextMenu', (tray: Electron.Tray, [menu]: [Electron.Menu | null]) => {
    entryOf(tray).menu = menu;
  });
  tap(Tray.prototype, 'destroy', (tray: Electron.Tray) => {
    trays.splice(trays.indexOf(entryOf(tray)), 1);
  });

  const setOpen = (notification: Electron.Notification, open: boolean): void => {
    const known = notifications.find((entry) => entry.notification === notification);
    if (known) known.open = open;
    if (known || !open) return;
    notifications.push({ notification, open });
    notification.on('close', () => {
      setOpen(notification, false);
    });
  };
  tap(Notification.prototype, 'show', (notification: Electron.Notification) => {
    setOpen(notification, true);
  });
  tap(Notification.prototype, 'close', (notification: Electron.Notification) => {
    setOpen(notification, false);
  });

  tap(globalShortcut, 'register', (_self, [accelerator, callback]: [string, () => void], result) => {
    if (result === true) shortcuts.set(accelerator, callback);
  });
  tap(globalShortcut, 'unregister', (_self, [accelerator]: [string]) => {
    shortcuts.delete(accelerator);
  });
  tap(globalShortcut, 'unregisterAll', () => {
    shortcuts.clear();
  });

  // These would leave the app: they are kept instead of done.
  shell.openExternal = (url) => {
    log.push(['openExternal', url]);
    return Promise.resolve();
  };
  shell.openPath = (path) => {
    log.push(['openPath', path]);
    return Promise.resolve('');
  };
  dialog.showErrorBox = (title, content) => {
    log.push(['showErrorBox', title, content]);
  };

  const flatten = (menu: Electron.Menu | null | undefined): MenuEntry[] =>
    (menu?.items ?? []).map(({ id, label, type, checked, enabled, visible, submenu }) => {
      return { id, label, type, checked, enabled, visible, submenu: flatten(submenu) };
    });
  const find = (menu: Electron.Menu | null | undefined, name: string): Electron.MenuItem | undefined => {
    for (const item of menu?.items ?? []) {
      const found = item.id === name || item.label === name ? item : find(item.submenu, name);
      if (found) return found;
    }
    return undefined;
  };
  const latestTray = (): (typeof trays)[number] => {
    const entry = trays.at(-1);
    if (!entry) throw new Error('There is no tray icon.');
    return entry;
  };
  const notificationAt = (index: number): Electron.Notification => {
    const entry = notifications.at(index);
    if (!entry) throw new Error(`There is no notification ${index}.`);
    return entry.notification;
  };
  const event = { preventDefault: () => undefined, defaultPrevented: false };

  const probe: Probe = {
    tray: () => {
      const { toolTip = '', title = '', menu = null } = trays.at(-1) ?? {};
      return { shown: trays.length > 0, toolTip, title, menu: flatten(menu) };
    },
    trayEvent: (name) => {
      latestTray().tray.emit(name, event, { x: 0, y: 0, width: 0, height: 0 }, { x: 0, y: 0 });
    },
    trayMenu: (name) => {
      const item = find(latestTray().menu, name);
      if (!item) throw new Error(`The tray's menu has no "${name}".`);
      (item.click as () => void)();
    },
    notifications: () =>
      notifications.map(({ notification: { title, body, actions }, open }) => {
        return { title, body, open, actions: actions.map(({ text }) => text ?? '') };
      }),
    notificationEvent: (index, name) => {
      notificationAt(index).emit(name, event);
    },
    notificationAction: (index, action) => {
      const details = { ...event, actionIndex: action, selectionIndex: -1 };
      notificationAt(index).emit('action', details, action, -1);
    },
    forgetNotifications: () => {
      for (const { notification, open } of notifications) if (open) notification.emit('close', event);
      notifications.length = 0;
    },
    shortcuts: () => [...shortcuts.keys()],
    pressShortcut: (accelerator) => {
      const callback = globalShortcut.isSuspended() ? undefined : shortcuts.get(accelerator);
      callback?.();
      return callback !== undefined;
    },
    log: () => log,
  };
  Object.assign(globalThis, { carillonProbe: probe });
}
