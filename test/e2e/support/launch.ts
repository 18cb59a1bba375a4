/** Starts the app as a person would, for end-to-end tests and the demo, on the real Electron or the stand-in. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type JSHandle, type Page } from '@playwright/test';
import { electronExecutable } from '../../electron-host/executable.ts';
import { until } from '../../homeserver/until.ts';
import { installProbe, type NotificationState, type Probe, type TrayState } from './probe.ts';
import { writeTone } from './tone.ts';

const root = path.join(import.meta.dirname, '../../..');

export interface LaunchOptions {
  /** User-data folder; without one, a new folder that `close` removes. */
  readonly profile?: string;
  /** More of the command line: switches of the app and of Chromium, links. */
  readonly args?: readonly string[];
  /** The fake microphone plays a tone of so many hertz; without it, beeps. */
  readonly tone?: number;
  /** Neither microphone nor camera: Chromium has no fake camera without a fake microphone. */
  readonly noMicrophone?: boolean;
  readonly noCamera?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** Folder of the app; Carillon without one. */
  readonly appPath?: string;
  /** Show windows on a screen, where there is one. */
  readonly headed?: boolean;
}

export interface LaunchedCarillon {
  readonly app: ElectronApplication;
  /** The first window, once it has content. */
  readonly page: Page;
  readonly profile: string;
  /** Main's object of a window; without an argument, of the first one. */
  window(page?: Page): Promise<JSHandle<Electron.BrowserWindow>>;
  readonly tray: {
    state(): Promise<TrayState>;
    click(): Promise<void>;
    /** @param name id or label of an entry. */
    menu(name: string): Promise<void>;
  };
  readonly notifications: {
    list(): Promise<readonly NotificationState[]>;
    /** @param index from 0; negative from the end. */
    click(index?: number): Promise<void>;
    action(index: number, action: number): Promise<void>;
    /** As a person who dismisses it. */
    dismiss(index?: number): Promise<void>;
    /** Dismisses those that are open; from now on others are listed only. */
    forget(): Promise<void>;
  };
  readonly shortcuts: {
    list(): Promise<readonly string[]>;
    press(accelerator: string): Promise<boolean>;
  };
  /** Links and folders that the app wanted opened elsewhere, and error boxes. */
  log(): Promise<readonly (readonly string[])[]>;
  /** Runs a function in the main process. */
  readonly main: ElectronApplication['evaluate'];
  /** Standard output and error so far. */
  output(): string;
  /**
   * Quits the app, unless it has ended already, and removes a profile that was made for it; with `keepProfile` the caller
   * starts another app on it, whose `close` leaves it too.
   */
  close(options?: { readonly keepProfile?: boolean }): Promise<void>;
  /** Kills the main process, as a crash or the system would; keeps the profile. */
  kill(): Promise<void>;
}

/** @throws when the app does not start or shows no window within 30 s. */
export async function launchCarillon(options: LaunchOptions = {}): Promise<LaunchedCarillon> {
  // Playwright asks the `electron` package for its executable, and that looks here.
  const executable = electronExecutable();
  Object.assign(process.env, executable.env);
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'carillon-'));
  const profile = options.profile ?? path.join(scratch, 'profile');
  const app = await _electron.launch({
    cwd: root,
    args: commandLine(options, profile, scratch),
    env: environment(options),
    colorScheme: null, // the app's own choice
    timeout: 30_000,
  });
  const lines: string[] = [];
  for (const stream of [app.process().stdout, app.process().stderr]) {
    stream?.on('data', (data: Buffer) => lines.push(data.toString()));
  }
  const removeScratch = (): void => {
    fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const page = await firstPage(app);
    return {
      ...facade(app, removeScratch),
      page,
      profile,
      window: (other = page) => app.browserWindow(other) as Promise<JSHandle<Electron.BrowserWindow>>,
      output: () => lines.join(''),
    };
  } catch (error) {
    app.process().kill('SIGKILL');
    removeScratch();
    throw error;
  }
}

function commandLine(options: LaunchOptions, profile: string, scratch: string): string[] {
  const { appPath = root, args = [], tone, noMicrophone = false, noCamera = false } = options;
  const media: string[] = [];
  if (!noMicrophone) {
    media.push(`--use-fake-device-for-media-stream${noCamera ? '=device-count=0' : ''}`);
  }
  if (tone !== undefined && !noMicrophone) {
    const recording = path.join(scratch, 'tone.wav');
    writeTone(recording, tone);
    media.push(`--use-file-for-fake-audio-capture=${recording}`);
  }
  return ['-r', writeProbe(scratch), `--user-data-dir=${profile}`, ...media, appPath, ...args];
}

/** Real Electron reads no TypeScript: the probe goes in by its text, whose types are gone when this runs. */
function writeProbe(folder: string): string {
  const file = path.join(folder, 'probe.cjs');
  fs.writeFileSync(file, `(${String(installProbe)})(require('electron'));\n`);
  return file;
}

function environment({ env = {}, headed = false }: LaunchOptions): Record<string, string> {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...Object.fromEntries(inherited), ...(headed ? { ELECTRON_HOST_HEADED: '1' } : {}), ...env };
}

/** The window of ringing calls is made at the start, too, and may be seen first. */
async function firstPage(app: ElectronApplication): Promise<Page> {
  await app.firstWindow();
  const page = await until('the first window', 30_000, () =>
    Promise.resolve(app.windows().find((one) => !/^about:blank$|\/call-window\.html$/.test(one.url()))),
  );
  await page.waitForLoadState('domcontentloaded');
  return page;
}

function facade(
  app: ElectronApplication,
  removeScratch: () => void,
): Omit<LaunchedCarillon, 'page' | 'profile' | 'window' | 'output'> {
  const ask = <N extends keyof Probe>(name: N, ...args: Parameters<Probe[N]>) =>
    app.evaluate<ReturnType<Probe[N]>>(`carillonProbe.${name}(...${JSON.stringify(args)})`);
  const child = app.process(); // Playwright forgets it when it ends
  const exited = new Promise<void>((resolve) =>
    child.once('exit', () => {
      resolve();
    }),
  );
  return {
    app,
    main: app.evaluate.bind(app),
    log: () => ask('log'),
    tray: {
      state: () => ask('tray'),
      click: () => ask('trayEvent', 'click'),
      menu: (name) => ask('trayMenu', name),
    },
    notifications: {
      list: () => ask('notifications'),
      click: (index = -1) => ask('notificationEvent', index, 'click'),
      action: (index, action) => ask('notificationAction', index, action),
      dismiss: (index = -1) => ask('notificationEvent', index, 'close'),
      forget: () => ask('forgetNotifications'),
    },
    shortcuts: {
      list: () => ask('shortcuts'),
      press: (accelerator) => ask('pressShortcut', accelerator),
    },
    close: async ({ keepProfile = false } = {}) => {
      if (child.exitCode === null && child.signalCode === null) await app.close();
      await exited;
      if (!keepProfile) removeScratch();
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
