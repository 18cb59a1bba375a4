import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, isHarmlessLink, mayUse } from '../../../../main/desktop/security';

describe('permissions', () => {
  it.each([
    'media',
    'display-capture',
    'speaker-selection',
    'local-network-access',
    'local-network',
    'loopback-network',
  ])('our page may use %s, nobody else may', (permission) => {
    expect(mayUse(permission, 'app://bundle')).toBe(true);
    expect(mayUse(permission, 'app://bundle/')).toBe(true);
    expect(mayUse(permission, 'app://bundle/index.html')).toBe(true);
    expect(mayUse(permission, 'https://example.org/')).toBe(false);
    expect(mayUse(permission, 'app://bundle.example.org/')).toBe(false);
    expect(mayUse(permission, '')).toBe(false);
    expect(mayUse(permission, undefined)).toBe(false);
  });

  it.each(['geolocation', 'hid', 'usb', 'serial', 'midi', 'clipboard-read', 'openExternal', 'unknown'])(
    'our page may not use %s',
    (permission) => {
      expect(mayUse(permission, 'app://bundle/index.html')).toBe(false);
    },
  );
});

describe('links', () => {
  it.each(['https://matrix.org/', 'mailto:anna@example.org'])('%s may leave', (url) => {
    expect(isHarmlessLink(url)).toBe(true);
  });
  it.each([
    'http://example.org/',
    'file:///etc/passwd',
    'smb://host/x',
    'javascript:alert(1)',
    'app://bundle/',
    '',
    'x',
  ])('%s may not', (url) => {
    expect(isHarmlessLink(url)).toBe(false);
  });
});

describe('Content-Security-Policy', () => {
  it('starts from nothing and lets no foreign code in', () => {
    const policy = contentSecurityPolicy('abc');
    expect(policy).toMatch(/^default-src 'none';/);
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/unsafe-(inline|eval)|\*|https?:/);
  });
});
