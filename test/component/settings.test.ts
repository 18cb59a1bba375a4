import { defaultSettings } from '../../preload/contract/default-settings';
import { afterEach, describe, expect, it } from 'vitest';
import { i18n } from '../../renderer/i18n';
import { callWith, ringingFrom } from './support/fixtures';
import { useNavigation } from '../../renderer/stores/navigation';
import { click, openApp, press, settle } from './support/open-app';
import { allByRole, byRole, nameOf, queryByRole, textOf } from './support/roles';

const root = document.documentElement;
const checked = (role: string, name: string): boolean => (byRole(role, name) as HTMLInputElement).checked;

afterEach(() => {
  i18n.global.locale.value = 'en';
});

describe('settings that could not be read', () => {
  it('are told at the start, with the way to them, until they are put away', async () => {
    await openApp({ settingsTrouble: 'setAside' });
    const banner = (): HTMLElement | null => queryByRole('region', 'Settings lost');
    expect(textOf(banner() ?? root)).toContain('kept as settings.json.damaged');
    await press('Look at the settings');
    expect(queryByRole('heading', 'General')).not.toBeNull();
    expect(banner()).toBeNull();
  });

  it('that cannot be saved are told as well', async () => {
    await openApp({ settingsTrouble: 'notKept' });
    expect(textOf(byRole('region', 'Settings not saved'))).toContain('Make sure that the disk is not full');
    await press('Close');
    expect(queryByRole('region', 'Settings not saved')).toBeNull();
  });
});

