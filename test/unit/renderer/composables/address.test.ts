import { describe, expect, it } from 'vitest';
import { addressIn, localpartOf } from '../../../../renderer/composables/address';

describe('an address in what was typed', () => {
  it.each([
    ['@anna:example.org', '@anna:example.org'],
    ['  @anna:example.org ', '@anna:example.org'],
    ['@anna:example.org:8448', '@anna:example.org:8448'],
    ['https://matrix.to/#/@anna:example.org', '@anna:example.org'],
    ['https://matrix.to/#/%40anna%3Aexample.org?via=example.org', '@anna:example.org'],
    ['matrix:u/anna:example.org', '@anna:example.org'],
    ['matrix:u/anna:example.org?action=chat', '@anna:example.org'],
  ])('%s', (typed, address) => {
    expect(addressIn(typed)).toBe(address);
  });

  it.each([
    'anna',
    '@anna',
    '@anna:',
    '@:example.org',
    'anna:example.org',
    '@anna example:org',
    'https://matrix.to/#/#room:example.org',
    'matrix:u/%',
    'matrix:r/room:example.org',
    `@${'a'.repeat(250)}:example.org`,
    '',
  ])('is not found in “%s”', (typed) => {
    expect(addressIn(typed)).toBeNull();
  });
});

it('the local part ends at the first colon', () => {
  expect(localpartOf('@anna:example.org:8448')).toBe('anna');
});
