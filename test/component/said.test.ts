/** What somebody must know about a call that does not take its usual course is said in words, in every language. */
import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../preload/contract/default-settings';
import type { EndedBy, EndReason } from '../../renderer/call/call-state';
import type { CallView } from '../../renderer/call/call-view';
import { languages } from '../../renderer/i18n';
import { callWith, person } from './support/fixtures';
import { click, openApp, settle } from './support/open-app';
import { allByRole, textOf } from './support/roles';

type Words = Readonly<Record<(typeof languages)[number], RegExp>>;

const ended = (reason: EndReason, by: EndedBy, over: Partial<CallView> = {}): Partial<CallView> => ({
  ...over,
  state: { name: 'ended', reason, by },
  endedAt: 2,
});
const incoming = { direction: 'incoming' } as const;
const untrusted: CallView['notice'] = { about: 'signalling', problem: 'untrusted' };

const ends: readonly (readonly [what: string, call: Partial<CallView>, words: Words])[] = [
  [
    'EN-02: it cannot be encrypted for all who are there',
    ended('not_sent', 'circumstance', { notice: untrusted }),
    { en: /cannot be protected.*nobody has confirmed/, de: /nicht schützen.*niemand bestätigt hat/ },
  ],
  [
    'AN-06: answered elsewhere',
    ended('answered_elsewhere', 'us', incoming),
    { en: /Answered on another device/, de: /Auf einem anderen Gerät angenommen/ },
  ],
  [
    'AN-07: declined elsewhere',
    ended('rejected_elsewhere', 'us', incoming),
    { en: /Declined on another device/, de: /Auf einem anderen Gerät abgelehnt/ },
  ],
  [
    'RG-10: busy',
    ended('user_busy', 'them'),
    { en: /Ben is in another call.*a little later/, de: /Ben ist in einem anderen Anruf.*etwas später/ },
  ],
  [
    'CD-01: no common codec',
    ended('no_codec', 'circumstance'),
    { en: /no sound format in common.*Ask Ben to update/, de: /kein gemeinsames Tonformat.*Bitten Sie Ben/ },
  ],
  [
    'AN-24: our media failed',
    ended('user_media_failed', 'us'),
    { en: /Your microphone could not be used.*Check/, de: /Ihr Mikrofon war nicht zu gebrauchen.*Prüfen/ },
  ],
  [
    'N6: their media failed',
    ended('user_media_failed', 'them'),
    { en: /Ben’s microphone or camera could not be used/, de: /Mikrofon oder Kamera von Ben war nicht zu gebrauchen/ },
  ],
  [
    'RG-08: the homeserver says that the room does not allow calls',
    ended('not_sent', 'circumstance', { notice: { about: 'signalling', problem: 'forbidden' } }),
    {
      en: /not allowed to call in this conversation.*Ask Ben/,
      de: /dürfen in dieser Unterhaltung nicht.*Fragen Sie Ben/,
    },
  ],
  [
    'X-01: transferred',
    ended('transferred', 'us', { connectedAt: 1 }),
    { en: /The call was transferred/, de: /weitergegeben/ },
  ],
];

describe.each(languages)('in %s', (language) => {
  const settings = { ...defaultSettings, language };

  it.each(ends)('%s', async (_what, over, words) => {
    const { engine } = await openApp({ settings });
    engine.show(callWith('ben', { state: { name: 'connecting' } }));
    engine.show(callWith('ben', over));
    await settle();
    expect(textOf(document.body)).toMatch(words[language]);
  });

  it('RG-08: the room does not allow calls, before anybody tries', async () => {
    await openApp({ settings, people: [person('jun', { barred: 'powerLevel' })] });
    const row = allByRole('button').find((button) => button.matches('[data-row]'));
    if (row === undefined) throw new Error('Jun is not listed');
    await click(row);
    const words: Words = {
      en: /permissions.*do not allow calls.*Ask Jun/,
      de: /Rechte.*erlauben keine Anrufe.*Bitten Sie Jun/,
    };
    expect(textOf(document.body)).toMatch(words[language]);
  });
});
