/**
 * Alice and Bob, who stay signed in from test to test: to start two apps costs more than most of what is tested with them.
 * Between two tests they are brought back to where they began, by the app's own ways and a new page.
 */
import { expect } from '@playwright/test';

import type { TestUser } from '../../homeserver/client.ts';
import type { Homeserver } from '../../homeserver/homeserver.ts';
import { type Phone, startPhone } from './phone.ts';

/** Hz of each person's microphone. */
export const tones = { alice: 440, bob: 1000 } as const;

export interface People {
  readonly alice: TestUser;
  readonly bob: TestUser;
  /** Their direct room. */
  readonly roomId: string;
}

export interface Phones {
  readonly alice: Phone;
  readonly bob: Phone;
}

/** @param suffix makes names that nobody has yet. */
export async function registerPeople(homeserver: Homeserver, suffix: string): Promise<People> {
  const alice = await homeserver.register(`alice-${suffix}`, 'alice-password', 'Alice');
  const bob = await homeserver.register(`bob-${suffix}`, 'bob-password', 'Bob');
  return { alice, bob, roomId: await homeserver.directRoom(alice, bob) };
}

/** @param start of one app. @returns both, signed in, each seeing the other. */
export async function startPhones(
  people: People,
  start: (user: TestUser, options: { readonly tone: number }) => Promise<Phone>,
): Promise<Phones> {
  const [alice, bob] = await Promise.all([
    start(people.alice, { tone: tones.alice }),
    start(people.bob, { tone: tones.bob }),
  ]);
  await Promise.all([canCall(alice, 'Bob'), canCall(bob, 'Alice')]);
  return { alice, bob };
}

const canCall = ({ page }: Phone, name: string): Promise<void> =>
  page
    .getByRole('button', { name: `Call ${name}`, exact: true })
    .first()
    .waitFor();

export interface LastingPair {
  readonly people: () => Promise<People>;
  /** As after their start. */
  readonly phones: () => Promise<Phones>;
  /** After a test. @param asBefore false: whatever it has left, new ones are started for the next. */
  readonly giveBack: (asBefore: boolean) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Starts nobody until somebody is asked for. */
export function lastingPair(homeserver: Homeserver): LastingPair {
  let registered: Promise<People> | undefined;
  let running: { readonly phones: Phones; readonly settings: object } | undefined;
  const people = (): Promise<People> => (registered ??= registerPeople(homeserver, 'lasting'));
  const close = async (): Promise<void> => {
    const { alice, bob } = running?.phones ?? {};
    running = undefined;
    await Promise.all([alice?.close(), bob?.close()]);
  };
  return {
    people,
    phones: async () => {
      if (running === undefined) {
        const phones = await startPhones(await people(), (user, options) => startPhone(homeserver, user, options));
        running = { phones, settings: await settingsOf(phones.alice) };
      }
      await Promise.all(Object.values(running.phones).map(isReady));
      return running.phones;
    },
    giveBack: async (asBefore) => {
      if (running === undefined) return;
      if (asBefore) await bringBack(running.phones, running.settings);
      else await close();
    },
    close,
  };
}

/** Online, with no call that is missed, and nothing that keeps one from ringing. */
const isReady = ({ tray }: Phone): Promise<void> =>
  expect.poll(async () => (await tray.state()).toolTip).toBe('Carillon: ready for calls');

const settingsOf = ({ page }: Phone): Promise<object> =>
  page.evaluate(() => window.carillon.invoke('app:snapshot', undefined).then(({ settings }) => settings));

async function bringBack({ alice, bob }: Phones, settings: object): Promise<void> {
  // What rings at nobody yet would ring in the next test: a test sees its calls arrive.
  await Promise.all([endCalls(alice), endCalls(bob)]);
  await Promise.all([beginAnew(alice, settings, 'Bob'), beginAnew(bob, settings, 'Alice')]);
}

async function endCalls({ tray }: Phone): Promise<void> {
  const end = async (): Promise<boolean> => {
    const { menu } = await tray.state();
    const offered = ['Hang up', 'Decline'].find((label) => menu.some((entry) => entry.label === label));
    // It may have ended meanwhile.
    if (offered !== undefined) await tray.menu(offered).catch(() => undefined);
    return offered === undefined;
  };
  await expect.poll(end).toBe(true);
}

async function beginAnew(phone: Phone, settings: object, other: string): Promise<void> {
  const { page, notifications } = phone;
  await page.evaluate(async (before) => {
    await window.carillon.invoke('settings:change', before);
    await window.carillon.invoke('history:delete', { id: null });
  }, settings);
  const frame = await phone.window();
  await Promise.all([
    page.waitForEvent('domcontentloaded'),
    frame.evaluate((shown) => {
      shown.show();
      shown.focus();
      shown.reload();
    }),
  ]);
  await canCall(phone, other);
  await isReady(phone);
  await notifications.forget();
}
