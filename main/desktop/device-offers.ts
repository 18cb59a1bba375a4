/** The devices that the tray offers: the page sees them, the settings keep what a person chooses there. */
import { type Device, prefer, preferSystem } from '../../preload/contract/device-choice';
import type { DeviceOffers } from '../../preload/contract/devices';
import type { SettingsStore } from '../settings/settings';

export interface OfferedDevices {
  /** Null while there is no page that sees devices. */
  readonly get: () => DeviceOffers | null;
  readonly set: (offers: DeviceOffers) => void;
  readonly pageGone: () => void;
  /** @param device null for whatever the system takes. */
  readonly choose: (role: keyof DeviceOffers, device: Device | null) => void;
}

export function makeOfferedDevices(
  settings: Pick<SettingsStore, 'get' | 'change'>,
  changed: () => void,
): OfferedDevices {
  let offers: DeviceOffers | null = null;
  const set = (next: DeviceOffers | null): void => {
    offers = next;
    changed();
  };
  return {
    get: () => offers,
    set,
    pageGone: () => {
      set(null);
    },
    choose: (role, device) => {
      const { devices } = settings.get();
      const preference =
        device === null ? preferSystem(devices[role]) : prefer(devices[role], device, offers?.[role].devices ?? []);
      settings.change({ devices: { ...devices, [role]: preference } });
    },
  };
}
