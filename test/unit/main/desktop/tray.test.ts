import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openTray } from '../../../../main/desktop/tray';
import type { TrayPanel } from '../../../../main/desktop/tray-panel';
import type { TrayView } from '../../../../main/desktop/tray-view';
import { call } from '../call-facts';
import { quietLog } from '../quiet-log';

interface Item {
  readonly type?: string;
  readonly label?: string;
  readonly enabled?: boolean;
  readonly checked?: boolean;
  readonly submenu?: readonly Item[];
  readonly click?: () => void;
}
interface Desktop {
  none: boolean;
  image: string;
  toolTip: string;
  menus: unknown[][];
  tray: unknown;
}
const desktop = vi.hoisted((): Desktop => ({ none: false, image: '', toolTip: '', menus: [], tray: null }));
vi.mock('electron', () => ({
  Menu: { buildFromTemplate: (items: unknown[]) => items },
  nativeImage: { createFromPath: (file: string) => ({ file, setTemplateImage: vi.fn() }) },
  Tray: class extends EventEmitter {
    constructor(image: { file: string }) {
      super();
      if (desktop.none) throw new Error('no tray');
      desktop.tray = this;
      this.setImage(image);
    }
    setImage = (image: { file: string }) => (desktop.image = image.file);
    setToolTip = (text: string) => (desktop.toolTip = text);
    setContextMenu = (menu: unknown[]) => desktop.menus.push(menu);
  },
}));

let panel: TrayPanel = 'on-dark';
const env = {
  assets: 'assets',
  panel: () => panel,
  open: vi.fn(),
  quit: vi.fn(),
  act: vi.fn(),
  chooseDevice: vi.fn(),
  chooseQuiet: vi.fn(),
  log: quietLog(),
};
const view = (facts: Partial<TrayView> = {}): TrayView => ({ state: 'ready', toolTip: 'Carillon', menu: [], ...facts });
const items = () => desktop.menus.at(-1) as Item[];

beforeEach(() => {
  vi.clearAllMocks();
  Object.assign(desktop, { none: false, menus: [] });
  panel = 'on-dark';
});

describe('tray', () => {
  it('shows the icon, the words and the menu of a view', () => {
    openTray(env)?.show(
      view({
        state: 'in-call',
        menu: [
          { label: 'Heading', command: null },
          'separator',
          { label: 'Open', command: { do: 'open' } },
          { label: 'Quit', command: { do: 'quit' } },
          { label: 'Decline', command: { do: 'call', call, action: 'decline' } },
        ],
      }),
    );
    expect(desktop.image).toMatch(/tray[\\/]on-dark[\\/]in-call\.png$/);
    expect(desktop.toolTip).toBe('Carillon');
    expect(items().map(({ label, type, enabled }) => label ?? type ?? enabled)).toEqual([
      'Heading',
      'separator',
      'Open',
      'Quit',
      'Decline',
    ]);
    expect(items()[0]).toMatchObject({ enabled: false });
    for (const item of items()) item.click?.();
    expect(env.open).toHaveBeenCalledOnce();
    expect(env.quit).toHaveBeenCalledOnce();
    expect(env.act.mock.calls).toEqual([[call, 'decline']]);
  });

  it('offers devices in a menu of their own, with a mark at the one that is taken', () => {
    const device = { id: 'desk', label: 'Desk & chair' };
    const command = { do: 'device', role: 'microphone', device } as const;
    openTray(env)?.show(
      view({ menu: [{ label: 'Microphone', submenu: [{ label: device.label, command, checked: true }] }] }),
    );
    const [menu] = items();
    expect(menu).toMatchObject({ label: 'Microphone', submenu: [{ type: 'radio', checked: true }] });
    menu?.submenu?.[0]?.click?.();
    expect(env.chooseDevice.mock.calls).toEqual([['microphone', device]]);
  });

  it('marks what holds in a menu of its own', () => {
    const submenu = [
      { label: 'Until 14:30', command: null, checked: true },
      { label: 'Off', command: { do: 'quiet', choice: 'off' }, checked: false },
    ] as const;
    openTray(env)?.show(view({ menu: [{ label: 'Do not disturb', submenu }] }));
    const [until, off] = items()[0]?.submenu ?? [];
    expect(until).toEqual({ label: 'Until 14:30', type: 'radio', checked: true, enabled: false });
    expect(off).toMatchObject({ label: 'Off', type: 'radio', checked: false });
    off?.click?.();
    expect(env.chooseQuiet).toHaveBeenCalledWith('off');
  });

  it('is drawn anew when the panel has another colour, and its menu is left alone', () => {
    const tray = openTray(env);
    tray?.show(view({ state: 'muted' }));
    panel = 'on-light';
    tray?.redraw();
    expect(desktop.image).toMatch(/on-light[\\/]muted\.png$/);
    expect(desktop.menus).toHaveLength(1);
  });

  it('leaves an open menu alone while nothing changes', () => {
    const tray = openTray(env);
    tray?.show(view());
    tray?.show(view());
    tray?.show(view({ state: 'offline' }));
    expect(desktop.menus).toHaveLength(2);
  });

  it('takes an ampersand in a name for what it is', () => {
    openTray(env)?.show(view({ menu: [{ label: 'Call from B&B', command: null }] }));
    expect(items()[0]).toMatchObject({ label: 'Call from B&&B' });
  });

  it.skipIf(process.platform === 'darwin')('opens the window with a click', () => {
    openTray(env);
    (desktop.tray as EventEmitter).emit('click', {});
    expect(env.open).toHaveBeenCalledOnce();
  });

  it('is absent where the desktop has no place for it', () => {
    desktop.none = true;
    expect(openTray(env)).toBeNull();
    expect(env.log.failure).toHaveBeenCalledOnce();
  });
});
