/** Where a window is. It has no frame here, so its content is all of it. */
import { EventEmitter } from 'node:events';
import type { Protocol } from '../cdp.ts';
import type { Part } from '../surface.ts';

/** What becomes of a window in Chromium. */
export interface BrowserSide {
  move(bounds: Electron.Rectangle): void;
  /** @param isVisible a hidden page rests only where background throttling is allowed. */
  setState(state: Protocol.Browser.WindowState, isVisible: boolean): void;
  bringToFront(): void;
}

export class WindowGeometry extends EventEmitter implements Part<Electron.BrowserWindow> {
  readonly #browser: BrowserSide;
  #bounds: Electron.Rectangle;
  #minimumSize: [number, number];

  constructor(options: Electron.BrowserWindowConstructorOptions, browser: BrowserSide) {
    super();
    this.setMaxListeners(0);
    const { x = 10, y = 10, width = 800, height = 600, minWidth = 0, minHeight = 0 } = options;
    this.#browser = browser;
    this.#bounds = { x, y, width, height };
    this.#minimumSize = [minWidth, minHeight];
  }

  getBounds(): Electron.Rectangle {
    return { ...this.#bounds };
  }

  getNormalBounds(): Electron.Rectangle {
    return this.getBounds();
  }

  getContentBounds(): Electron.Rectangle {
    return this.getBounds();
  }

  setBounds(bounds: Partial<Electron.Rectangle>): void {
    const old = this.#bounds;
    this.#bounds = { ...old, ...bounds };
    const { x, y, width, height } = this.#bounds;
    this.#browser.move(this.#bounds);
    if (old.width !== width || old.height !== height) this.emit('resize');
    if (old.x !== x || old.y !== y) this.emit('move');
  }

  setContentBounds(bounds: Electron.Rectangle): void {
    this.setBounds(bounds);
  }

  getSize(): number[] {
    return [this.#bounds.width, this.#bounds.height];
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  getContentSize(): number[] {
    return this.getSize();
  }

  setContentSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  getPosition(): number[] {
    return [this.#bounds.x, this.#bounds.y];
  }

  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }

  getMinimumSize(): number[] {
    return [...this.#minimumSize];
  }

  setMinimumSize(width: number, height: number): void {
    this.#minimumSize = [width, height];
  }
}
