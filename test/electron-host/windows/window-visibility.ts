/**
 * Whether a window is seen and focused. Neither exists in a headless Chromium: a hidden window is a minimised one, and the
 * focus belongs to the window that asked for it last.
 */
import { app } from '../app.ts';
import { cancelable } from '../events.ts';
import { WindowGeometry, type BrowserSide } from './window-geometry.ts';
import type { Part } from '../surface.ts';

let focused: WindowVisibility | null = null;

/** For `BrowserWindow` alone. */
export let windowShown: (window: WindowVisibility) => void;
/** Brings Chromium's window to the state that ours has. */
export let applyWindowState: (window: WindowVisibility) => void;

function setFocused(window: WindowVisibility): void {
  focused = window;
}

export function focusedWindow(): WindowVisibility | null {
  return focused;
}

export class WindowVisibility extends WindowGeometry implements Part<Electron.BrowserWindow> {
  readonly #browser: BrowserSide;
  #visible: boolean;
  #minimized = false;
  #maximized = false;
  #fullScreen: boolean;

  static {
    windowShown = (window) => {
      if (!window.#visible) return;
      window.emit('show');
      window.#takeFocus();
    };
    applyWindowState = (window) => {
      window.#apply();
    };
  }

  constructor(options: Electron.BrowserWindowConstructorOptions, browser: BrowserSide) {
    super(options, browser);
    this.#browser = browser;
    this.#visible = options.show !== false;
    this.#fullScreen = options.fullscreen === true;
  }

  show(): void {
    this.showInactive();
    this.#takeFocus();
  }

  showInactive(): void {
    if (!this.#visible) this.#change('show', () => (this.#visible = true));
  }

  hide(): void {
    if (!this.#visible) return;
    this.blur();
    this.#change('hide', () => (this.#visible = false));
  }

  focus(): void {
    if (!this.#visible) return;
    this.#browser.bringToFront();
    this.#takeFocus();
  }

  blur(): void {
    if (focused !== this) return;
    focused = null;
    this.emit('blur');
    app.emit('browser-window-blur', cancelable(), this);
  }

  minimize(): void {
    if (this.#minimized) return;
    this.blur();
    this.#change('minimize', () => (this.#minimized = true));
  }

  restore(): void {
    if (this.#minimized) this.#change('restore', () => (this.#minimized = false));
  }

  maximize(): void {
    this.showInactive();
    if (!this.#maximized) this.#change('maximize', () => (this.#maximized = true));
  }

  unmaximize(): void {
    if (this.#maximized) this.#change('unmaximize', () => (this.#maximized = false));
  }

  setFullScreen(flag: boolean): void {
    if (flag === this.#fullScreen) return;
    this.#change(flag ? 'enter-full-screen' : 'leave-full-screen', () => (this.#fullScreen = flag));
  }

  moveTop(): void {
    this.#browser.bringToFront();
  }

  isVisible(): boolean {
    return this.#visible;
  }

  isFocused(): boolean {
    return focused === this;
  }

  isMinimized(): boolean {
    return this.#minimized;
  }

  isMaximized(): boolean {
    return this.#maximized;
  }

  isFullScreen(): boolean {
    return this.#fullScreen;
  }

  #change(event: string, change: () => boolean): void {
    change();
    this.#apply();
    this.emit(event);
  }

  #apply(): void {
    const state = this.#minimized
      ? 'minimized'
      : this.#fullScreen
        ? 'fullscreen'
        : this.#maximized
          ? 'maximized'
          : 'normal';
    this.#browser.setState(state, this.#visible);
  }

  #takeFocus(): void {
    if (focused === this) return;
    focused?.blur();
    setFocused(this);
    this.emit('focus');
    app.emit('browser-window-focus', cancelable(), this);
  }
}
