/**
 * Keys that work while another program has the keyboard. The system says only yes or no to each, and never when a key is
 * let go, so "push to talk" is a key that opens the microphone and, pressed again, closes it. While our own window has the
 * keyboard that key is left to it: there both ends of a press are seen.
 */
import type { GlobalShortcut } from 'electron';
import {
  type HotkeyName,
  hotkeyNames,
  type HotkeyRefusal,
  type HotkeyResult,
  type HotkeysReport,
  type HotkeyState,
} from '../../preload/contract/hotkeys';
import type { Clock } from '../clock';
import type { Log } from '../log';
import type { SettingsStore } from '../settings/settings';
import { refusalOf } from './hotkey-rules';

export interface HotkeysControl {
  readonly report: () => HotkeysReport;
  /** Tries the key, and keeps it if the system gives it; else the one before stays. Null gives it back. */
  readonly set: (name: HotkeyName, accelerator: string | null) => Promise<HotkeyResult>;
  /** While a person presses a new key, none of ours does anything. */
  readonly suspend: (on: boolean) => void;
  /** Our window has the keyboard, or has lost it. */
  readonly windowFocused: (focused: boolean) => void;
  /** Gives all keys back. */
  readonly stop: () => void;
}

export interface HotkeysEnv {
  readonly shortcuts: Pick<GlobalShortcut, 'register' | 'unregister' | 'setSuspended'>;
  readonly settings: Pick<SettingsStore, 'get' | 'change' | 'subscribe'>;
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Pick<Clock, 'now'>;
  /** Another program or the desktop itself may have told which keys it uses. Null: not known. */
  readonly holderOf: (accelerator: string) => Promise<string | null>;
  readonly pressed: (name: HotkeyName) => void;
  /** Said after every change. */
  readonly changed: (report: HotkeysReport) => void;
  readonly log: Log;
}

/** ms. A key that is held repeats, on some desktops only after more than half a second. */
const repeatGap = 700;

export function makeHotkeys(env: HotkeysEnv): HotkeysControl {
  const { shortcuts, settings, platform } = env;
  const by = registrar(platform, env.environment);
  const registered = new Map<HotkeyName, string>();
  const states = new Map<HotkeyName, HotkeyState>();
  const lastPress = new Map<HotkeyName, number>();
  let focused = false;
  let suspended = false;
  let applied = '';

  function press(name: HotkeyName): void {
    const now = env.clock.now();
    const isRepeat = now - (lastPress.get(name) ?? -Infinity) < repeatGap;
    lastPress.set(name, now);
    if (!isRepeat) env.pressed(name);
  }

  /** @returns whether the system gave the key. Electron throws for keys that it has no name for. */
  function register(name: HotkeyName, accelerator: string): boolean {
    try {
      if (!shortcuts.register(accelerator, () => press(name))) return false;
      registered.set(name, accelerator);
      return true;
    } catch (error) {
      env.log.failure('a global key was refused', error);
      return false;
    }
  }

  function release(name: HotkeyName): void {
    const accelerator = registered.get(name);
    registered.delete(name);
    if (accelerator !== undefined) shortcuts.unregister(accelerator);
  }

  function report(): HotkeysReport {
    const of = (name: HotkeyName): HotkeyState => states.get(name) ?? { state: 'off' };
    return { states: { mute: of('mute'), answer: of('answer'), hangUp: of('hangUp'), talk: of('talk') }, by };
  }

  /** A portal would ask the person anew each time. */
  const isLeftToWindow = (name: HotkeyName): boolean => name === 'talk' && focused && by === 'system';

  async function refused(accelerator: string): Promise<HotkeyRefusal> {
    // A desktop whose portal passes no keys on.
    if (by === 'portal') return { reason: 'unsupported' };
    return { reason: 'taken', holder: await env.holderOf(accelerator).catch(() => null) };
  }

  /** Takes what the settings say. */
  function apply(): void {
    const { hotkeys } = settings.get();
    const wanted = JSON.stringify(hotkeys);
    if (wanted === applied) return;
    applied = wanted;
    for (const name of hotkeyNames) if (registered.get(name) !== hotkeys[name]) release(name);
    for (const name of hotkeyNames) take(name, hotkeys[name]);
    env.changed(report());
  }

  function take(name: HotkeyName, accelerator: string | null): void {
    if (accelerator === null) {
      states.set(name, { state: 'off' });
      return;
    }
    if (registered.get(name) === accelerator) return;
    const refusal = refusalOf(name, accelerator, settings.get().hotkeys, platform);
    if (refusal === null && (isLeftToWindow(name) || register(name, accelerator))) {
      states.set(name, { state: 'works' });
      return;
    }
    states.set(name, { state: 'refused', refusal: refusal ?? { reason: 'taken', holder: null } });
    if (refusal !== null) return;
    env.log.info('a global key was refused', { key: name, by });
    void refused(accelerator).then((known) => {
      if (settings.get().hotkeys[name] !== accelerator) return;
      states.set(name, { state: 'refused', refusal: known });
      env.changed(report());
    });
  }

  /** Gives the key to whom it belongs now, our window or the system. While all are suspended the system takes none. */
  function settleTalk(): void {
    const { talk } = settings.get().hotkeys;
    if (suspended || talk === null || states.get('talk')?.state !== 'works') return;
    if (isLeftToWindow('talk')) release('talk');
    else if (!registered.has('talk')) take('talk', talk);
  }

  settings.subscribe(apply);
  apply();

  return {
    report,
    set: async (name, accelerator) => {
      const { hotkeys } = settings.get();
      if (accelerator !== null && accelerator !== registered.get(name)) {
        const refusal = refusalOf(name, accelerator, hotkeys, platform);
        if (refusal !== null) return { ok: false, refusal };
        const before = registered.get(name);
        release(name);
        if (!register(name, accelerator)) {
          if (before !== undefined) register(name, before);
          return { ok: false, refusal: await refused(accelerator) };
        }
        states.set(name, { state: 'works' });
        if (isLeftToWindow(name)) release(name);
      }
      settings.change({ hotkeys: { ...settings.get().hotkeys, [name]: accelerator } });
      return { ok: true };
    },
    suspend: (on) => {
      if (on === suspended) return;
      suspended = on;
      try {
        shortcuts.setSuspended(on);
      } catch (error) {
        env.log.failure('global keys cannot be suspended', error);
      }
      settleTalk();
    },
    windowFocused: (now) => {
      if (now === focused) return;
      focused = now;
      settleTalk();
    },
    stop: () => {
      for (const name of hotkeyNames) release(name);
    },
  };
}

/** On Wayland no program may listen to keys; its desktop's portal hands them over, where it has one for that. */
export function registrar(platform: NodeJS.Platform, environment: HotkeysEnv['environment']): HotkeysReport['by'] {
  if (platform !== 'linux') return 'system';
  const wayland = environment.XDG_SESSION_TYPE === 'wayland' || environment.WAYLAND_DISPLAY !== undefined;
  return wayland ? 'portal' : 'system';
}
