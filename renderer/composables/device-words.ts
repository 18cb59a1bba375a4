/** What devices are called on the screen. Pure. */
import type { Device, DeviceRole } from '../../preload/contract/device-choice';
import type { Translate } from '../i18n';

/** A name for each, by id: those without one are numbered, and so are those that share one. */
export function namesOf(role: DeviceRole, devices: readonly Device[], t: Translate): ReadonlyMap<string, string> {
  const seen = new Map<string, number>();
  return new Map(
    devices.map(({ id, label }, index) => {
      const name = label === '' ? t(`devices.unnamed.${role}`, { number: index + 1 }) : label;
      const count = (seen.get(name) ?? 0) + 1;
      seen.set(name, count);
      return [id, count === 1 ? name : t('devices.again', { name, number: count })];
    }),
  );
}

/** @param name of what the system takes; null where nobody says. */
export const systemName = (name: string | null, t: Translate): string =>
  name === null ? t('devices.system') : t('devices.systemNamed', { name });
