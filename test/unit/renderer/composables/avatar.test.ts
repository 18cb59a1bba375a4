import { describe, expect, it } from 'vitest';
import { hueOf, initialsOf } from '../../../../renderer/composables/avatar';

describe('initials', () => {
  it.each([
    ['Ben Okafor', 'BO'],
    ['Anna Maria de la Cruz', 'AC'],
    ['ben', 'B'],
    ['@ben:example.org', 'B'],
    ['@_:example.org', '?'],
    ['(work) Clara Núñez', 'WN'],
    ['Zoë', 'Z'],
    ['e\u0301milie', 'E\u0301'],
    ['李 小龍', '李小'],
    ['👩‍🚀 Ada', '👩‍🚀A'],
    ['   ', '?'],
    ['', '?'],
  ])('of “%s” are %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});

describe('the hue of an id', () => {
  it('is always the same, and within the circle', () => {
    const hues = Array.from({ length: 200 }, (_, n) => hueOf(`@user${n}:example.org`));
    expect(hues).toEqual(Array.from({ length: 200 }, (_, n) => hueOf(`@user${n}:example.org`)));
    expect(hues.every((hue) => Number.isInteger(hue) && hue >= 0 && hue < 360)).toBe(true);
  });

  it('differs enough to tell people apart', () => {
    const hues = new Set(Array.from({ length: 200 }, (_, n) => Math.floor(hueOf(`@user${n}:example.org`) / 30)));
    expect(hues.size).toBe(12);
  });
});
