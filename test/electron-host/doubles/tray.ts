/** `Tray`: keeps what it would show. Clicks come from whoever emits `click` on it. */
import { EventEmitter } from 'node:events';
import { assertReady } from '../process-state.ts';
import { completeClass, type Part } from '../surface.ts';

export class Tray extends EventEmitter implements Part<Electron.Tray> {
  readonly #guid: string | undefined;
  #title = '';
  #menu: Electron.Menu | null = null;
  #destroyed = false;

  constructor(_image: Electron.NativeImage | string, guid?: string) {
    super();
    assertReady('Cannot create Tray before app is ready');
    this.#guid = guid;
  }

  setImage(): void {
    // Nothing draws it.
  }

  setPressedImage(): void {
    // Nothing draws it.
  }

  setToolTip(): void {
    // Electron has no way to read it back either.
  }

  setTitle(title: string): void {
    this.#title = title;
  }

  getTitle(): string {
    return this.#title;
  }

  setContextMenu(menu: Electron.Menu | null): void {
    this.#menu = menu;
  }

  popUpContextMenu(menu?: Electron.Menu): void {
    (menu ?? this.#menu)?.popup();
  }

  closeContextMenu(): void {
    this.#menu?.closePopup();
  }

  setIgnoreDoubleClickEvents(): void {
    // macOS alone asks.
  }

  getBounds(): Electron.Rectangle {
    return { x: 0, y: 0, width: 24, height: 24 };
  }

  getGUID(): string | null {
    return this.#guid ?? null;
  }

  destroy(): void {
    this.#destroyed = true;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }
}
completeClass(Tray, 'Tray');
