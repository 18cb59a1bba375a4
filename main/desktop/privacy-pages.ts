/** The pages of the system's settings where a person allows Carillon a microphone, a camera or the screen. */
import type { PrivacyPage } from '../../preload/contract/devices';

/** Windows asks for no leave to see the screen; Linux has no such pages. */
const addresses: Readonly<Partial<Record<NodeJS.Platform, Partial<Readonly<Record<PrivacyPage, string>>>>>> = {
  darwin: {
    microphone: 'x-apple.systempreferences:com.apple.preference.security?Privacy_Microphone',
    camera: 'x-apple.systempreferences:com.apple.preference.security?Privacy_Camera',
    screen: 'x-apple.systempreferences:com.apple.preference.security?Privacy_ScreenCapture',
  },
  win32: { microphone: 'ms-settings:privacy-microphone', camera: 'ms-settings:privacy-webcam' },
};

/** @returns opens a page, and tells whether there was one. */
export function privacyPages(
  platform: NodeJS.Platform,
  open: (url: string) => Promise<void>,
): (page: PrivacyPage) => Promise<boolean> {
  return async (page) => {
    const address = addresses[platform]?.[page];
    if (address === undefined) return false;
    return open(address).then(
      () => true,
      () => false,
    );
  };
}
