/** The choice of a device for one role, as a list wants it: what there is, by name, and which is taken. */
import { computed, type ComputedRef, type WritableComputedRef } from 'vue';
import type { Device, DeviceRole } from '../../preload/contract/device-choice';
import { useWords } from '../i18n';
import { useDevices } from '../stores/devices';
import { useSettings } from '../stores/settings';
import { namesOf, systemName } from './device-words';

/** Value of the system's device in a list; no device has this id. */
const system = '';

export interface DeviceOption {
  readonly value: string;
  readonly label: string;
}

export interface DeviceChoice {
  /** Those that are there, after the system's; and the wanted one, if it is not there. */
  readonly choices: ComputedRef<readonly DeviceOption[]>;
  /** What the person wants, whether it is there or not; a change holds at once. */
  readonly chosen: WritableComputedRef<string>;
  /** The name of the device that is wanted and not there, or null. */
  readonly missing: ComputedRef<string | null>;
  /** The name of what is taken. */
  readonly used: ComputedRef<string>;
}

export function useDeviceChoice(role: DeviceRole): DeviceChoice {
  const devices = useDevices();
  const settings = useSettings();
  const { t } = useWords();

  const present = computed(() => devices.list(role).devices);
  const names = computed(() => namesOf(role, present.value, t));
  const wanted = computed<Device | null>(() => {
    const { followSystem, order } = settings.settings.devices[role];
    return followSystem ? null : (order[0] ?? null);
  });
  /** With the id that the wanted device has now. */
  const found = computed<Device | null>(() => {
    if (wanted.value === null) return null;
    const { id, label } = wanted.value;
    return (
      present.value.find((device) => device.id === id) ??
      present.value.find((device) => label !== '' && device.label === label) ??
      null
    );
  });
  const missing = computed(() =>
    wanted.value === null || found.value !== null ? null : wanted.value.label || t('devices.nameless'),
  );
  const systemWords = computed(() => systemName(devices.list(role).system.name, t));

  return {
    missing,
    used: computed(() => {
      const device = devices.used(role);
      return device === null ? systemWords.value : (names.value.get(device.id) ?? device.label);
    }),
    choices: computed(() => [
      { value: system, label: systemWords.value },
      ...present.value.map(({ id }) => ({ value: id, label: names.value.get(id) ?? id })),
      ...(missing.value === null || wanted.value === null
        ? []
        : [{ value: wanted.value.id, label: t('devices.gone', { name: missing.value }) }]),
    ]),
    chosen: computed({
      get: () => found.value?.id ?? wanted.value?.id ?? system,
      set: (id) => {
        const device = present.value.find((one) => one.id === id) ?? null;
        if (id === system || device !== null) devices.choose(role, device).catch(() => undefined);
      },
    }),
  };
}
