/** The machine's sleep: what it does to our clocks and connections, and when it must not happen. */
import type { PowerMonitor, PowerSaveBlocker } from 'electron';
import type { CallReport } from '../../preload/contract/calls';
import type { Clock } from '../clock';

export interface PowerEnv {
  readonly monitor: Pick<PowerMonitor, 'on'>;
  readonly clock: Pick<Clock, 'now'>;
  /** ms since the epoch. */
  readonly wallClock: () => number;
  /** @param stoodStill ms that passed outside and not on our clock, which stops in sleep on Linux. LV-14 */
  readonly woke: (stoodStill: number) => void;
  /** The machine shuts down; little time is left. */
  readonly shutDown: () => void;
}

export function watchPower(env: PowerEnv): void {
  const read = () => ({ wall: env.wallClock(), clock: env.clock.now() });
  let asleep = read();
  let sleeping = false;
  env.monitor.on('suspend', () => {
    asleep = read();
    sleeping = true;
  });
  env.monitor.on('resume', () => {
    const awake = read();
    // Some desktops tell only of the waking.
    const stoodStill = sleeping ? awake.wall - asleep.wall - (awake.clock - asleep.clock) : 0;
    sleeping = false;
    env.woke(Math.max(0, stoodStill));
  });
  env.monitor.on('shutdown', env.shutDown);
}

type Blocking = Parameters<PowerSaveBlocker['start']>[0];

/** @returns what must be told of the living calls after every change. A voice call lets the display sleep. */
export function keepAwake(blocker: Pick<PowerSaveBlocker, 'start' | 'stop'>): (calls: readonly CallReport[]) => void {
  let held: { readonly id: number; readonly kind: Blocking } | null = null;
  return (calls) => {
    const wanted = blockingFor(calls.filter((call) => call.state !== 'ringing'));
    if (wanted === (held?.kind ?? null)) return;
    if (held !== null) blocker.stop(held.id);
    held = wanted === null ? null : { id: blocker.start(wanted), kind: wanted };
  };
}

function blockingFor(calls: readonly CallReport[]): Blocking | null {
  if (calls.length === 0) return null;
  return calls.some((call) => call.kind === 'video' || call.picture)
    ? 'prevent-display-sleep'
    : 'prevent-app-suspension';
}
