import { describe, expect, it } from 'vitest';
import { acceleratorOf, keyCaps, type Press } from '../../../../renderer/composables/accelerator';
import { asksForCall } from '../../../../renderer/composables/link';

const press = (key: string, code: string, modifiers = ''): Press => ({
  key,
  code,
  ctrlKey: modifiers.includes('c'),
  metaKey: modifiers.includes('m'),
  altKey: modifiers.includes('a'),
  shiftKey: modifiers.includes('s'),
});

describe('a press of keys', () => {
  it.each([
    ['a letter', press('M', 'KeyM', 'cs'), 'CommandOrControl+Shift+M', 'Control+Shift+M'],
    ['the other modifier', press('m', 'KeyM', 'm'), 'Super+M', 'CommandOrControl+M'],
    ['a letter of another layout than its place', press('z', 'KeyY', 'c'), 'CommandOrControl+Z', 'Control+Z'],
    ['a letter that is not Latin', press('ь', 'KeyM', 'c'), 'CommandOrControl+M', 'Control+M'],
    ['a digit that writes another sign with Shift', press('!', 'Digit1', 'as'), 'Alt+Shift+1', 'Alt+Shift+1'],
    ['a function key', press('F9', 'F9'), 'F9', 'F9'],
    ['Space', press(' ', 'Space', 'a'), 'Alt+Space', 'Alt+Space'],
    ['a media key', press('MediaPlayPause', 'MediaPlayPause'), 'MediaPlayPause', 'MediaPlayPause'],
    ['a modifier alone', press('Control', 'ControlLeft', 'c'), null, null],
    ['a key without a name', press('Unidentified', '', 'c'), null, null],
  ])('%s', (_what, pressed, elsewhere, mac) => {
    expect([acceleratorOf(pressed, false), acceleratorOf(pressed, true)]).toEqual([elsewhere, mac]);
  });

  it('is shown as it stands on the keyboard', () => {
    const words = { control: 'Strg', shift: 'Umschalt', super: 'Super', space: 'Leertaste' };
    expect(keyCaps('CommandOrControl+Shift+M', words, false)).toEqual(['Strg', 'Umschalt', 'M']);
    expect(keyCaps('CommandOrControl+Shift+Space', words, true)).toEqual(['⌘', '⇧', 'Leertaste']);
  });
});

describe('a link that asks for a call', () => {
  it.each([
    ['matrix:u/ben:example.org?action=call', true],
    ['matrix:u/ben:example.org?via=example.org&action=call', true],
    ['https://matrix.to/#/@ben:example.org?action=call&via=x', true],
    ['matrix:u/ben:example.org?action=chat', false],
    ['matrix:u/ben:example.org?reaction=call', false],
    ['matrix:u/ben:example.org?action=callme', false],
    ['matrix:u/ben:example.org', false],
  ])('%s: %s', (link, asks) => {
    expect(asksForCall(link)).toBe(asks);
  });
});
