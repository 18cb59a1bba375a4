/**
 * The devices that are there, and which of them each role takes: the first of the person's order that is plugged in, or
 * the system's. What is plugged in, unplugged or chosen is told at once. Chromium's order of facts and names in one place.
 */
import type { Device, DevicePreference, DeviceRole } from '../../preload/contract/device-choice';
import type { DevicePreferences } from '../../preload/contract/devices';

/** What is used of `navigator.mediaDevices`. */
export interface DeviceSource {
  readonly enumerateDevices: () => Promise<readonly Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'groupId' | 'label'>[]>;
  readonly addEventListener: (type: 'devicechange', listener: () => void) => void;
}

/** The devices of one kind. */
export interface DeviceList {
  readonly devices: readonly Device[];
  readonly system: {
    /** What the system takes at the moment is called so; null where nobody says. */
    readonly name: string | null;
    /** Changes with what the system takes. */
    readonly mark: string;
  };
}

const kindOf: Readonly<Record<DeviceRole, MediaDeviceKind>> = {
  microphone: 'audioinput',
  speaker: 'audiooutput',
  ringer: 'audiooutput',
  camera: 'videoinput',
};

/** Names of Chromium for whatever the system takes; not devices of their own. */
const aliases: readonly string[] = ['default', 'communications'];

const invisible = /[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
const mostShown = 200;

/** Labels come from whoever made the device. */
const clean = (label: string): string => label.replaceAll(invisible, '').trim().slice(0, mostShown);

type Listed = Awaited<ReturnType<DeviceSource['enumerateDevices']>>[number];

function listOf(kind: MediaDeviceKind, all: readonly Listed[]): DeviceList {
  const listed = all.filter((one) => one.kind === kind);
  const real = listed.filter(({ deviceId }) => !aliases.includes(deviceId) && deviceId !== '');
  const alias = listed.find(({ deviceId }) => deviceId === 'default');
  // Cameras have no alias: the system's is the first.
  const taken = alias === undefined ? real[0] : (real.find(({ groupId }) => groupId === alias.groupId) ?? alias);
  const name = clean(taken?.label ?? '');
  return {
    devices: real.map(({ deviceId, label }) => ({ id: deviceId, label: clean(label) })),
    system: {
      name: name === '' || name.toLowerCase() === 'default' ? null : name,
      mark: taken === undefined ? '' : `${taken.groupId} ${taken.label}`,
    },
  };
}

/**
 * What to try for a role, the best first; null is the system's device, and always the last resort. A device that came
 * back with another id is known by its label. After Signal's `findBestMatchingDevice`.
 */
export function candidates({ followSystem, order }: DevicePreference, present: readonly Device[]): (Device | null)[] {
  if (followSystem) return [null];
  const found = order.flatMap(
    ({ id, label }) =>
      present.find((device) => device.id === id) ??
      present.find((device) => label !== '' && device.label === label) ??
      [],
  );
  return [...new Set(found), null];
}

export interface Devices {
  readonly list: (role: DeviceRole) => DeviceList;
  /** The best first; null is the system's. */
  readonly candidates: (role: DeviceRole) => readonly (Device | null)[];
  /** Another string as soon as `candidate` would be another device; null is the system's. */
  readonly identityOf: (role: DeviceRole, candidate: Device | null) => string;
  readonly prefer: (preferences: DevicePreferences) => void;
  /** @param listener told after each change, and whether it is one of plugs or of choice. @returns ends it. */
  readonly watch: (listener: (why: 'plugged' | 'chosen') => void) => () => void;
}

/** Looks at once, and again whenever the system says that something changed. */
export function watchDevices(source: DeviceSource, initial: DevicePreferences): Devices {
  const listeners = new Set<(why: 'plugged' | 'chosen') => void>();
  let all: readonly Listed[] = [];
  let preferences = initial;
  let looks = 0;
  const tell = (why: 'plugged' | 'chosen'): void => {
    for (const listener of [...listeners]) listener(why);
  };
  const list = (role: DeviceRole): DeviceList => listOf(kindOf[role], all);

  async function look(): Promise<void> {
    const turn = ++looks;
    // A system that cannot tell what there is still has what it takes by itself.
    const found = await source.enumerateDevices().catch(() => all);
    if (turn !== looks || sameDevices(found, all)) return;
    all = found;
    tell('plugged');
  }
  source.addEventListener('devicechange', () => void look());
  void look();

  return {
    list,
    candidates: (role) => candidates(preferences[role], list(role).devices),
    identityOf: (role, candidate) => (candidate === null ? `system ${list(role).system.mark}` : candidate.id),
    prefer: (next) => {
      if (JSON.stringify(next) === JSON.stringify(preferences)) return;
      preferences = next;
      tell('chosen');
    },
    watch: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const fingerprint = (all: readonly Listed[]): string =>
  JSON.stringify(all.map(({ kind, deviceId, groupId, label }) => [kind, deviceId, groupId, label]));
const sameDevices = (some: readonly Listed[], others: readonly Listed[]): boolean =>
  fingerprint(some) === fingerprint(others);
