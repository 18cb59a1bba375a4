/**
 * What Carillon costs on the desktop: `npm run bench:desktop [STARTS] [CALLS]`. Warm starts until people can be called,
 * memory of all processes idle in the tray and after calls, processor time idle in the tray and from 5 s after a call.
 * Figures of the stand-in (Node and Chromium) are near those of Electron, not the same. Linux.
 */
import { cpus, loadavg } from 'node:os';

import { launchCarillon } from '../e2e/support/launch.ts';
import { type Phone, phoneOf, startPhone } from '../e2e/support/phone.ts';
import { startHomeserver } from '../homeserver/homeserver.ts';
import { heapsOf } from './heaps.ts';
import { familyOf, memoryOf, processorTimeOf } from './processes.ts';

const starts = Number(process.argv[2] ?? 5);
const calls = Number(process.argv[3] ?? 50);
/** ms over which processor time is taken. */
const span = 10_000;
/** ms until V8 has given back by itself what a start or a call took for a moment. */
const rest = 30_000;

const say = (what: string, figures: string): void => {
  console.log(`${what.padEnd(44)} ${figures}`);
};
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const load = (): string => `load ${(loadavg()[0] ?? 0).toFixed(1)} on ${cpus().length} cores`;

const homeserver = await startHomeserver();
const [alice, bob] = [
  await homeserver.register('alice', 'alice-password', 'Alice'),
  await homeserver.register('bob', 'bob-password', 'Bob'),
];
await homeserver.directRoom(alice, bob);
const bobsPhone = await startPhone(homeserver, bob, { tone: 1000 });
let phone = await startPhone(homeserver, alice, { tone: 440 });
try {
  const times: number[] = [];
  for (let start = 0; start < starts; start += 1) {
    await phone.close({ keepProfile: true });
    const began = performance.now();
    phone = phoneOf(await launchCarillon({ profile: phone.profile, tone: 440 }), alice);
    await phone.page.getByRole('button', { name: 'Call Bob', exact: true }).first().waitFor();
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): string => ((times[Math.floor(share * (times.length - 1))] ?? 0) / 1000).toFixed(2);
  say(
    `warm start until Bob can be called, ${starts} times`,
    `median ${at(0.5)} s, best ${at(0)}, worst ${at(1)} (${load()})`,
  );

  await hide(phone);
  await wait(rest);
  sayMemory('memory of all processes, idle in the tray', phone);
  say('processor, idle in the tray', await processor(phone));

  await oneCall(phone, bobsPhone);
  const before = await heapsOf(phone);
  for (let call = 0; call < calls; call += 1) await oneCall(phone, bobsPhone);
  await wait(5000);
  say('processor, from 5 s after a call', await processor(phone));
  await wait(rest);
  sayMemory(`memory of all processes, after ${calls} calls`, phone);
  say('heaps after a collection, before these calls', before);
  say('and after them', await heapsOf(phone));
} finally {
  await Promise.all([phone.close(), bobsPhone.close()]);
  await homeserver.stop();
}

async function hide(hidden: Phone): Promise<void> {
  const window = await hidden.window();
  await window.evaluate((shown: Electron.BrowserWindow) => {
    shown.close();
  });
}

function family({ app }: Phone): readonly number[] {
  return familyOf(app.process().pid ?? 0);
}

function sayMemory(what: string, of: Phone): void {
  const all = memoryOf(family(of));
  const sum = (figure: 'whole' | 'own'): string => all.reduce((total, each) => total + each[figure], 0).toFixed(0);
  say(what, `${sum('whole')} MiB in ${all.length} processes, ${sum('own')} without program files (${load()})`);
  for (const { role, whole, own } of all) say(`  ${role}`, `${whole.toFixed(0)} MiB, ${own.toFixed(0)}`);
}

/** As a share of one core. */
async function processor(of: Phone): Promise<string> {
  const pids = family(of);
  const [before, began] = [processorTimeOf(pids), performance.now()];
  await wait(span);
  const used = (processorTimeOf(pids) - before) / ((performance.now() - began) / 1000);
  return `${(100 * used).toFixed(1)} % of a core over ${span / 1000} s (${load()})`;
}

/** Bob calls, Alice answers from the tray, and after a second Bob hangs up. */
async function oneCall(callee: Phone, caller: Phone): Promise<void> {
  await caller.place('Alice');
  for (;;) {
    const { menu } = await callee.tray.state();
    if (menu.some(({ label }) => label === 'Answer')) break;
    await wait(50);
  }
  await callee.tray.menu('Answer');
  await caller.status.filter({ hasText: 'Connected' }).first().waitFor();
  await wait(1000);
  await caller.press('Hang up');
  await caller.status.filter({ hasText: 'Ended' }).first().waitFor();
}
