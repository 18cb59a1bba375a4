import { defaultSettings } from '../../preload/contract/default-settings';
import { afterEach, describe, expect, it } from 'vitest';
import { i18n } from '../../renderer/i18n';
import { callWith, ringingFrom } from './support/fixtures';
import { click, openApp, press, settle } from './support/open-app';
import { byRole, queryByRole, textOf } from './support/roles';

const root = document.documentElement;
const checked = (role: string, name: string): boolean => (byRole(role, name) as HTMLInputElement).checked;

afterEach(() => {
  i18n.global.locale.value = 'en';
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

  it('say when a change could not be kept, and show what still holds', async () => {
    const app = await openApp();
    app.answers['settings:change'] = () => Promise.reject(new Error('disk full'));
    await press('Settings');
    await click(byRole('radio', 'Dark', byRole('group', 'Theme')));
    expect(textOf(byRole('alert'))).toContain('could not be saved');
    expect([checked('radio', 'Light'), checked('radio', 'Dark')]).toEqual([true, false]);
    expect(root.dataset.theme).toBe('light');
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
