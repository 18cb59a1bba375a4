/**
 * How long after an event at the homeserver the signs of a call are there and gone again: `npm run bench:ringing [CALLS]`.
 * From the moment at which the homeserver took the invite or the hangup (its `origin_server_ts`), so sync is part of it.
 */
import type { Homeserver } from '../homeserver/homeserver.ts';
import { startHomeserver } from '../homeserver/homeserver.ts';
import { lookAway, type Phone, startPhone } from '../e2e/support/phone.ts';
import { type SignName, signNames, type SignTimes, watchSigns } from '../e2e/support/signs.ts';

const rounds = Number(process.argv[2] ?? 12);

const homeserver = await startHomeserver();
const people = [
  await homeserver.register('alice', 'alice-password', 'Alice'),
  await homeserver.register('bob', 'bob-password', 'Bob'),
] as const;
await homeserver.directRoom(...people);
const [alice, bob] = await Promise.all([
  startPhone(homeserver, people[0], { tone: 440 }),
  startPhone(homeserver, people[1], { tone: 1000 }),
]);
try {
  const ringing = await bob.callWindow();
  await lookAway(bob);
  const signs = await watchSigns(bob);
  const came: Partial<Record<SignName, number>>[] = [];
  const went: Partial<Record<SignName, number>>[] = [];
  // The first one warms caches up.
  for (let round = 0; round <= rounds; round += 1) {
    const times = await oneCall(alice, ringing.isVisible, signs);
    if (round === 0) continue;
    came.push(since(times.came, lastSent(homeserver, 'm.call.invite')));
    went.push(since(times.went, lastSent(homeserver, 'm.call.hangup')));
  }
  console.log(`${rounds} calls, one homeserver and two apps on this machine; ms after the homeserver took the event`);
  for (const name of signNames)
    console.log(`${name.padEnd(18)} comes ${spread(came, name)}   goes ${spread(went, name)}`);
  const together = went.map((times) => {
    const all = signNames.flatMap((name) => (name === 'badge' ? [] : [times[name] ?? Infinity]));
    return Math.max(...all) - Math.min(...all);
  });
  console.log(`from the first sign that goes to the last: ${figures(together)}`);
} finally {
  await Promise.all([alice.close(), bob.close()]);
  await homeserver.stop();
}

async function oneCall(
  caller: Phone,
  isVisible: () => Promise<boolean>,
  signs: () => Promise<SignTimes>,
): Promise<SignTimes> {
  await caller.place('Bob');
  await until(isVisible);
  await new Promise((resolve) => setTimeout(resolve, 500));
  await caller.press('Hang up');
  await until(async () => !(await isVisible()));
  await new Promise((resolve) => setTimeout(resolve, 500));
  return signs();
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}

function lastSent(server: Homeserver, type: string): number {
  const sent = server.sentEvents({ type }).at(-1);
  if (sent === undefined) throw new Error(`no ${type} was sent`);
  return sent.sentAt;
}

function since(times: Partial<Record<SignName, number>>, event: number): Partial<Record<SignName, number>> {
  return Object.fromEntries(Object.entries(times).map(([name, at]) => [name, at - event]));
}

function spread(all: readonly Partial<Record<SignName, number>>[], name: SignName): string {
  return figures(all.flatMap((times) => times[name] ?? []));
}

function figures(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): string => String(Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? NaN));
  return `median ${at(0.5).padStart(4)}, best ${at(0).padStart(4)}, worst ${at(1).padStart(4)}`;
}
