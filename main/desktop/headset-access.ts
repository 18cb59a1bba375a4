/**
 * Which devices the page may reach by WebHID: headsets and phones with call buttons, and nothing else. They are there without
 * being asked for (`getDevices`); the permission to ask for others stays refused (security.ts), so no chooser ever opens.
 */
import type { Session } from 'electron';
import { isOurPage } from './security';

/** HID Usage Tables 1.5, chapter 14. */
const telephonyPage = 0x0b;

type Question = Parameters<NonNullable<Parameters<Session['setDevicePermissionHandler']>[0]>>[0];

/** Electron asks for every device that is there or is plugged in, and once more before one is opened. */
export function mayReach({ deviceType, origin, device }: Question): boolean {
  if (deviceType !== 'hid' || !isOurPage(origin) || !('collections' in device)) return false;
  return Array.isArray(device.collections) && device.collections.some(({ usagePage }) => usagePage === telephonyPage);
}

export function letPageReachHeadsets(session: Pick<Session, 'setDevicePermissionHandler'>): void {
  session.setDevicePermissionHandler(mayReach);
}
