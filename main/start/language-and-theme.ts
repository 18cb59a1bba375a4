/** The language and the theme that the person chose, for everything that main itself shows. */
import { app, nativeTheme } from 'electron';
import { type Messages, messagesFor } from '../desktop/messages';
import { sayTime } from '../desktop/said-time';
import { watchSystemTheme } from '../desktop/system-theme';
import type { SettingsStore } from '../settings/settings';

export interface LanguageAndTheme {
  /** BCP 47 tag of the desktop. */
  readonly systemLanguage: string;
  readonly messages: () => Messages;
  /** @param moment ms since the epoch. */
  readonly saidTime: (moment: number) => string;
  /** Of the desktop, whatever was chosen for this program. */
  readonly systemIsDark: () => boolean;
}

/** Takes up the theme now and after every change of the settings. */
export function followLanguageAndTheme(settings: Pick<SettingsStore, 'get' | 'subscribe'>): LanguageAndTheme {
  const systemLanguage = app.getPreferredSystemLanguages()[0] ?? app.getLocale();
  const systemIsDark = watchSystemTheme(nativeTheme);
  const followTheme = (): void => {
    nativeTheme.themeSource = settings.get().theme;
  };
  followTheme();
  settings.subscribe(followTheme);
  return {
    systemLanguage,
    messages: () => messagesFor(settings.get().language, systemLanguage),
    saidTime: (moment) => sayTime(moment, systemLanguage, Date.now()),
    systemIsDark,
  };
}
