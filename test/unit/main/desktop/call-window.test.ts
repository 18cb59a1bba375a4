import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type CallWindow, makeCallWindow } from '../../../../main/desktop/call-window';
import type { RingingCard } from '../../../../preload/contract/ringing';
import { ben, call, otherCall } from '../call-facts';
import { quietLog } from '../quiet-log';
import { turnedClock } from '../turned-clock';

/** As much of Electron's window as the subject uses, with what can be seen of it. */
class Window extends EventEmitter {
  static all: Window[] = [];
  static last: Window;
  readonly webContents = Object.assign(new EventEmitter(), { reload: vi.fn() });
  readonly options: Record<string, unknown>;
  level: unknown = null;
  visible = false;
  focused = false;
  destroyed = false;
  loaded = '';
  bounds = { x: 0, y: 0, width: 440, height: 176 };
  constructor(options: Record<string, unknown>) {
    super();
    this.options = options;
    Window.all.push(this);
    Window.last = this;
  }
  isDestroyed = () => this.destroyed;
  isVisible = () => this.visible;
  showInactive = () => (this.visible = true);
  hide = () => (this.visible = false);
  setAlwaysOnTop = (_on: boolean, level: string) => (this.level = level);
  setVisibleOnAllWorkspaces = vi.fn();
  setBackgroundColor = vi.fn();
  getBounds = () => this.bounds;
  setBounds = (bounds: typeof this.bounds) => (this.bounds = bounds);
  loadURL = (url: string) => {
    this.loaded = url;
    return Promise.resolve();
  };
  destroy(): void {
    this.destroyed = true;
    this.emit('closed');
  }
  /** A person closes it. @returns whether it goes. */
  close(): boolean {
    const event = { prevented: false, preventDefault: () => (event.prevented = true) };
    this.emit('close', event);
    return !event.prevented;
  }
}
vi.mock('electron', () => ({
  get BrowserWindow() {
    return Window;
  },
  nativeTheme: { shouldUseDarkColors: false, on: vi.fn() },
  screen: {
    getCursorScreenPoint: () => ({ x: 0, y: 0 }),
    getDisplayNearestPoint: () => ({ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }),
  },
  protocol: {},
}));

const card: RingingCard = {
  ...call,
  caller: ben,
  name: 'Ben',
  picture: null,
  kind: 'voice',
  forAccount: null,
  silenced: false,
  during: null,
  far: null,
};
const showing = (...calls: RingingCard[]) => ({ calls, language: 'en', systemLanguage: 'de-AT' }) as const;
const tell = vi.fn();
let clock: ReturnType<typeof turnedClock>;
let quitting: boolean;
let subject: CallWindow;
const window = () => Window.last;
/** The page draws what it was told last. */
const draw = (height = 180) => {
  subject.drawn({ revision: subject.view().revision, height });
};

beforeEach(() => {
  vi.clearAllMocks();
  Window.all = [];
  quitting = false;
  clock = turnedClock();
  subject = makeCallWindow({
    preload: 'preload.cjs',
    icon: 'icon.png',
    clock,
    log: quietLog(),
    isQuitting: () => quitting,
    tell,
  });
  subject.prepare();
});

describe('the call window', () => {
  it('is ready before a call comes, sandboxed, above all others, and seen by nobody', () => {
    subject.prepare();
    expect(Window.all).toHaveLength(1);
    expect(window().loaded).toBe('app://bundle/call-window.html');
    expect(window().options).toMatchObject({ show: false, frame: false, skipTaskbar: true, width: 440 });
    expect(window().options.webPreferences).toMatchObject({ sandbox: true, backgroundThrottling: false });
    expect([window().level, window().visible]).toEqual(['screen-saver', false]);
  });

  it('appears when its page has drawn the call, as high as that needs, and without the focus', () => {
    subject.show(showing(card));
    expect(tell).toHaveBeenCalledWith(window().webContents, { revision: 1, ...showing(card) });
    expect(window().visible).toBe(false);
    draw(184);
    expect([window().visible, window().focused, window().bounds.height]).toEqual([true, false, 184]);
  });

  it('goes at once when nothing rings', () => {
    subject.show(showing(card));
    draw();
    subject.show(showing());
    expect(window().visible).toBe(false);
  });

  it('does not come back for a drawing that is late', () => {
    subject.show(showing(card));
    const { revision } = subject.view();
    subject.show(showing());
    subject.drawn({ revision, height: 180 });
    draw();
    expect(window().visible).toBe(false);
  });

  it('grows with a second call, and is told nothing twice', () => {
    subject.show(showing(card));
    subject.show(showing(card));
    draw(180);
    subject.show(showing(card, { ...card, ...otherCall }));
    draw(361);
    expect(tell).toHaveBeenCalledTimes(2);
    expect(window().bounds.height).toBe(361);
  });

  it('stays where a person put it', () => {
    subject.show(showing(card));
    draw(180);
    window().bounds = { ...window().bounds, x: 5, y: 5 };
    draw(180);
    expect(window().bounds).toMatchObject({ x: 5, y: 5 });
  });

  it('that a person closed stays away until the next time', () => {
    subject.show(showing(card));
    draw();
    expect([window().close(), window().visible]).toEqual([false, false]);
    subject.show(showing({ ...card, silenced: true }));
    draw();
    expect(window().visible).toBe(false);
    subject.show(showing());
    subject.show(showing(card));
    draw();
    expect(window().visible).toBe(true);
  });

  it('tells a page that starts late what it missed', () => {
    subject.show(showing(card));
    expect(subject.view()).toEqual({ revision: 1, ...showing(card) });
  });

  it('loads its page anew after a crash, and shows nothing empty meanwhile', () => {
    subject.show(showing(card));
    draw();
    window().webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect(window().visible).toBe(false);
    clock.turn(1000);
    expect(window().webContents.reload).toHaveBeenCalledOnce();
    draw();
    expect(window().visible).toBe(true);
  });

  it('holds nothing back when the program ends', () => {
    quitting = true;
    expect(window().close()).toBe(true);
    subject.destroy();
    expect(subject.contents()).toBeNull();
    subject.show(showing(card));
    expect(tell).not.toHaveBeenCalled();
  });
});
