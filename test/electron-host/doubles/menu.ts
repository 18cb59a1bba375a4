/** `Menu` and `MenuItem`: templates, states and clicks, without a desktop to draw them. */
import { EventEmitter } from 'node:events';
import { app } from '../app.ts';
import { cancelable } from '../events.ts';
import { asElectron, completeClass, type Part } from '../surface.ts';

type Options = Electron.MenuItemConstructorOptions;
let lastCommand = 0;
let applicationMenu: Electron.Menu | null = null;

export class MenuItem implements Part<Electron.MenuItem> {
  readonly commandId = (lastCommand += 1);
  readonly id: string;
  readonly role?: NonNullable<Electron.MenuItem['role']>;
  readonly type: Electron.MenuItem['type'];
  readonly submenu?: Electron.Menu;
  readonly click: (event?: Electron.KeyboardEvent, window?: Electron.BaseWindow) => void;
  label: string;
  sublabel: string;
  toolTip: string;
  icon?: string | Electron.NativeImage;
  accelerator: string | null;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  menu = undefined as unknown as Electron.Menu; // from its insertion on

  constructor(options: Options) {
    const { submenu, role, type = submenu ? 'submenu' : 'normal', label = role ?? '' } = options;
    this.id = options.id ?? '';
    if (role) this.role = role as NonNullable<Electron.MenuItem['role']>;
    this.type = type;
    this.label = label;
    this.sublabel = options.sublabel ?? '';
    this.toolTip = options.toolTip ?? '';
    if (options.icon) this.icon = options.icon;
    this.accelerator = options.accelerator ?? null;
    this.enabled = options.enabled !== false;
    this.visible = options.visible !== false;
    this.checked = options.checked === true;
    if (Array.isArray(submenu)) this.submenu = asElectron<Electron.Menu>(Menu.buildFromTemplate(submenu));
    else if (submenu) this.submenu = submenu;
    this.click = (event, window) => {
      this.#choose();
      if (role === 'quit') app.quit();
      else options.click?.(this as unknown as Electron.MenuItem, window, event ?? {});
    };
  }

  #choose(): void {
    if (this.type === 'checkbox') this.checked = !this.checked;
    if (this.type !== 'radio') return;
    for (const item of radioGroup(this.menu.items, this)) item.checked = item.commandId === this.commandId;
  }
}
completeClass(MenuItem, 'MenuItem');

/** Neighbouring radio items belong together. */
function radioGroup(items: Electron.MenuItem[], { commandId }: MenuItem): Electron.MenuItem[] {
  const index = items.findIndex((item) => item.commandId === commandId);
  const isOther = (item: Electron.MenuItem): boolean => item.type !== 'radio';
  const end = items.findIndex((item, at) => at > index && isOther(item));
  return items.slice(items.slice(0, index).findLastIndex(isOther) + 1, end < 0 ? undefined : end);
}

export class Menu extends EventEmitter implements Part<Electron.Menu> {
  readonly items: Electron.MenuItem[] = [];

  append(item: Electron.MenuItem): void {
    this.insert(this.items.length, item);
  }

  insert(position: number, item: Electron.MenuItem): void {
    item.menu = asElectron<Electron.Menu>(this);
    this.items.splice(position, 0, item);
  }

  getMenuItemById(id: string): Electron.MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }

  popup(): void {
    this.emit('menu-will-show', cancelable());
  }

  closePopup(): void {
    this.emit('menu-will-close', cancelable());
  }

  static buildFromTemplate(template: (Options | Electron.MenuItem)[]): Menu {
    if (!Array.isArray(template)) throw new TypeError('Invalid template for Menu: Menu template must be an array');
    const menu = new Menu();
    for (const options of template) menu.append(toItem(options));
    return menu;
  }

  static setApplicationMenu(menu: Electron.Menu | null): void {
    applicationMenu = menu;
  }

  static getApplicationMenu(): Electron.Menu | null {
    return applicationMenu;
  }
}
completeClass(Menu, 'Menu');

function toItem(options: Options | Electron.MenuItem): Electron.MenuItem {
  if (options instanceof MenuItem) return options as unknown as Electron.MenuItem;
  const { label, role, type } = options;
  if (label === undefined && role === undefined && type !== 'separator') {
    throw new TypeError('Invalid template for MenuItem: must have at least one of label, role or type');
  }
  return new MenuItem(options as Options) as unknown as Electron.MenuItem;
}
