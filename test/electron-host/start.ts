/** Reads top to bottom as the start of Electron: command line, `electron` module, `-r` modules, the app, Chromium, `ready`. */
import fs from 'node:fs';
import inspector from 'node:inspector';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app, onProcessEnd } from './app.ts';
import { chromium, chromiumFor, setChromium, startChromium, type Chromium } from './chromium.ts';
import { parseArguments } from './command-line.ts';
import { dialog } from './doubles/dialog.ts';
import { installModule } from './electron-module.ts';
import { cancelable } from './events.ts';
import { state } from './process-state.ts';
import { isLocked } from './single-instance.ts';
import { startInterception } from './session/interception.ts';
import { watchTargets } from './windows/targets.ts';
import { setChromiumUserAgent } from './windows/user-agent.ts';

/** How long Chromium may take to write its profile before it is killed, in ms. */
const patience = 3000;

/** Node's own; the app's `process.exit` ends Chromium first. */
const exitProcess = process.exit.bind(process);

export async function start(args: readonly string[]): Promise<void> {
  const { entry = '.', preloads, switches } = parseArguments(args);
  for (const [name, value] of switches) state.switches.set(name, value);
  const inspect = switches.get('inspect');
  if (inspect !== undefined) inspector.open(Number(inspect || 9229), '127.0.0.1');
  process.argv = [state.executable, ...args];
  dressProcess(entry);
  installModule();
  handleErrorsAndSignals();
  for (const preload of preloads) createRequire(path.join(process.cwd(), '/'))(preload);
  const early = startEarly();
  await loadApp(entry);
  await becomeReady(early);
}

/** Not for a second instance, which will end: its Chromium would open a window in the first one's. */
function startEarly(): Chromium | undefined {
  const userData = state.switches.get('user-data-dir');
  return userData === undefined || isLocked(userData) ? undefined : startChromium(state.switches, userData);
}

/** What main sees of the process. */
function dressProcess(entry: string): void {
  const { version } = createRequire(import.meta.url)('electron/package.json') as { version: string };
  const define = (target: object, name: string, value: unknown): void => {
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  };
  define(process.versions, 'electron', version);
  define(process, 'type', 'browser');
  define(process, 'defaultApp', true);
  define(process, 'resourcesPath', path.resolve(entry));
}

function handleErrorsAndSignals(): void {
  // Electron shows an error box and lives on; an app with a handler of its own is not asked.
  process.on('uncaughtException', (error) => {
    if (process.listenerCount('uncaughtException') > 1) return;
    dialog.showErrorBox('A JavaScript error occurred in the main process', `Uncaught Exception:\n${error.stack ?? ''}`);
  });
  process.exit = ((code?: number) => {
    app.exit(code ?? Number(process.exitCode ?? 0));
  }) as typeof process.exit;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      app.quit();
    });
  }
  onProcessEnd(async (code) => {
    if (state.ready) await endChromium(chromium());
    exitProcess(code);
  });
}

async function loadApp(entry: string): Promise<void> {
  const folder = path.resolve(entry);
  const manifest = path.join(folder, 'package.json');
  let file = folder;
  state.appPath = path.dirname(folder);
  if (fs.existsSync(manifest)) {
    const { name, productName, version, main } = JSON.parse(fs.readFileSync(manifest, 'utf8')) as Manifest;
    app.setName(productName ?? name ?? app.getName());
    app.setVersion(version ?? app.getVersion());
    state.appPath = folder;
    file = path.join(folder, main ?? 'index.js');
  }
  try {
    await import(pathToFileURL(file).href);
  } catch (error) {
    console.error('App threw an error during load');
    console.error(error);
    exitProcess(1);
  }
}

interface Manifest {
  readonly name?: string;
  readonly productName?: string;
  readonly version?: string;
  readonly main?: string;
}

async function becomeReady(early: Chromium | undefined): Promise<void> {
  if (state.quitting) return;
  const userData = app.getPath('userData');
  fs.mkdirSync(userData, { recursive: true });
  const started = await chromiumFor(early, state.switches, userData);
  setChromium(started);
  started.announce();
  const { connection } = started;
  connection.once('disconnect', () => {
    if (state.quitting) return;
    console.error('electron-host: Chromium ended unexpectedly');
    app.exit(1);
  });
  const [{ product, userAgent }] = await Promise.all([
    connection.send('Browser.getVersion'),
    startInterception(),
    watchTargets(connection),
    connection.send('Browser.grantPermissions', { permissions: ['notifications', 'clipboardReadWrite'] }),
  ]);
  setChromiumUserAgent(userAgent);
  Object.defineProperty(process.versions, 'chrome', { value: product.split('/')[1], enumerable: true });
  state.ready = true;
  app.emit('electron-host:ready');
  app.emit('will-finish-launching');
  app.emit('ready', cancelable(), {});
}

/** Asks it to close, so that it writes what pages have stored. */
async function endChromium({ connection, process: child }: Chromium): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const { promise: ended, resolve } = Promise.withResolvers<undefined>();
  child.once('exit', () => {
    resolve(undefined);
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), patience);
  connection.send('Browser.close').catch(() => undefined);
  await ended;
  clearTimeout(timer);
}
