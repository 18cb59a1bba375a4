/** `navigator.mediaDevices` without a computer: what is plugged in is what the test says. */
import type { DeviceSource } from '../../../../renderer/media/devices';

export type Info = Awaited<ReturnType<DeviceSource['enumerateDevices']>>[number];

export const info = (kind: MediaDeviceKind, deviceId: string, label: string, groupId = deviceId): Info => ({
  kind,
  deviceId,
  label,
  groupId,
});

export interface FakeDevices extends DeviceSource {
  /** Now these are there, and the system says that something changed. Resolves when everybody could have looked. */
  readonly plug: (...infos: readonly Info[]) => Promise<void>;
  readonly settled: () => Promise<void>;
  broken: boolean;
  /** Answers wait for `answer`. */
  slow: boolean;
  readonly answer: (question: number) => void;
}

export function fakeDevices(...initial: readonly Info[]): FakeDevices {
  let there = initial;
  const listeners = new Set<() => void>();
  const waiting: (() => void)[] = [];
  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  };
  const fake: FakeDevices = {
    broken: false,
    slow: false,
    settled,
    enumerateDevices: async () => {
      if (fake.broken) throw new DOMException('', 'AbortError');
      const now = there;
      if (fake.slow) await new Promise<void>((resolve) => waiting.push(resolve));
      return now;
    },
    addEventListener: (_type, listener) => listeners.add(listener),
    answer: (question) => waiting[question]?.(),
    plug: async (...infos) => {
      there = infos;
      for (const listener of listeners) listener();
      await settled();
    },
  };
  return fake;
}
