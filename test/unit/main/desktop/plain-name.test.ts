import { describe, expect, it } from 'vitest';
import { plainName } from '../../../../main/desktop/plain-name';

describe('a name in menus and notifications', () => {
  it.each([
    ['an ordinary one', 'Ben Okafor', 'Ben Okafor'],
    ['one with line breaks and a bell', 'Ben\n\u0007Okafor\r', 'Ben Okafor'],
    ['one that turns what follows', 'Ben \u202eretsulb', 'Ben  retsulb'],
    ['one from right to left', 'שרה', '\u2068שרה\u2069'],
    ['one of many characters', 'x'.repeat(300), `${'x'.repeat(59)}…`],
    ['a family of one character', '👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦'],
  ])('%s', (_what, name, plain) => {
    expect(plainName(name)).toBe(plain);
  });
});
