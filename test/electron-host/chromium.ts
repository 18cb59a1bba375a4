/** Finds and starts the system's Chromium for this app. It ends with us: it exits when its debugging pipe closes. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { CdpConnection } from './cdp.ts';

/** The binaries, not the distributions' wrapper scripts: those add switches of their own. */
const places = ['/usr/lib/chromium/chromium', '/opt/google/chrome/chrome'];

export function findChromium(env: NodeJS.ProcessEnv, isFile: (file: string) => boolean = fs.existsSync): string {
  const named = env.ELECTRON_HOST_CHROMIUM;
  const found = named === undefined ? places.find(isFile) : [named].find(isFile);
  if (found !== undefined) return found;
  throw new Error(
    named === undefined
      ? `electron-host: no Chromium at ${places.join(' or ')}. Install it ("apt-get install chromium") or name one in ELECTRON_HOST_CHROMIUM.`
      : `electron-host: ELECTRON_HOST_CHROMIUM names ${named}, which does not exist.`,
  );
}

/** A window is shown on a screen only when asked for, so that tests run the same everywhere. */
export function isHeaded(env: NodeJS.ProcessEnv): boolean {
  return env.ELECTRON_HOST_HEADED === '1' && Boolean(env.DISPLAY ?? env.WAYLAND_DISPLAY);
}

const features = {
  off: [
    // No upgrade of http://…localhost, no services that phone home.
    'HttpsUpgrades',
    'HttpsFirstBalancedModeAutoEnable',
    'Translate',
    'MediaRouter',
    'OptimizationHints',
    'AutofillServerCommunication',
    // What belongs to a browser and not to Electron: pages of the address bar (65 MiB in a process of their own), and a
    // process in store for the next page.
    'WebUIOmniboxPopup',
    'WebUIOmniboxAimPopup',
    'WebUIOmniboxFullPopup',
    'SpareRendererForSitePerProcess',
  ].join(','),
};

/** Switches that are ours to decide, or Node's. */
const notHandedOn = new Set([
  'inspect',
  'inspect-brk',
  'no-sandbox',
  'user-data-dir',
  'disable-features',
  'enable-features',
  'headless',
  'js-flags',
]);

/** @param folder Chromium's own profile. */
export function chromiumArguments(switches: ReadonlyMap<string, string>, folder: string, headed: boolean): string[] {
  const enabled = switches.get('enable-features');
  const disabled = [features.off, switches.get('disable-features')].filter(Boolean).join(',');
  return [
    ...(headed ? [] : ['--headless=new', '--hide-scrollbars=false']),
    '--no-sandbox', // it needs privileges that containers lack; only the app's own pages are shown
    '--no-startup-window',
    '--remote-debugging-pipe',
    `--user-data-dir=${folder}`,
    // Quiet: no first run, no services, no keyring.
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-default-apps',
    '--disable-extensions',
    '--disable-component-update',
    '--disable-background-networking',
    '--disable-sync',
    '--disable-breakpad',
    '--disable-infobars',
    '--disable-search-engine-choice-screen',
    '--hide-crash-restore-bubble',
    '--metrics-recording-only',
    '--password-store=basic',
    '--use-mock-keychain',
    '--disable-dev-shm-usage',
    // Electron's defaults.
    '--disable-popup-blocking',
    '--autoplay-policy=no-user-gesture-required',
    // Chromium grants; the session's handlers were asked before (agents/permissions.ts).
    '--use-fake-ui-for-media-stream',
    // Without a network beyond loopback, ICE would find no candidate and gathering would never end.
    '--allow-loopback-in-peer-connection',
    `--disable-features=${disabled}`,
    ...(enabled === undefined ? [] : [`--enable-features=${enabled}`]),
    ...[...switches].filter(([name]) => !notHandedOn.has(name)).map(([name, value]) => asArgument(name, value)),
  ];
}

function asArgument(name: string, value: string): string {
  return value === '' ? `--${name}` : `--${name}=${value}`;
}

export interface Chromium {
  readonly connection: CdpConnection;
  readonly process: ChildProcess;
  readonly arguments: readonly string[];
  /** Tells Playwright, which waits on our standard error, where Chromium listens. */
  readonly announce: () => void;
}

/** Throws where Chromium is missing. */
export function startChromium(switches: ReadonlyMap<string, string>, userData: string): Chromium {
  const folder = path.join(userData, 'chromium');
  fs.mkdirSync(folder, { recursive: true });
  const verbose = process.env.ELECTRON_HOST_DEBUG === '1';
  const args = chromiumArguments(switches, folder, isHeaded(process.env));
  const child = spawn(findChromium(process.env), args, {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    env: {
      ...process.env,
      // Silences "Google API keys are missing".
      GOOGLE_API_KEY: 'no',
      GOOGLE_DEFAULT_CLIENT_ID: 'no',
      GOOGLE_DEFAULT_CLIENT_SECRET: 'no',
    },
  });
  const [, , errors, input, output] = child.stdio as unknown as [null, null, Readable, Writable, Readable];
  const { promise: announced, resolve: announce } = Promise.withResolvers<undefined>();
  readline.createInterface({ input: errors }).on('line', (line) => {
    const isAddress = line.startsWith('DevTools listening on ');
    if (isAddress) void announced.then(() => process.stderr.write(`${line}\n`));
    else if (verbose) process.stderr.write(`${line}\n`);
  });
  return {
    connection: new CdpConnection(input, output),
    process: child,
    arguments: args,
    announce: () => {
      announce(undefined);
    },
  };
}

/**
 * The Chromium that was started early, where the app has changed neither its switches nor its folder since; else a new
 * one. Main's modules and Chromium load at the same time that way.
 */
export async function chromiumFor(
  early: Chromium | undefined,
  switches: ReadonlyMap<string, string>,
  userData: string,
): Promise<Chromium> {
  if (!early) return startChromium(switches, userData);
  const wanted = chromiumArguments(switches, path.join(userData, 'chromium'), isHeaded(process.env));
  if (wanted.join('\n') === early.arguments.join('\n')) return early;
  early.process.kill('SIGKILL');
  await once(early.process, 'exit');
  return startChromium(switches, userData);
}

let running: Chromium | undefined;

export function setChromium(chromium: Chromium): void {
  running = chromium;
}

/** The running Chromium; there is one from `ready` on. */
export function chromium(): Chromium {
  if (!running) throw new Error('electron-host: Chromium runs only after the app is ready');
  return running;
}
