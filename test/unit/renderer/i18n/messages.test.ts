import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { chooseLanguage, i18n, languages } from '../../../../renderer/i18n/index';

/** `people.call` → `Call {name}`. */
type Flat = ReadonlyMap<string, string>;

function flatten(messages: object, prefix = ''): [string, string][] {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${prefix}${key}`, value] as [string, string]]
      : flatten(value as object, `${prefix}${key}.`),
  );
}

const flat = (language: (typeof languages)[number]): Flat => new Map(flatten(i18n.global.messages.value[language]));
/** Each once, in order of the alphabet: another language may need a value twice, or earlier. */
const valuesIn = (message: string): string[] =>
  [...new Set([...message.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''))].sort();

const root = path.join(import.meta.dirname, '../../../../renderer');
const source = globSync(['*.vue', '{views,components,composables,stores}/**/*.{vue,ts}'], { cwd: root })
  .map((file) => readFileSync(path.join(root, file), 'utf8'))
  .join('\n');

/** A key stands in the source as a whole, or after a prefix that ends in a value: `call.status.${…}`. */
function isUsed(key: string): boolean {
  if (source.includes(`'${key}'`)) return true;
  const parts = key.split('.');
  return parts.some((_part, at) => at > 0 && source.includes(`\`${parts.slice(0, at).join('.')}.\${`));
}

describe('the messages', () => {
  const english = flat('en');

  it.each(languages)('%s has every key of English and no other', (language) => {
    expect([...flat(language).keys()].sort()).toEqual([...english.keys()].sort());
  });

  it.each(languages)('%s names the same values in each message', (language) => {
    const differing = [...flat(language)].filter(
      ([key, message]) => String(valuesIn(message)) !== String(valuesIn(english.get(key) ?? '')),
    );
    expect(differing).toEqual([]);
  });

  it.each(languages)('%s leaves no message empty and none with stray syntax', (language) => {
    const odd = [...flat(language)].filter(([, message]) => message.trim() === '' || /@|\||\{\s*\}/.test(message));
    expect(odd).toEqual([]);
  });

  it('are all used', () => {
    expect([...english.keys()].filter((key) => !isUsed(key))).toEqual([]);
  });
});

describe('the language to speak', () => {
  it.each([
    ['system', 'de-CH', 'de'],
    ['system', 'de_AT.UTF-8', 'de'],
    ['system', 'fr', 'en'],
    ['system', '', 'en'],
    ['en', 'de-DE', 'en'],
    ['de', 'en-GB', 'de'],
  ] as const)('%s on a desktop in %s is %s', (wanted, system, language) => {
    expect(chooseLanguage(wanted, system)).toBe(language);
  });
});
