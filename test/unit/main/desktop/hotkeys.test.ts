import { describe, expect, it, vi } from 'vitest';
import { holderOn } from '../../../../main/desktop/hotkey-holder';
import { canonicalKey, refusalOf } from '../../../../main/desktop/hotkey-rules';
import { type HotkeysEnv, makeHotkeys } from '../../../../main/desktop/hotkeys';
import { defaultSettings } from '../../../../preload/contract/default-settings';
import type { Hotkeys } from '../../../../preload/contract/hotkeys';
import type { Settings } from '../../../../preload/contract/settings';
import { quietLog } from '../quiet-log';
import { turnedClock } from '../turned-clock';

const usual = 'CommandOrControl+Shift+M';

/** The system as Electron shows it: gives each key once, unless another program has it. */
function keyboard(taken: readonly string[] = []) {
  const given = new Map<string, () => void>();
  let suspended = false;
  return {
    given,
    press: (key: string) => {
      if (!suspended) given.get(key)?.();
    },
    shortcuts: {
      register: (key: string, act: () => void) => {
        if (key.endsWith('+Nonsense')) throw new TypeError('no such key');
        if (suspended || taken.includes(key) || given.has(key)) return false;
        given.set(key, act);
        return true;
      },
      unregister: (key: string) => void given.delete(key),
      setSuspended: (on: boolean) => (suspended = on) as never,
    },
  };
}

function started(hotkeys: Partial<Hotkeys> = {}, over: Partial<HotkeysEnv> = {}, taken: readonly string[] = []) {
  const board = keyboard(taken);
  const clock = turnedClock();
  let settings: Settings = { ...defaultSettings, hotkeys: { ...defaultSettings.hotkeys, ...hotkeys } };
  const listeners: ((settings: Settings) => void)[] = [];
  const pressed = vi.fn();
  const changed = vi.fn();
  const control = makeHotkeys({
    shortcuts: board.shortcuts,
    settings: {
      get: () => settings,
      change: (part) => {
        settings = { ...settings, ...part };
        for (const listener of listeners) listener(settings);
        return settings;
      },
      subscribe: (listener) => {
        listeners.push(listener);
        return () => undefined;
      },
    },
    platform: 'linux',
    environment: { DISPLAY: ':0' },
    clock,
    holderOf: () => Promise.resolve(null),
    pressed,
    changed,
    log: quietLog(),
    ...over,
  });
  return { ...board, clock, control, pressed, changed, hotkeys: () => settings.hotkeys };
}

