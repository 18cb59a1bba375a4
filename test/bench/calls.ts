/**
 * How long a call takes to ring and to be heard, between two apps on this machine: `npm run bench:calls [CALLS]`.
 * Times are the User Timing marks that the renderer sets itself; both pages read the same system clock.
 */
import type { Page } from '@playwright/test';

import { startHomeserver } from '../homeserver/homeserver.ts';
import { startPhone, type Phone } from '../e2e/support/phone.ts';
import { hearTone } from '../e2e/support/tones.ts';

/** ms since the epoch of each mark of the newest call. */
type Marks = Readonly<Record<string, number>>;

interface Times {
  readonly clickToRing: number;
  readonly answerToCallerHears: number;
  readonly answerToCalleeHears: number;
}

const rounds = Number(process.argv[2] ?? 10);
/** ms from the pointer's arrival on the button to the click; Fitts' law and reaction give people no less. */
const approach = Number(process.argv[3] ?? 250);
const tones = { alice: 440, bob: 1000 } as const;

const homeserver = await startHomeserver();
const people = [
  await homeserver.register('alice', 'alice-password', 'Alice'),
  await homeserver.register('bob', 'bob-password', 'Bob'),
] as const;
await homeserver.directRoom(...people);
const [alice, bob] = await Promise.all([
  startPhone(homeserver, people[0], { tone: tones.alice }),
  startPhone(homeserver, people[1], { tone: tones.bob }),
]);
try {
  await oneCall(alice, bob); // devices, codecs and caches are warm afterwards
  const times: Times[] = [];
  for (let round = 0; round < rounds; round += 1) times.push(await oneCall(alice, bob));
  console.log(`${rounds} voice calls, one homeserver and two apps on this machine; ms`);
  for (const name of ['clickToRing', 'answerToCallerHears', 'answerToCalleeHears'] as const) {
    const sorted = times.map((time) => time[name]).sort((a, b) => a - b);
    const at = (share: number): string => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toString();
    console.log(
      `${name.padEnd(20)} median ${at(0.5).padStart(5)}   best ${at(0).padStart(5)}   worst ${at(1).padStart(5)}`,
    );
  }
} finally {
  await Promise.all([alice.close(), bob.close()]);
  await homeserver.stop();
}

async function oneCall(caller: Phone, callee: Phone): Promise<Times> {
  await Promise.all([clearMarks(caller.page), clearMarks(callee.page)]);
  const button = caller.page.getByRole('button', { name: 'Call Bob', exact: true }).first();
  await button.hover();
  await new Promise((resolve) => setTimeout(resolve, approach));
  await button.click();
  await callee.alert.getByRole('button', { name: 'Answer', exact: true }).click();
  await Promise.all([hearTone(callee.page, tones.alice), hearTone(caller.page, tones.bob)]);
  const [atCaller, atCallee] = await Promise.all([readMarks(caller.page), readMarks(callee.page)]);
  await caller.press('Hang up');
  await callee.call.getByRole('button', { name: 'Close' }).click();
  await caller.call.getByRole('button', { name: 'Close' }).click();
  return {
    clickToRing: between(atCaller, 'call:clicked', atCallee, 'call:ringing'),
    answerToCallerHears: between(atCallee, 'call:answer-clicked', atCaller, 'call:first-audio'),
    answerToCalleeHears: between(atCallee, 'call:answer-clicked', atCallee, 'call:first-audio'),
  };
}

function between(start: Marks, from: string, end: Marks, to: string): number {
  const [begun, done] = [start[from], end[to]];
  if (begun === undefined || done === undefined) throw new Error(`no mark ${begun === undefined ? from : to}`);
  return done - begun;
}

function clearMarks(page: Page): Promise<void> {
  return page.evaluate(() => performance.clearMarks());
}

function readMarks(page: Page): Promise<Marks> {
  return page.evaluate(() =>
    Object.fromEntries(
      performance.getEntriesByType('mark').map(({ name, startTime }) => [name, performance.timeOrigin + startTime]),
    ),
  );
}
