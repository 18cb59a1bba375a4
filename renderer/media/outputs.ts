/** Lets sound come out where the person wants it, and somewhere in any case. */
import type { Device, DeviceRole } from '../../preload/contract/device-choice';

declare global {
  // Chromium's (W3C Audio Output Devices, 5); the page's type library does not know them yet.
  interface AudioContext {
    setSinkId: (id: string) => Promise<void>;
  }
  interface AudioContextOptions {
    sinkId?: string;
  }
}

/** An audio or video element, or an audio context. */
export interface Output {
  readonly setSinkId: (id: string) => Promise<unknown>;
}

export type OutputRole = Extract<DeviceRole, 'speaker' | 'ringer'>;

/** Chromium's id of whatever the system takes. */
const systemSink = '';

const latest = new WeakMap<Output, symbol>();

/**
 * Plays on the first candidate that works; null is the system's. A later call for the same output ends an earlier one.
 * @returns whether the first did work; never rejects.
 */
export async function playOn(output: Output, candidates: readonly (Device | null)[]): Promise<boolean> {
  const turn = Symbol('turn');
  latest.set(output, turn);
  for (const [index, candidate] of candidates.entries()) {
    try {
      await output.setSinkId(candidate?.id ?? systemSink);
      return index === 0;
    } catch {
      // Gone since it was listed, busy, or not allowed: the next one.
      if (latest.get(output) !== turn) return false;
    }
  }
  return false;
}

/** The audio contexts of what Carillon plays by itself: one for each role, made with its first sound. */
export interface Outputs {
  readonly contextFor: (role: OutputRole) => AudioContext;
  /** Holds from now on, also for what sounds already. Answers false when the first candidate is known not to work. */
  readonly route: (role: OutputRole, candidates: readonly (Device | null)[]) => Promise<boolean>;
}

export function makeOutputs(): Outputs {
  const contexts = new Map<OutputRole, AudioContext>();
  const routes = new Map<OutputRole, readonly (Device | null)[]>();

  function make(role: OutputRole): AudioContext {
    const candidates = routes.get(role) ?? [null];
    // From its first sample on: what rings on the headset must not begin on the loudspeakers.
    const sinkId = candidates[0]?.id ?? systemSink;
    const context = new AudioContext({ sinkId });
    if (candidates.length > 1) void playOn(context, candidates);
    return context;
  }

  return {
    contextFor: (role) => {
      const context = contexts.get(role) ?? make(role);
      contexts.set(role, context);
      return context;
    },
    route: async (role, candidates) => {
      routes.set(role, candidates);
      const context = contexts.get(role);
      return context === undefined || playOn(context, candidates);
    },
  };
}