describe('global keys', () => {
  it('are taken at the start, act when pressed, and are given back at the end', () => {
    const { control, given, press, pressed } = started({ hangUp: 'F9' });
    expect([...given.keys()]).toEqual([usual, 'F9']);
    press(usual);
    press('F9');
    expect(pressed.mock.calls).toEqual([['mute'], ['hangUp']]);
    control.stop();
    expect(given.size).toBe(0);
  });

  it('a key that is held acts once, although the system repeats it', () => {
    const { clock, press, pressed } = started();
    press(usual);
    clock.turn(600);
    for (let repeat = 0; repeat < 40; repeat += 1) {
      press(usual);
      clock.turn(30);
    }
    expect(pressed).toHaveBeenCalledOnce();
    clock.turn(700);
    press(usual);
    expect(pressed).toHaveBeenCalledTimes(2);
  });

  it('a new key works at once, and the one before is free again', async () => {
    const { control, given, hotkeys } = started();
    expect(await control.set('mute', 'CommandOrControl+Alt+K')).toEqual({ ok: true });
    expect([...given.keys()]).toEqual(['CommandOrControl+Alt+K']);
    expect(hotkeys().mute).toBe('CommandOrControl+Alt+K');
    expect(await control.set('mute', null)).toEqual({ ok: true });
    expect([given.size, control.report().states.mute]).toEqual([0, { state: 'off' }]);
  });

  it('one that the system refuses is told with its holder, and the one before stays', async () => {
    const holderOf = () => Promise.resolve('GNOME: terminal');
    const { control, given, hotkeys } = started({}, { holderOf }, ['CommandOrControl+Alt+T']);
    const result = await control.set('mute', 'CommandOrControl+Alt+T');
    expect(result).toEqual({ ok: false, refusal: { reason: 'taken', holder: 'GNOME: terminal' } });
    expect([[...given.keys()], hotkeys().mute]).toEqual([[usual], usual]);
  });

  it('one for which Electron has no name is refused, too', async () => {
    const { control } = started();
    expect(await control.set('mute', 'Alt+Nonsense')).toMatchObject({ ok: false, refusal: { reason: 'taken' } });
  });

  it('one that was taken before the start is told as such', async () => {
    const { control, changed } = started({}, {}, [usual]);
    await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(2), 10_000);
    expect(control.report().states.mute).toEqual({ state: 'refused', refusal: { reason: 'taken', holder: null } });
  });

  it('nothing acts while a new key is recorded', () => {
    const { control, press, pressed } = started();
    control.suspend(true);
    press(usual);
    control.suspend(false);
    expect(pressed).not.toHaveBeenCalled();
  });

  it('push to talk is left to our window while that has the keyboard', () => {
    const { control, given } = started({ talk: 'F8' });
    control.windowFocused(true);
    expect([...given.keys()]).toEqual([usual]);
    expect(control.report().states.talk).toEqual({ state: 'works' });
    control.windowFocused(false);
    expect([...given.keys()]).toEqual([usual, 'F8']);
  });

  it('push to talk comes back when our window loses the keyboard while a key is recorded', () => {
    const { control, given } = started({ talk: 'F8' });
    control.windowFocused(true);
    control.suspend(true);
    control.windowFocused(false);
    control.suspend(false);
    expect([[...given.keys()], control.report().states.talk]).toEqual([[usual, 'F8'], { state: 'works' }]);
  });

  it('a system that cannot suspend them goes on', () => {
    const { control, shortcuts } = started();
    shortcuts.setSuspended = () => {
      throw new Error('not here');
    };
    expect(() => control.suspend(true)).not.toThrow();
  });

  it.each([
    ['win32', {}, 'system'],
    ['darwin', {}, 'system'],
    ['linux', { DISPLAY: ':0', XDG_SESSION_TYPE: 'x11' }, 'system'],
    ['linux', { DISPLAY: ':0', WAYLAND_DISPLAY: 'wayland-0' }, 'portal'],
    ['linux', { XDG_SESSION_TYPE: 'wayland' }, 'portal'],
  ] as const)('on %s with %j they come from the %s', (platform, environment, by) => {
    expect(started({}, { platform, environment }).control.report().by).toBe(by);
  });

  it('a desktop without them says so', async () => {
    const { control } = started({}, { environment: { XDG_SESSION_TYPE: 'wayland' } }, [usual, 'F9']);
    expect(await control.set('hangUp', 'F9')).toEqual({ ok: false, refusal: { reason: 'unsupported' } });
  });
});

describe('which keys may be taken', () => {
  const none: Hotkeys = { mute: usual, answer: null, hangUp: null, talk: null };

  it.each([
    ['CommandOrControl+Alt+K', null],
    ['F9', null],
    ['MediaPlayPause', null],
    ['Super+F1', null],
    ['Shift+CommandOrControl+M', 'ours'],
    ['K', 'bare'],
    ['Shift+K', 'bare'],
    ['Space', 'bare'],
    ['CommandOrControl+C', 'reserved'],
    ['Alt+F4', 'reserved'],
    ['CommandOrControl+D', 'inWindow'],
    ['CommandOrControl+Shift+A', 'inWindow'],
  ])('%s: %s', (key, reason) => {
    expect(refusalOf('answer', key, none, 'linux')?.reason ?? null).toBe(reason);
  });

  it('names which of ours has it', () => {
    expect(refusalOf('answer', usual, none, 'linux')).toEqual({ reason: 'ours', holder: 'mute' });
    expect(refusalOf('mute', usual, none, 'linux')).toBeNull();
  });

  it('knows each platform', () => {
    expect(refusalOf('answer', 'Command+Q', none, 'darwin')?.reason).toBe('reserved');
    expect(refusalOf('answer', 'Super+L', none, 'win32')?.reason).toBe('reserved');
    expect(canonicalKey('Shift+CommandOrControl+m', 'darwin')).toBe('Command+Shift+M');
  });
});

describe('who holds a key', () => {
  const list = (schema: string) =>
    Promise.resolve(
      schema === 'org.gnome.settings-daemon.plugins.media-keys'
        ? `${schema} terminal ['<Primary><Alt>t']\n${schema} volume-up ['']\n`
        : '',
    );

  it.each([
    ['linux', 'CommandOrControl+Alt+T', 'GNOME: terminal'],
    ['linux', 'CommandOrControl+Alt+K', null],
    ['win32', 'CommandOrControl+Alt+T', null],
  ] as const)('%s, %s: %s', async (platform, key, holder) => {
    expect(await holderOn(platform, list)(key)).toBe(holder);
  });
});
