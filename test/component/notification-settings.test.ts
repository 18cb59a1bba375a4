import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { defaultSettings } from '../../preload/contract/default-settings';
import type { Settings } from '../../preload/contract/settings';
import { useNavigation, type SettingsSection } from '../../renderer/stores/navigation';
import { useRingtones } from '../../renderer/stores/ringtones';
import { person } from './support/fixtures';
import { click, openApp, press, settle, type } from './support/open-app';
import { allByRole, byRole, nameOf, queryByRole, textOf } from './support/roles';

async function openSection(section: SettingsSection, settings: Partial<Settings> = {}) {
  const app = await openApp({
    people: [person('ben'), person('clara')],
    settings: { ...defaultSettings, language: 'en', theme: 'light', ...settings },
  });
  const sounds = { preview: vi.fn(), stop: vi.fn(), take: vi.fn(() => Promise.resolve(true)) };
  onTestFinished(useRingtones().connect(sounds));
  useNavigation().go({ name: 'settings', section });
  await settle();
  const changes = () => app.asked('settings:change');
  return { ...app, sounds, changes };
}
const radio = (name: string) => byRole('radio', name) as HTMLInputElement;
const { ringing, doNotDisturb, notifications } = defaultSettings;

async function choose(name: string, value: string): Promise<void> {
  const label = [...document.querySelectorAll('label')].find((one) => textOf(one) === name);
  const select = document.getElementById(label?.htmlFor ?? '') as HTMLSelectElement;
  const option = [...select.options].find(({ text }) => text === value);
  select.value = option?.value ?? 'missing';
  select.dispatchEvent(new Event('change', { bubbles: true }));
  await settle();
}

describe('the ringtone', () => {
  it('is one of several, and can be heard before it is chosen', async () => {
    const { sounds, changes } = await openSection('notifications');
    const names = allByRole('radio', undefined, byRole('group', 'Ringtone')).map(nameOf);
    expect(names).toEqual(['Carillon', 'Marimba', 'Glass', 'Telephone bell', 'Dawn', 'Pulse']);
    expect(radio('Carillon').checked).toBe(true);
    await press('Listen to Glass');
    expect(sounds.preview.mock.lastCall?.[0]).toBe('glass');
    expect(changes()).toEqual([]);
    await click(radio('Glass'));
    expect(changes()).toEqual([{ ringing: { ...ringing, tone: 'glass' } }]);
  });

  it('that is heard can be stopped, and says when it is over', async () => {
    const { sounds } = await openSection('notifications');
    await press('Listen to Dawn');
    await press('Stop Dawn');
    expect(sounds.stop).toHaveBeenCalledOnce();
    (sounds.preview.mock.lastCall?.[1] as () => void)();
    await settle();
    expect(queryByRole('button', 'Listen to Dawn')).not.toBeNull();
  });

  it('can be a file of the person, once that has proved to be sound', async () => {
    const app = await openSection('notifications');
    const settings = { ...defaultSettings, ringing: { ...ringing, tone: 'own', ownTone: 'song.mp3' } } as const;
    app.answers['ringtone:choose'] = () => ({ ok: true, name: 'song.mp3', sound: 'AAAA' });
    app.answers['ringtone:keep'] = () => ({ ok: true, settings });
    await press('Choose a sound file…');
    expect(app.sounds.take).toHaveBeenCalledWith('AAAA');
    expect(radio('song.mp3').checked).toBe(true);
    expect(app.sounds.preview.mock.lastCall?.[0]).toBe('own');
  });

  it('is left as it was by a file that is not sound', async () => {
    const app = await openSection('notifications');
    app.sounds.take.mockResolvedValue(false);
    app.answers['ringtone:choose'] = () => ({ ok: true, name: 'letter.mp3', sound: 'AAAA' });
    await press('Choose a sound file…');
    expect(textOf(byRole('alert'))).toContain('This file is not a sound that can be played.');
    expect(app.asked('ringtone:keep')).toEqual([]);
    expect(radio('Carillon').checked).toBe(true);
  });

  it.each([
    ['tooLarge', 'This file is larger than 5 MB.'],
    ['unreadable', 'This file cannot be read.'],
  ] as const)('%s: %s', async (reason, words) => {
    const app = await openSection('notifications');
    app.answers['ringtone:choose'] = () => ({ ok: false, reason });
    await press('Choose a sound file…');
    expect(textOf(byRole('alert'))).toContain(words);
  });

  it('says nothing when the person closes the dialog', async () => {
    const app = await openSection('notifications');
    app.answers['ringtone:choose'] = () => ({ ok: false, reason: 'cancelled' });
    await press('Choose a sound file…');
    expect(queryByRole('alert')).toBeNull();
  });

  it('has a volume of its own', async () => {
    const { changes } = await openSection('notifications');
    const slider = document.querySelector<HTMLInputElement>('input[type=range]');
    if (slider !== null) await type(slider, '0.5');
    expect(changes()).toEqual([{ ringing: { ...ringing, volume: 0.5 } }]);
  });
});