describe('the settings', () => {
  it('change the language of everything at once', async () => {
    const app = await openApp();
    await press('Settings');
    await click(byRole('radio', 'Deutsch', byRole('group', 'Language')));
    expect(app.asked('settings:change')).toEqual([{ language: 'de' }]);
    expect(queryByRole('navigation', 'Hauptbereich')).not.toBeNull();
    expect([root.lang, document.title]).toEqual(['de', 'Einstellungen – Carillon']);
  });

  it('change the theme at once', async () => {
    const app = await openApp();
    await press('Settings');
    await click(byRole('radio', 'Dark', byRole('group', 'Theme')));
    expect(app.asked('settings:change')).toEqual([{ theme: 'dark' }]);
    expect(root.dataset.theme).toBe('dark');
    expect(checked('radio', 'Dark')).toBe(true);
  });

  it('keep the tray switch', async () => {
    const app = await openApp();
    await press('Settings');
    const name = 'Keep running in the tray when the window is closed';
    expect(checked('switch', name)).toBe(true);
    await click(byRole('switch', name));
    expect(app.asked('settings:change')).toEqual([{ closeToTray: false }]);
    expect(checked('switch', name)).toBe(false);
  });

  it('say what this desktop lacks beside what needs it', async () => {
    const app = await openApp();
    app.answers['desktop:lacks'] = () => ['tray', 'notifications'];
    useNavigation().go({ name: 'settings', section: 'general' });
    await settle();
    expect(textOf(document.body)).toContain('closing the window quits Carillon all the same');
    useNavigation().go({ name: 'settings', section: 'notifications' });
    await settle();
    expect(textOf(document.body)).toContain('This desktop shows no notifications');
  });

  it('start with the desktop when told to, and then ask whether a window opens', async () => {
    const app = await openApp();
    await press('Settings');
    expect(queryByRole('switch', 'Start in the tray')).toBeNull();
    await click(byRole('switch', 'Start with the desktop'));
    await click(byRole('switch', 'Start in the tray'));
    expect(app.asked('settings:change')).toEqual([{ autostart: true }, { startHidden: false }]);
  });

  it('offer no updates in a build that knows no place to ask', async () => {
    await openApp();
    await press('Settings');
    expect(queryByRole('region', 'Updates')).toBeNull();
  });

  it('lead from the question for updates to the newer version', async () => {
    const app = await openApp();
    app.answers['update:state'] = () => ({ name: 'idle' });
    app.answers['update:check'] = () => ({ name: 'available', version: '2.0.0' });
    app.answers['update:download'] = () => ({ name: 'ready', version: '2.0.0' });
    app.answers['update:install'] = () => ({ name: 'ready', version: '2.0.0' });
    await press('Settings');
    await press('Check for updates');
    expect(textOf(byRole('region', 'Updates'))).toContain('Version 2.0.0 is there.');
    app.tell('update:changed', { name: 'downloading', version: '2.0.0', percent: 42 });
    await settle();
    expect(textOf(byRole('region', 'Updates'))).toContain('42 %');
    app.tell('update:changed', { name: 'available', version: '2.0.0' });
    await settle();
    await press('Download');
    await press('Quit and install');
    expect(app.asked('update:install')).toHaveLength(1);
  });

  it('say when a change could not be kept, and show what still holds', async () => {
    const app = await openApp();
    app.answers['settings:change'] = () => Promise.reject(new Error('disk full'));
    await press('Settings');
    await click(byRole('radio', 'Dark', byRole('group', 'Theme')));
    expect(textOf(byRole('alert'))).toContain('could not be saved');
    expect([checked('radio', 'Light'), checked('radio', 'Dark')]).toEqual([true, false]);
    expect(root.dataset.theme).toBe('light');
  });

  it('show their sections, each a page that a link can open', async () => {
    await openApp();
    await press('Settings');
    const sections = byRole('navigation', 'Sections of the settings');
    const names = allByRole('button', undefined, sections).map(nameOf);
    expect([names[0], names[1], names.at(-1)]).toEqual(['General', 'Calls', 'Advanced']);
    expect(textOf(byRole('heading', 'General'))).toBe('General');
    useNavigation().go({ name: 'settings', section: 'advanced' });
    await settle();
    expect(queryByRole('heading', 'Advanced')).not.toBeNull();
    expect(byRole('button', 'Advanced', sections).getAttribute('aria-current')).toBe('page');
    await press('Back to settings');
    expect(useNavigation().place).toEqual({ name: 'settings', section: null });
    expect(document.activeElement).toBe(byRole('button', 'General', sections));
  });

  it('walk through the sections by arrow keys', async () => {
    await openApp();
    await press('Settings');
    const sections = byRole('navigation', 'Sections of the settings');
    byRole('button', 'General', sections).focus();
    for (const key of ['ArrowUp', 'ArrowDown', 'ArrowDown', 'ArrowUp']) {
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    }
    expect(document.activeElement).toBe(byRole('button', 'Calls', sections));
  });

  it('take a number within its bounds, and leave it alone when it is none', async () => {
    const app = await openApp();
    await press('Settings');
    await press('Calls');
    const box = byRole('spinbutton', 'Let a call ring for') as HTMLInputElement;
    const enter = async (text: string): Promise<string> => {
      box.value = text;
      box.dispatchEvent(new Event('change', { bubbles: true }));
      await settle();
      return box.value;
    };
    expect([await enter('120'), await enter('5'), await enter('900'), await enter('')]).toEqual([
      '120',
      '90',
      '300',
      '300',
    ]);
    expect(app.asked('settings:change')).toEqual([120, 90, 300].map((inviteLifetime) => ({ inviteLifetime })));
  });

  it('hide the address when told to', async () => {
    const app = await openApp();
    await press('Settings');
    await press('Calls');
    await click(byRole('switch', 'Hide my network address'));
    expect(app.asked('settings:change')).toEqual([{ relayOnly: true }]);
  });

  it('follow main', async () => {
    const app = await openApp();
    app.tell('settings:changed', { ...defaultSettings, language: 'en', theme: 'dark' });
    await settle();
    expect(root.dataset.theme).toBe('dark');
  });
});

describe('the language of the desktop', () => {
  it.each([
    ['de-AT', 'de'],
    ['en-US', 'en'],
    ['fr-FR', 'en'],
  ])('%s is answered in %s', async (systemLanguage, lang) => {
    await openApp({ systemLanguage, settings: { ...defaultSettings, theme: 'light' } });
    expect(root.lang).toBe(lang);
  });
});

describe('the title of the window', () => {
  it('says the most urgent thing', async () => {
    const { engine } = await openApp();
    expect(document.title).toBe('People – Carillon');
    engine.show(callWith('ben'));
    await settle();
    expect(document.title).toBe('Call with Ben – Carillon');
    engine.show(callWith('ben'), ringingFrom('clara'));
    await settle();
    expect(document.title).toBe('Incoming call from Clara – Carillon');
  });
});
