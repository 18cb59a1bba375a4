/** One voice call and one video call, played through the two windows as two people would: by what they see and hear. */
import path from 'node:path';

import type { Locator } from '@playwright/test';

import type { Phone } from '../e2e/support/phone.ts';
import { seeMotion } from '../e2e/support/pictures.ts';
import { hearSilence, hearTone } from '../e2e/support/tones.ts';
import { until } from '../homeserver/until.ts';
import type { Step } from './steps.ts';

/** A person with a window, by the name that the others see. */
export interface Party {
  readonly name: string;
  readonly phone: Phone;
  /** What their microphone plays. */
  readonly hz: number;
}

type Kind = 'Call' | 'Video call';

/** Takes pictures of all windows under a name. */
export type Picture = (name: string) => () => Promise<void>;

export function tourSteps(alice: Party, bob: Party, picture: Picture): readonly Step[] {
  return [
    { name: 'Alice and Bob see each other', run: () => seeEachOther(alice, bob), after: picture('people') },

    { name: 'Alice calls Bob', run: () => place(alice, bob, 'Call') },
    { name: "Bob's window rings", run: () => rings(bob, 'Incoming call from Alice'), after: picture('ringing') },
    { name: "Bob's tray rings", run: () => trayRings(bob, 'Incoming call from Alice') },
    { name: 'Bob is notified', run: () => isNotified(bob, 'Incoming call from Alice') },
    { name: 'Bob answers, both are connected', run: () => answer(bob, alice, 'Answer') },
    { name: 'Bob hears Alice', run: () => hear(bob, alice) },
    { name: 'Alice hears Bob', run: () => hear(alice, bob), after: picture('voice') },
    { name: 'Alice mutes, Bob hears nothing', run: () => mute(alice, bob) },
    { name: 'Bob sees that she is muted', run: () => seesWords(bob, 'Alice is muted'), after: picture('muted') },
    { name: 'Alice unmutes, Bob hears her', run: () => unmute(alice, bob) },
    { name: 'Alice hangs up, it ends for both', run: () => hangUp(alice, bob), after: picture('ended') },

    { name: 'Alice calls Bob with video', run: () => place(alice, bob, 'Video call') },
    {
      name: "Bob's window rings",
      run: () => rings(bob, 'Incoming video call from Alice'),
      after: picture('video-rings'),
    },
    { name: 'Bob answers with video', run: () => answer(bob, alice, 'Answer with video') },
    { name: 'Bob sees Alice move', run: () => see(bob) },
    { name: 'Alice sees Bob move', run: () => see(alice), after: picture('video') },
    { name: 'Bob hears Alice', run: () => hear(bob, alice) },
    { name: 'Alice hears Bob', run: () => hear(alice, bob) },
    { name: 'Bob hangs up, it ends for both', run: () => hangUp(bob, alice), after: picture('video-ended') },
  ];
}

/** Pictures are files in `folder`, numbered in the order in which they are named. */
export function screenshots(folder: string, parties: readonly Party[]): Picture {
  let count = 0;
  return (name) => {
    count += 1;
    const number = String(count).padStart(2, '0');
    return async () => {
      for (const party of parties) {
        const file = `${number}-${name}-${party.name.toLowerCase()}.png`;
        await party.phone.page.screenshot({ path: path.join(folder, file) });
      }
    };
  };
}

const button = ({ phone }: Party, name: string): Locator =>
  phone.page.getByRole('button', { name, exact: true }).first();

const says = ({ phone }: Party, status: string): Promise<void> =>
  phone.status.filter({ hasText: status }).first().waitFor();

async function seeEachOther(alice: Party, bob: Party): Promise<undefined> {
  await Promise.all([button(alice, `Call ${bob.name}`).waitFor(), button(bob, `Call ${alice.name}`).waitFor()]);
}

async function place(caller: Party, callee: Party, kind: Kind): Promise<undefined> {
  await caller.phone.place(callee.name, kind);
  await says(caller, 'Calling');
}

async function rings({ phone }: Party, words: string): Promise<undefined> {
  await phone.page.getByRole('alertdialog', { name: words, exact: true }).waitFor();
}

function trayRings({ phone }: Party, words: string): Promise<string> {
  return until('the tray to ring', 5000, async () => {
    const { toolTip } = await phone.tray.state();
    return toolTip.includes(words) ? `“${toolTip}”` : undefined;
  });
}

function isNotified({ phone }: Party, words: string): Promise<string> {
  return until('the notification', 5000, async () => {
    const shown = await phone.notifications.list();
    return shown.some(({ title, open }) => open && title === words) ? `“${words}”` : undefined;
  });
}

async function answer(callee: Party, caller: Party, name: 'Answer' | 'Answer with video'): Promise<undefined> {
  await callee.phone.alert.getByRole('button', { name, exact: true }).click();
  await Promise.all([says(callee, 'Connected'), says(caller, 'Connected')]);
}

async function hear(listener: Party, speaker: Party): Promise<string> {
  const { hz } = await hearTone(listener.phone.page, speaker.hz);
  return `${hz.toFixed(0)} Hz`;
}

async function mute(speaker: Party, listener: Party): Promise<undefined> {
  await button(speaker, 'Mute microphone').click();
  await hearSilence(listener.phone.page);
}

async function unmute(speaker: Party, listener: Party): Promise<string> {
  await button(speaker, 'Mute microphone').click();
  return hear(listener, speaker);
}

async function seesWords({ phone }: Party, words: string): Promise<undefined> {
  await phone.call.getByText(words, { exact: true }).first().waitFor();
}

async function see({ phone }: Party): Promise<undefined> {
  await seeMotion(phone.picture);
}

async function hangUp(who: Party, other: Party): Promise<undefined> {
  await button(who, 'Hang up').click();
  await Promise.all([says(who, 'Ended'), says(other, 'Ended')]);
}
