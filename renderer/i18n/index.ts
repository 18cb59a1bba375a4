/** The languages of the screen. Every string that a person reads or hears comes from here. */
import { createI18n, useI18n } from 'vue-i18n';
import { de } from './de';
import { en } from './en';
import { isolate } from './isolate';
import type { MessageKey, Messages } from './messages';

export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

export type Translate = (key: MessageKey, values?: Readonly<Record<string, string | number>>) => string;

export const i18n = createI18n<[Messages], Language, false>({
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- version 11 still takes the old interface without it
  legacy: false,
  locale: 'en',
  fallbackLocale: 'en',
  messages: { en, de },
});

/** Words of the current language; a change of the language renders anew whatever used them. */
export function useWords(): { readonly t: Translate; readonly locale: () => string } {
  const { t, locale } = useI18n({ useScope: 'global' });
  return {
    t: (key, values) => (values === undefined ? t(key) : t(key, isolated(values))),
    locale: () => locale.value,
  };
}

const isolated = (values: Readonly<Record<string, string | number>>): Record<string, string | number> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, isolate(value)]));

/**
 * The language to speak.
 * @param wanted the person's choice.
 * @param systemLanguage BCP 47 tag of the desktop; anything that we do not speak becomes English.
 */
export function chooseLanguage(wanted: 'system' | Language, systemLanguage: string): Language {
  if (wanted !== 'system') return wanted;
  const primary = systemLanguage.toLowerCase().split(/[-_]/, 1)[0];
  return languages.find((language) => language === primary) ?? 'en';
}
