import { beforeAll, describe, expect, it } from 'vitest';
import { fromChromium, originOf, privileged, toChromium } from '../../electron-host/schemes.ts';

beforeAll(() => privileged.add('app'));

describe('URLs of custom schemes', () => {
  it.each([
    { ours: 'app://carillon/index.html?a#b', chromium: 'http://carillon.app.localhost/index.html?a#b' },
    { ours: 'app://carillon/', chromium: 'http://carillon.app.localhost/' },
    { ours: 'http://carillon.other.localhost/', chromium: 'http://carillon.other.localhost/' },
    { ours: 'https://example.org/x', chromium: 'https://example.org/x' },
    { ours: 'about:blank', chromium: 'about:blank' },
    { ours: 'file:///tmp/x', chromium: 'file:///tmp/x' },
  ])('$ours is $chromium', ({ ours, chromium }) => {
    expect(toChromium(ours)).toBe(chromium);
    expect(fromChromium(chromium)).toBe(ours);
  });

  it('a URL without a path gets one', () => {
    expect(toChromium('app://carillon')).toBe('http://carillon.app.localhost/');
  });

  it.each([
    { url: 'app://carillon/x', origin: 'app://carillon' },
    { url: 'https://example.org:8448/x', origin: 'https://example.org:8448' },
    { url: 'about:blank', origin: 'null' },
    { url: 'file:///tmp/x', origin: 'null' },
  ])('the origin of $url is $origin', ({ url, origin }) => {
    expect(originOf(url)).toBe(origin);
  });
});