describe('the signs of a call', () => {
  it.each([
    ['Show a small window', { notifications: { ...notifications, callWindow: false } }],
    ['Show a notification', { notifications: { ...notifications, ringing: false } }],
    ['Show a notification of missed and lost calls', { notifications: { ...notifications, missed: false } }],
    ['Hide names in notifications', { notifications: { ...notifications, hideNames: true } }],
    ['Begin softly', { ringing: { ...ringing, rises: false } }],
  ])('%s is a switch', async (name, change) => {
    const { changes } = await openSection('notifications');
    await click(byRole('switch', name));
    expect(changes()).toEqual([change]);
  });
});

describe('do not disturb', () => {
  it('is chosen for an hour, and then says until when', async () => {
    const { changes } = await openSection('calls');
    await choose('Do not disturb', 'For 1 hour');
    const [change] = changes();
    const until = change?.doNotDisturb?.byHand as number;
    expect(until - Date.now()).toBeGreaterThan(3_590_000);
    const select = [...document.querySelectorAll('select')].find(({ value }) => value === 'holding');
    expect(select?.selectedOptions[0]?.text).toMatch(/^Until /);
    await choose('Do not disturb', 'Off');
    expect(changes().at(-1)).toMatchObject({ doNotDisturb: { byHand: 'off' } });
  });

  it('has a timetable with days and times', async () => {
    const { changes } = await openSection('calls');
    expect(queryByRole('group', 'Days')).toBeNull();
    await click(byRole('switch', 'Timetable'));
    const boxes = allByRole('checkbox', undefined, byRole('group', 'Days'));
    expect(boxes.map(nameOf)).toEqual(['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']);
    boxes[0]?.click();
    await settle();
    expect(changes().at(-1)?.doNotDisturb?.times).toEqual({
      ...doNotDisturb.times,
      on: true,
      days: [0, 2, 3, 4, 5, 6],
    });
    const [from] = [...document.querySelectorAll<HTMLInputElement>('input[type=time]')];
    if (from === undefined) throw new Error('no box for the time');
    from.value = '21:30';
    from.dispatchEvent(new Event('change', { bubbles: true }));
    await settle();
    expect(changes().at(-1)?.doNotDisturb?.times.from).toBe(21 * 60 + 30);
    from.value = '';
    from.dispatchEvent(new Event('change', { bubbles: true }));
    await settle();
    expect(changes().at(-1)?.doNotDisturb?.times.from).toBe(21 * 60 + 30);
  });
});

describe('whose calls ring', () => {
  it('is a choice', async () => {
    const { changes } = await openSection('calls');
    await choose('Whose calls ring', 'Of favourites only');
    expect(changes()).toEqual([{ whoMayRing: 'favourites' }]);
  });
});

describe('answering automatically', () => {
  it('is for nobody until somebody is named, warns, and can be taken back', async () => {
    const { changes } = await openSection('calls');
    const card = () => byRole('region', 'Answer automatically');
    expect(textOf(card())).toContain('can hear what goes on around this computer');
    expect(textOf(card())).toContain('Nobody. Every call waits for you.');
    await choose('Add a person', 'Ben');
    expect(changes()).toEqual([{ autoAnswer: [{ account: '@anna:example.org', userId: '@ben:example.org' }] }]);
    expect(textOf(card())).toContain('@ben:example.org');
    await press('Remove Ben');
    expect(changes().at(-1)).toEqual({ autoAnswer: [] });
  });
});
