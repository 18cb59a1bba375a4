/**
 * The headsets that are plugged in, and the one whose buttons are obeyed: that which one is heard with, as far as names tell,
 * else the one that came last. What was unplugged is taken again when it is back.
 */
import type { HeadsetCommand } from './buttons';
import { Headset, type HeadsetEnv } from './headset';
import type { Hid, HidDevice, Lamps } from './hid';
import { allOff } from './lamps';
import { readLayout } from './layout';

export type HeadsetState =
  | { readonly name: 'off' | 'none' }
  | { readonly name: 'inUse'; readonly headset: string }
  /** The system does not let us open it. */
  | { readonly name: 'refused'; readonly headset: string; readonly vendorId: number };

export interface HeadsetsEnv {
  /** Null where the page cannot reach any. */
  readonly hid: Hid | null;
  readonly clock: HeadsetEnv['clock'];
  readonly log: HeadsetEnv['log'];
}

export interface Headsets {
  readonly state: () => HeadsetState;
  /** Takes the headset that fits best now, or with false lets it go. */
  readonly use: (on: boolean) => void;
  /** @param labels of the microphone and speaker that are taken. */
  readonly prefer: (labels: readonly string[]) => void;
  readonly show: (lamps: Lamps) => void;
  /** Tries once more what the system refused. */
  readonly retry: () => void;
  /** @param changed told after each change of the state. @param command told what a button wants. @returns ends it. */
  readonly watch: (changed: () => void, command: (command: HeadsetCommand) => void) => () => void;
}

/** More are not looked at. */
const most = 50;
const mostShown = 100;
const invisible = /[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

const hex = (id: number): string => id.toString(16).padStart(4, '0');
/** Names come from whoever made the device; one without is told by its USB ids. */
const nameOf = ({ productName, vendorId, productId }: HidDevice): string =>
  productName.replaceAll(invisible, '').trim().slice(0, mostShown) || `${hex(vendorId)}:${hex(productId)}`;

/** Chromium ends the labels of USB sound devices with their ids. */
export const isLabelOf = (device: HidDevice, label: string): boolean =>
  label.includes(`(${hex(device.vendorId)}:${hex(device.productId)})`) ||
  (device.productName.trim().length > 2 && label.includes(device.productName.trim()));

/** The best first. */
export const inOrder = (there: readonly HidDevice[], labels: readonly string[], now: HidDevice | null): HidDevice[] => {
  const heard = labels.flatMap((label) => there.filter((device) => label !== '' && isLabelOf(device, label)));
  const kept = there.filter((device) => device === now);
  return [...new Set([...heard, ...kept, ...there.toReversed()])];
};

export function makeHeadsets({ hid, clock, log }: HeadsetsEnv): Headsets {
  let on = false;
  let labels: readonly string[] = [];
  let lamps = allOff;
  let state: HeadsetState = { name: 'off' };
  let headset: Headset | null = null;
  let changed = (): void => undefined;
  let command: (command: HeadsetCommand) => void = () => undefined;
  /** One look at a time; what changes meanwhile is looked at after it. */
  let looking = false;
  let lookAgain = false;

  function become(next: HeadsetState): void {
    if (JSON.stringify(next) === JSON.stringify(state)) return;
    state = next;
    changed();
  }

  async function look(): Promise<void> {
    lookAgain = true;
    if (looking) return;
    looking = true;
    while (lookAgain) {
      lookAgain = false;
      await takeBest();
    }
    looking = false;
  }

  async function takeBest(): Promise<void> {
    const present = on ? await (hid?.getDevices() ?? Promise.resolve([])).catch(() => []) : [];
    const layouts = new Map(present.slice(0, most).map((device) => [device, readLayout(device.collections)]));
    const there = [...layouts.keys()].filter((device) => (layouts.get(device)?.buttons.length ?? 0) > 0);
    const order = inOrder(there, labels, headset?.device ?? null);
    for (const device of order) {
      if (device === headset?.device) {
        inUse(device);
        return;
      }
      await letGo();
      const next = new Headset(device, layouts.get(device) ?? readLayout([]), {
        clock,
        log,
        command: (one) => command(one),
      });
      if (!(await next.open())) continue;
      headset = next;
      next.show(lamps);
      inUse(device);
      return;
    }
    await letGo();
    const [refused] = order;
    if (refused !== undefined) become({ name: 'refused', headset: nameOf(refused), vendorId: refused.vendorId });
    else become({ name: on ? 'none' : 'off' });
  }

  const inUse = (device: HidDevice): void => become({ name: 'inUse', headset: nameOf(device) });

  async function letGo(): Promise<void> {
    const left = headset;
    headset = null;
    await left?.close();
  }

  hid?.addEventListener('connect', () => void look());
  hid?.addEventListener('disconnect', () => void look());

  return {
    state: () => state,
    use: (wanted) => {
      on = wanted;
      void look();
    },
    prefer: (next) => {
      labels = next;
      if (on) void look();
    },
    show: (next) => {
      lamps = next;
      headset?.show(next);
    },
    retry: () => void look(),
    watch: (onChange, onCommand) => {
      changed = onChange;
      command = onCommand;
      return () => {
        changed = () => undefined;
        command = () => undefined;
      };
    },
  };
}
