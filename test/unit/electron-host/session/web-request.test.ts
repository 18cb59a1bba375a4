import { describe, expect, it, vi } from 'vitest';
import { matchesUrl, moment } from '../../../electron-host/session/web-request.ts';

describe('URL patterns of webRequest', () => {
  it.each([
    { pattern: '<all_urls>', url: 'app://fixture/', matches: true },
    { pattern: '*://*/*', url: 'https://example.org/x', matches: true },
    { pattern: 'https://*.example.org/*', url: 'https://a.b.example.org/x?y', matches: true },
    { pattern: 'https://*.example.org/*', url: 'https://example.org/', matches: true },
    { pattern: 'https://*.example.org/*', url: 'https://example.org.evil.test/', matches: false },
    { pattern: 'https://example.org/*', url: 'http://example.org/', matches: false },
    { pattern: 'https://example.org/a.b', url: 'https://example.org/aXb', matches: false },
  ])('$pattern and $url: $matches', ({ pattern, url, matches }) => {
    expect(matchesUrl(pattern, url)).toBe(matches);
  });
});

describe('a moment of webRequest', () => {
  it('asks the listener for URLs of its filter alone', async () => {
    const changed = vi.fn();
    const before = moment<{ url: string }, string>(changed);
    expect(before.isSet()).toBe(false);
    before.set({ urls: ['https://*/*'] }, ({ url }, callback) => {
      callback(`seen ${url}`);
    });
    expect(await before.ask({ url: 'https://a.test/' })).toBe('seen https://a.test/');
    expect(await before.ask({ url: 'http://a.test/' })).toBeUndefined();
    before.set(null);
    expect(before.isSet()).toBe(false);
    expect(changed).toHaveBeenCalledTimes(2);
  });
});
