import { describe, expect, it } from 'vitest';
import type { HotkeyResult, HotkeysReport } from '../../preload/contract/hotkeys';
import { defaultSettings } from '../../preload/contract/default-settings';
import { followHotkeys } from '../../renderer/stores/hotkeys';
import { callWith, ringingFrom, snapshot } from './support/fixtures';
import { openApp, press, settle } from './support/open-app';
import { byRole, queryByRole, textOf } from './support/roles';

const works: HotkeysReport = {
  states: { mute: { state: 'works' }, talk: { state: 'off' }, answer: { state: 'off' }, hangUp: { state: 'off' } },
  by: 'system',
};

/** As a person presses keys: the modifiers are c(ontrol), s(hift), a(lt). */
async function key(
  name: string,
  modifiers = '',
  target: EventTarget = document.activeElement ?? document.body,
  type: 'keydown' | 'keyup' = 'keydown',
): Promise<KeyboardEvent> {
  const event = new KeyboardEvent(type, {
    key: name,
    code: name === ' ' ? 'Space' : /^[a-z]$/i.test(name) ? `Key${name.toUpperCase()}` : name,
    ctrlKey: modifiers.includes('c'),
    shiftKey: modifiers.includes('s'),
    altKey: modifiers.includes('a'),
    bubbles: true,
    cancelable: true,
  });
  target.dispatchEvent(event);
  await settle();
  return event;
}

async function openKeys(result: HotkeyResult = { ok: true }, report = works) {
  const app = await openApp();
  app.answers['hotkeys:report'] = () => report;
  app.answers['hotkeys:set'] = () => result;
  app.answers['hotkeys:recording'] = () => null;
  followHotkeys();
  await press('Settings');
  await press('Keys');
  return app;
}

const recorder = () => byRole('button', 'Mute microphone Ctrl Shift M');

describe('the keys that work everywhere', () => {
  it('are recorded by pressing them, and nothing of ours acts meanwhile', async () => {
    const app = await openKeys();
    recorder().click();
    await settle();
    expect(textOf(byRole('button', 'Mute microphone Press keys, or Escape'))).toContain('Press keys');
    await key('Control', 'c', byRole('button', 'Mute microphone Press keys, or Escape'));
    await key('k', 'ca', byRole('button', 'Mute microphone Press keys, or Escape'));
    expect(app.asked('hotkeys:set')).toEqual([{ name: 'mute', accelerator: 'CommandOrControl+Alt+K' }]);
    expect(app.asked('hotkeys:recording')).toEqual([{ on: true }, { on: false }]);
  });

  it.each(['Escape', 'Tab'])('%s leaves things as they are', async (name) => {
    const app = await openKeys();
    recorder().click();
    await settle();
    await key(name, '', byRole('button', 'Mute microphone Press keys, or Escape'));
    expect(textOf(recorder())).toBe('Ctrl Shift M');
    expect(app.asked('hotkeys:set')).toEqual([]);
    expect(app.asked('hotkeys:recording')).toEqual([{ on: true }, { on: false }]);
  });

  it('are taken away, and the usual one comes back', async () => {
    const app = await openKeys();
    await press('Remove key: Mute microphone');
    app.tell('settings:changed', {
      ...snapshot().settings,
      hotkeys: { ...defaultSettings.hotkeys, mute: null },
    });
    await settle();
    expect(queryByRole('button', 'Mute microphone No key')).not.toBeNull();
    await press('Usual key: Mute microphone');
    expect(app.asked('hotkeys:set').map(({ accelerator }) => accelerator)).toEqual([null, 'CommandOrControl+Shift+M']);
  });

  it.each<[Extract<HotkeyResult, { ok: false }>['refusal'], string]>([
    [{ reason: 'taken', holder: null }, 'held by another program or by your system'],
    [{ reason: 'taken', holder: 'GNOME: terminal' }, 'held by GNOME: terminal'],
    [{ reason: 'ours', holder: 'hangUp' }, 'already the key for “Hang up”'],
    [{ reason: 'inWindow' }, 'something else in Carillon’s window'],
    [{ reason: 'reserved' }, 'belongs to your system'],
    [{ reason: 'bare' }, 'Add Ctrl, Alt or another modifier'],
    [{ reason: 'unsupported' }, 'has no keys that work everywhere'],
  ])('say at once why one cannot be had: %j', async (refusal, words) => {
    await openKeys({ ok: false, refusal });
    recorder().click();
    await settle();
    await key('F9', '', byRole('button', 'Mute microphone Press keys, or Escape'));
    expect(textOf(byRole('alert'))).toContain('F9');
    expect(textOf(byRole('alert'))).toContain(words);
  });

  it('say that one was refused already at the start, and what the desktop is like', async () => {
    const refused = { state: 'refused', refusal: { reason: 'taken', holder: null } } as const;
    await openKeys({ ok: true }, { states: { ...works.states, mute: refused }, by: 'portal' });
    expect(textOf(byRole('alert'))).toContain('was refused');
    expect(textOf(document.body)).toContain('Your desktop (Wayland) asks you to confirm');
  });
});

