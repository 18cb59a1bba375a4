/** Are the desktop's own parts dark, whatever theme the person chose for this program? */
import type { NativeTheme } from 'electron';

type Theme = Pick<NativeTheme, 'themeSource' | 'shouldUseDarkColors' | 'shouldUseDarkColorsForSystemIntegratedUI'> & {
  readonly on: (event: 'updated', listener: () => void) => unknown;
};

/** Must be asked for before the program's own theme is set: on Linux it hides the desktop's from then on. */
export function watchSystemTheme(theme: Theme, platform = process.platform): () => boolean {
  let dark = theme.shouldUseDarkColors;
  theme.on('updated', () => {
    if (theme.themeSource === 'system') dark = theme.shouldUseDarkColors;
  });
  return () => (platform === 'win32' ? theme.shouldUseDarkColorsForSystemIntegratedUI : dark);
}
