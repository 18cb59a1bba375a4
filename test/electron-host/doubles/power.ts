/** `powerMonitor` and `powerSaveBlocker`. Suspend and resume come from whoever emits them. */
import { EventEmitter } from 'node:events';
import { complete, type Part } from '../surface.ts';

export const powerMonitor = complete(
  Object.assign(new EventEmitter(), {
    onBatteryPower: false,
    isOnBatteryPower: () => false,
    getSystemIdleState: () => 'active',
    getSystemIdleTime: () => 0,
    getCurrentThermalState: () => 'nominal',
  } satisfies Part<Electron.PowerMonitor>),
  'PowerMonitor',
  'powerMonitor',
);

const blockers = new Set<number>();
let lastBlocker = 0;

export const powerSaveBlocker = {
  start: () => {
    lastBlocker += 1;
    blockers.add(lastBlocker);
    return lastBlocker;
  },
  stop: (id) => blockers.delete(id),
  isStarted: (id) => blockers.has(id),
} satisfies Electron.PowerSaveBlocker;