describe('the keys of the window', () => {
  it.each([
    ['d', 'c', 'setMicrophoneMuted'],
    ['e', 'c', 'setCameraOn'],
    ['E', 'cs', 'hangUp'],
    ['H', 'cs', 'setHeld'],
  ] as const)('%s with %s: %s', async (name, modifiers, does) => {
    const { engine } = await openApp();
    engine.show(callWith('ben', { connectedAt: 1 }));
    await settle();
    await key(name, modifiers);
    expect(engine.controls[does]).toHaveBeenCalledOnce();
  });

  it.each([
    ['A', 'answer'],
    ['D', 'decline'],
  ] as const)('Ctrl Shift %s: %s', async (name, does) => {
    const { engine } = await openApp();
    engine.show(ringingFrom('ben'));
    await settle();
    await key(name, 'cs');
    expect(engine.controls[does]).toHaveBeenCalledOnce();
  });

  it('work in a field, too, but a question mark is typed there', async () => {
    const { engine } = await openApp();
    engine.show(callWith('ben'));
    await settle();
    const field = byRole('searchbox');
    await key('d', 'c', field);
    expect(engine.controls.setMicrophoneMuted).toHaveBeenCalledOnce();
    expect((await key('?', 's', field)).defaultPrevented).toBe(false);
    expect(queryByRole('dialog', 'Keys')).toBeNull();
  });

  it('do nothing, and keep nothing from others, without a call', async () => {
    const { engine } = await openApp();
    await key('E', 'cs');
    expect(engine.controls.hangUp).not.toHaveBeenCalled();
  });

  it('Ctrl L leads to the dial field', async () => {
    await openApp();
    await press('Settings');
    await key('l', 'c');
    expect(document.activeElement).toBe(byRole('textbox', 'Address or number'));
  });

  it('? lists them all, and leads to their settings', async () => {
    await openApp();
    await key('?', 's', document.body);
    const dialog = byRole('dialog', 'Keys');
    for (const words of ['Mute or unmute the microphone', 'Send digits in a call', 'Show this list', 'Everywhere']) {
      expect(textOf(dialog)).toContain(words);
    }
    await press('Change keys');
    expect(queryByRole('dialog', 'Keys')).toBeNull();
    expect(document.title).toBe('Settings – Carillon');
  });

  it('a global key that the system refused works here', async () => {
    const app = await openApp();
    const refused = { state: 'refused', refusal: { reason: 'unsupported' } } as const;
    app.answers['hotkeys:report'] = () => ({ states: { ...works.states, mute: refused }, by: 'portal' });
    followHotkeys();
    app.engine.show(callWith('ben'));
    await settle();
    await key('M', 'cs');
    expect(app.engine.controls.setMicrophoneMuted).toHaveBeenCalledOnce();
  });
});

describe('push to talk in the window', () => {
  const settings = { ...snapshot().settings, spaceToTalk: true };
  const muted = callWith('ben', { microphoneMuted: true });

  it('opens the muted microphone while Space is held', async () => {
    const { engine } = await openApp({ settings });
    engine.show(muted);
    await settle();
    await key(' ', '', document.body);
    await key(' ', '', document.body);
    expect(engine.controls.setMicrophoneMuted.mock.calls.map(([, on]) => on)).toEqual([false]);
    await key(' ', '', document.body, 'keyup');
    expect(engine.controls.setMicrophoneMuted.mock.calls.map(([, on]) => on)).toEqual([false, true]);
  });

  it('mutes again when the window loses the keyboard', async () => {
    const { engine } = await openApp({ settings });
    engine.show(muted);
    await settle();
    await key(' ', '', document.body);
    window.dispatchEvent(new Event('blur'));
    expect(engine.controls.setMicrophoneMuted.mock.calls.map(([, on]) => on)).toEqual([false, true]);
  });

  it('leaves Space to a button or field that has the focus', async () => {
    const { engine } = await openApp({ settings });
    engine.show(muted);
    await settle();
    for (const target of [byRole('button', 'Hang up'), byRole('searchbox')]) {
      expect((await key(' ', '', target)).defaultPrevented).toBe(false);
    }
    expect(engine.controls.setMicrophoneMuted).not.toHaveBeenCalled();
  });

  it('is off until it is wanted', async () => {
    const { engine } = await openApp();
    engine.show(muted);
    await settle();
    await key(' ', '', document.body);
    expect(engine.controls.setMicrophoneMuted).not.toHaveBeenCalled();
  });

  it('works with the global key, whose end is seen here', async () => {
    const hotkeys = { ...settings.hotkeys, talk: 'F8' };
    const { engine } = await openApp({ settings: { ...settings, hotkeys } });
    engine.show(muted);
    await settle();
    await key('F8');
    await key('F8', '', document.body, 'keyup');
    expect(engine.controls.setMicrophoneMuted.mock.calls.map(([, on]) => on)).toEqual([false, true]);
  });
});
