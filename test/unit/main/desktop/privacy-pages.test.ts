import { describe, expect, it, vi } from 'vitest';
import { privacyPages } from '../../../../main/desktop/privacy-pages';

describe('the system’s page where a device is allowed', () => {
  it.each([
    ['darwin', 'microphone', /Privacy_Microphone$/],
    ['darwin', 'screen', /Privacy_ScreenCapture$/],
    ['win32', 'camera', /^ms-settings:privacy-webcam$/],
  ] as const)('%s: %s', async (platform, page, address) => {
    const open = vi.fn<(url: string) => Promise<void>>(() => Promise.resolve());
    expect(await privacyPages(platform, open)(page)).toBe(true);
    expect(open.mock.calls[0]?.[0]).toMatch(address);
  });

  it.each([
    ['linux', 'microphone'],
    ['win32', 'screen'],
  ] as const)('%s has none for: %s', async (platform, page) => {
    const open = vi.fn(() => Promise.resolve());
    expect(await privacyPages(platform, open)(page)).toBe(false);
    expect(open).not.toHaveBeenCalled();
  });

  it('that does not open is said to be none', async () => {
    expect(await privacyPages('darwin', () => Promise.reject(new Error('no handler')))('camera')).toBe(false);
  });
});
