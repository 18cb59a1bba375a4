/** Every state of the page by axe, in both languages; contrast and size need a real browser (test/e2e/accessible.spec.ts). */
import axe from 'axe-core';
import { afterEach, describe, expect, it } from 'vitest';
import { i18n } from '../../renderer/i18n';
import { useNavigation } from '../../renderer/stores/navigation';
import { sections } from '../../renderer/views/settings/sections';
import { jabra } from '../unit/renderer/headset/descriptors';
import { FakeHeadset } from '../unit/renderer/headset/fake-headset';
import { account, callWith, person, ringingFrom, stranger } from './support/fixtures';
import { plugHeadsets } from './support/fake-headsets';
import { openApp, press, settle, type OpenApp } from './support/open-app';

async function violations(): Promise<string[]> {
  // No layout here: what is measured in pixels and colours cannot be told.
  const rules = { 'color-contrast': { enabled: false }, 'target-size': { enabled: false } };
  const { violations: found } = await axe.run(document.documentElement, { rules });
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

type Show = (app: OpenApp) => Promise<void> | void;

const call = (over: Parameters<typeof callWith>[1]): Show => {
  return ({ engine }) => engine.show(callWith('ben', over));
};

async function showHeadset(headset: FakeHeadset): Promise<void> {
  await plugHeadsets(headset);
  useNavigation().go({ name: 'settings', section: 'audioVideo' });
}

type State = readonly [name: string, show: Show, over?: Parameters<typeof openApp>[0]];

const states: readonly State[] = [
  ['signing in', () => undefined, { accounts: [], people: [] }],
  ['no keyring', () => undefined, { accounts: [], people: [], secretsProtected: false }],
  [
    'people, one of each kind',
    () => undefined,
    {
      people: [
        person('ben'),
        person('clara', { standing: 'invitesUs' }),
        person('dora', { standing: 'invited' }),
        stranger('erik'),
      ],
    },
  ],
  ['nobody yet', () => undefined, { people: [] }],
  ['a server that does not answer', () => undefined, { accounts: [account({ connection: 'offline' })] }],
  ['settings that were lost', () => undefined, { settingsTrouble: 'setAside' }],
  ['an account that was signed out', () => undefined, { accounts: [account({ connection: 'signedOut' })] }],
  ['history', () => useNavigation().go({ name: 'history' })],
  ['keypad', () => useNavigation().go({ name: 'keypad' })],
  ...sections.map(({ name }): State => [
    `settings: ${name}`,
    () => useNavigation().go({ name: 'settings', section: name }),
  ]),
  ['a headset in use', () => showHeadset(new FakeHeadset(jabra))],
  [
    'a headset that the system keeps from us',
    () => showHeadset(Object.assign(new FakeHeadset(jabra), { refuses: true })),
  ],
  ['ringing', ({ engine }) => engine.show(ringingFrom('ben'))],
  [
    'ringing with video during a call',
    ({ engine }) => engine.show(callWith('ben'), ringingFrom('clara', { kind: 'video' })),
  ],
  ['calling', call({ state: { name: 'inviting' } })],
  ['connected', call({ connectedAt: 0 })],
  ['muted, held by the other side', call({ connectedAt: 0, microphoneMuted: true, heldByPeer: true })],
  ['ended', call({ state: { name: 'ended', reason: 'user_hangup', by: 'them' }, endedAt: 1 })],
];

afterEach(() => {
  i18n.global.locale.value = 'en';
});

describe.each(['en', 'de'] as const)('axe finds nothing in %s', (language) => {
  it.each(states.map(([name, show, over]) => ({ name, show, over })))('$name', async ({ show, over }) => {
    const app = await openApp(over);
    i18n.global.locale.value = language;
    document.documentElement.lang = language;
    await show(app);
    await settle();
    expect(await violations()).toEqual([]);
  });
});

describe('axe', () => {
  it('does find what is wrong', async () => {
    await openApp();
    await press('Settings');
    document.body.insertAdjacentHTML('beforeend', '<main><button></button></main>');
    expect((await violations()).join()).toContain('button-name');
  });
});
