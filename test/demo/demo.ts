/**
 * `npm run demo`: a homeserver and two people on this machine, each with a window that is signed in. With `--tour`, and
 * without a display, they have two calls by themselves and it ends; otherwise the windows stay until Ctrl-C.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { type Phone, startPhone } from '../e2e/support/phone.ts';
import type { TestUser } from '../homeserver/client.ts';
import { makeFolder } from '../homeserver/folder.ts';
import { type Homeserver, startHomeserver } from '../homeserver/homeserver.ts';
import { toldToEnd } from '../homeserver/told-to-end.ts';
import { buildIfStale } from './build.ts';
import { chooseElectron } from './choose-electron.ts';
import { runProgram } from './program.ts';
import { playSteps } from './steps.ts';
import { screenshots, tourSteps } from './tour.ts';

/** Hz */
const tones = { alice: 440, bob: 1000 } as const;

const started = performance.now();
let ending = false;
/** Silent from Ctrl-C on: what then fails does so because everything is being ended. */
const print = (line: string): void => {
  if (!ending) console.log(line);
};
const say = (line: string): void => {
  print(`demo: ${line}`);
};
const elapsed = (): string => `${((performance.now() - started) / 1000).toFixed(1)} s`;

/** What must be ended, newest last. */
const running: (() => Promise<void>)[] = [];

/** @returns the exit code. */
async function demo(makeScreenshotFolder: () => string): Promise<number> {
  const prepared = await runProgram('test/setup/setup', [], { shown: true });
  if (prepared.code !== 0) return 1;
  await buildIfStale(say);
  const electron = await chooseElectron(say);
  Object.assign(process.env, electron.env);
  say(electron.words);

  const homeserver = await startHomeserver();
  running.push(homeserver.stop);
  say(`homeserver at ${homeserver.baseUrl} after ${elapsed()}`);
  const [alice, bob] = await Promise.all([
    homeserver.register('alice', 'alice-password', 'Alice'),
    homeserver.register('bob', 'bob-password', 'Bob'),
  ]);
  await homeserver.directRoom(alice, bob);
  const [alicesPhone, bobsPhone] = await Promise.all([
    open(homeserver, alice, tones.alice),
    open(homeserver, bob, tones.bob),
  ]);
  say(`two windows, Alice and Bob are signed in after ${elapsed()}`);

  if (!electron.headless) await Promise.all([moveTo('left', alicesPhone), moveTo('right', bobsPhone)]);

  if (!electron.headless && !process.argv.includes('--tour')) {
    say('their microphones are tones and their cameras test pictures. Ctrl-C ends everything');
    await Promise.all([alicesPhone, bobsPhone].map(closed));
    return 0;
  }
  const folder = makeScreenshotFolder();
  const parties = [
    { name: 'Alice', phone: alicesPhone, hz: tones.alice },
    { name: 'Bob', phone: bobsPhone, hz: tones.bob },
  ] as const;
  const picture = screenshots(folder, parties);
  const steps = tourSteps(...parties, picture);
  const ok = await playSteps(steps, { say: print, now: () => performance.now() });
  if (!ok) await picture('failure')();
  say(`screenshots of both windows are in ${folder}`);
  say(ok ? `all ${steps.length} steps done after ${elapsed()}` : `failed after ${elapsed()}`);
  return ok ? 0 : 1;
}

async function open(homeserver: Homeserver, user: TestUser, hz: number): Promise<Phone> {
  // The tour knows the windows by their English words.
  const english = { LANGUAGE: 'en', LC_ALL: 'en_US.UTF-8' };
  const phone = await startPhone(homeserver, user, { tone: hz, env: english });
  running.push(phone.close);
  return phone;
}

/** To an edge of the screen: the desktop may have put one window upon the other. */
const moveTo = (edge: 'left' | 'right', { main }: Phone): Promise<void> =>
  main(({ BrowserWindow, screen }, wanted) => {
    const { workArea } = screen.getPrimaryDisplay();
    for (const window of BrowserWindow.getAllWindows()) {
      const room = Math.max(0, workArea.width - window.getBounds().width);
      window.setPosition(workArea.x + (wanted === 'left' ? 0 : room), workArea.y);
    }
  }, edge);

/** Settles when a person has quit the app. */
const closed = ({ app }: Phone): Promise<void> =>
  new Promise((resolve) => {
    app.once('close', () => {
      resolve();
    });
  });

/** For what is looked at afterwards. */
const keptFolder = (): string => mkdtempSync(path.join(outside, 'carillon-screenshots-'));

const interrupted = 130;
const told = toldToEnd().then(() => {
  say('ending');
  ending = true;
  return interrupted;
});
const outside = tmpdir();
const folder = makeFolder('demo');
// Everything that is started puts its temporary files there. Playwright ends the process itself on Ctrl-C.
process.env.TMPDIR = folder;
process.once('exit', () => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

const code = await Promise.race([told, demo(keptFolder)]).catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error));
  return 1;
});
await Promise.allSettled(running.reverse().map((end) => end()));
process.exit(code);
