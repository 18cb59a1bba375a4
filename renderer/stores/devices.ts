/** The devices as the screen knows them: which there are, which are taken, and what the person prefers. */
import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import { type Device, type DeviceRole, deviceRoles, prefer, preferSystem } from '../../preload/contract/device-choice';
import { bridge } from '../bridge';
import type { ConfigurableCapture } from '../media/capture';
import type { DeviceList, Devices } from '../media/devices';
import type { Outputs } from '../media/outputs';
import { useCalls } from './calls';
import { useSettings } from './settings';

export interface DeviceAccess {
  readonly devices: Devices;
  readonly capture: ConfigurableCapture;
  readonly outputs: Outputs;
}

/** A device that took another's place by itself while somebody was in a call. */
export interface DeviceNews {
  readonly role: DeviceRole;
  /** Empty where nobody says its name. */
  readonly label: string;
}

interface Known {
  readonly list: DeviceList;
  /** The best first; null is the system's. */
  readonly candidates: readonly (Device | null)[];
}

/** Devices of one role that the tray is told of: a menu is no place for more. */
const mostOffered = 50;

const nothing: DeviceList = { devices: [], system: { name: null, mark: '' } };

export const useDevices = defineStore('devices', () => {
  const settings = useSettings();
  const calls = useCalls();
  const access = shallowRef<DeviceAccess | null>(null);
  const news = shallowRef<DeviceNews | null>(null);
  const known = shallowRef<ReadonlyMap<DeviceRole, Known>>(new Map());

  const list = (role: DeviceRole): DeviceList => known.value.get(role)?.list ?? nothing;
  const candidates = (role: DeviceRole): readonly (Device | null)[] => known.value.get(role)?.candidates ?? [null];
  /** The device that is taken, or null for the system's. */
  const used = (role: DeviceRole): Device | null => candidates(role)[0] ?? null;
  const labelOf = (role: DeviceRole): string => used(role)?.label ?? list(role).system.name ?? '';
  const labels = (): Map<DeviceRole, string> => new Map(deviceRoles.map((role) => [role, labelOf(role)]));

  const offer = (role: 'microphone' | 'speaker') => ({
    devices: list(role).devices.slice(0, mostOffered),
    used: used(role)?.id ?? null,
  });
  const offers = computed(() => JSON.stringify({ microphone: offer('microphone'), speaker: offer('speaker') }));

  function connect(to: DeviceAccess): () => void {
    access.value = to;
    const look = (): void => {
      known.value = new Map(
        deviceRoles.map((role) => [role, { list: to.devices.list(role), candidates: to.devices.candidates(role) }]),
      );
    };
    look();
    let before = labels();
    const ends = [
      to.devices.watch((why) => {
        look();
        const after = labels();
        if (why === 'plugged' && calls.running.length > 0) tellMove(before, after);
        before = after;
      }),
      watch(() => settings.settings.devices, to.devices.prefer, { immediate: true }),
      watch(() => settings.settings.sound, to.capture.process, { immediate: true }),
      watch(
        () => [candidates('speaker'), candidates('ringer')] as const,
        ([speaker, ringer]) => {
          void to.outputs.route('speaker', speaker);
          void to.outputs.route('ringer', ringer);
        },
        { immediate: true },
      ),
      watch(offers, (now) => void bridge().invoke('devices:offer', JSON.parse(now) as never), { immediate: true }),
    ];
    return () => {
      for (const end of ends) end();
      access.value = null;
      known.value = new Map();
    };
  }

  function tellMove(before: ReadonlyMap<DeviceRole, string>, after: ReadonlyMap<DeviceRole, string>): void {
    const moved = deviceRoles.filter((role) => isInUse(role) && before.get(role) !== after.get(role));
    // What one is heard with matters most.
    const [role] = moved;
    if (role !== undefined && list(role).devices.length > 0) news.value = { role, label: after.get(role) ?? '' };
  }

  const isInUse = (role: DeviceRole): boolean =>
    role !== 'ringer' && (role !== 'camera' || calls.running.some(({ cameraOn }) => cameraOn));

  function change(role: DeviceRole, to: (typeof settings.settings.devices)[DeviceRole]): Promise<void> {
    return settings.change({ devices: { ...settings.settings.devices, [role]: to } });
  }

  return {
    access: computed(() => access.value),
    list,
    candidates,
    used,
    /** The name of what is taken; empty where nobody says it. */
    labelOf,
    news: computed(() => news.value),
    forgetNews: () => {
      news.value = null;
    },
    connect,
    /** Takes this device before all others from now on, or with null whatever the system takes. */
    choose: (role: DeviceRole, device: Device | null) => {
      const preference = settings.settings.devices[role];
      return change(role, device === null ? preferSystem(preference) : prefer(preference, device, list(role).devices));
    },
    /** @param order the best first. */
    reorder: (role: DeviceRole, order: readonly Device[]) =>
      change(role, { followSystem: settings.settings.devices[role].followSystem, order }),
  };
});

/** Hands the devices to the screen, once. @returns a function that takes them away again. */
export function installDevices(access: DeviceAccess): () => void {
  return useDevices().connect(access);
}
