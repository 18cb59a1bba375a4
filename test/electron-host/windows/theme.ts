/** `nativeTheme`: what main chooses is what `prefers-color-scheme` says in the pages. The system's own theme is light. */
import { EventEmitter } from 'node:events';
import { complete, type Part } from '../surface.ts';
import { pages } from './page-registry.ts';
import type { Page } from './page.ts';

type ThemeSource = Electron.NativeTheme['themeSource'];
let source: ThemeSource = 'system';

class NativeTheme extends EventEmitter implements Part<Electron.NativeTheme> {
  readonly inForcedColorsMode = false;
  readonly prefersReducedTransparency = false;
  readonly shouldDifferentiateWithoutColor = false;
  readonly shouldUseHighContrastColors = false;
  readonly shouldUseInvertedColorScheme = false;

  get shouldUseDarkColors(): boolean {
    return source === 'dark';
  }

  get shouldUseDarkColorsForSystemIntegratedUI(): boolean {
    return this.shouldUseDarkColors;
  }

  get themeSource(): ThemeSource {
    return source;
  }

  set themeSource(value: ThemeSource) {
    if (!['system', 'light', 'dark'].includes(value)) throw new TypeError(`Invalid themeSource: ${value}`);
    if (value === source) return;
    source = value;
    for (const page of pages) emulate(page);
    this.emit('updated');
  }
}

export const nativeTheme = complete(new NativeTheme(), 'NativeTheme', 'nativeTheme');

/** Again with every document: Playwright clears the emulation when it takes hold of a page. */
export function applyTheme(page: Page): void {
  if (source !== 'system') emulate(page);
}

function emulate(page: Page): void {
  const value = source === 'system' ? '' : source;
  page.command('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] });
}
