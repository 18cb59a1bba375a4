/**
 * What a person prefers for each role, and how a choice changes it. Apart from the schema: the page chooses too, and
 * never parses. The same rule for the window and the tray.
 */

export const deviceRoles = ['microphone', 'speaker', 'ringer', 'camera'] as const;
export type DeviceRole = (typeof deviceRoles)[number];

/**
 * A device as it is remembered: by its id, which is Chromium's for this profile, and by its label, for when the same
 * device comes back with another id. Its group is no help: Chromium names groups anew for every document.
 */
export interface Device {
  readonly id: string;
  /** Empty while the system keeps it from us. */
  readonly label: string;
}

export interface DevicePreference {
  /** Take what the system takes. The order is kept meanwhile. */
  readonly followSystem: boolean;
  /** The best first. The first that is there is taken; none there, the system's. */
  readonly order: readonly Device[];
}

/** Devices remembered per role; the least wanted are forgotten first. */
export const mostRemembered = 32;

/** Puts a device before all others. @param present the devices of this kind: what has only a new id since is not kept twice. */
export function prefer(
  preference: DevicePreference,
  { id, label }: Device,
  present: readonly Device[],
): DevicePreference {
  const isThere = (other: Device): boolean => present.some((one) => one.id === other.id);
  const others = preference.order.filter(
    (other) => other.id !== id && (other.label !== label || label === '' || isThere(other)),
  );
  return { followSystem: false, order: [{ id, label }, ...others].slice(0, mostRemembered) };
}

export const preferSystem = ({ order }: DevicePreference): DevicePreference => ({ followSystem: true, order });
