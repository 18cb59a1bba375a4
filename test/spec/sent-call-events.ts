/** Everything that left a device of ours, read back from the homeserver's database and measured against the schemas. */
import { validateCallEvent } from './call-event.ts';
import type { Homeserver } from '../homeserver/homeserver.ts';

/** A device of somebody else's software, whose mistakes are not ours. */
export interface ForeignDevice {
  readonly userId: string;
  readonly deviceId: string;
}

/** Events of each homeserver that were looked at before. */
const looked = new WeakMap<object, number>();

/**
 * Looks at all `m.call.*` events since the last look at this homeserver, except those of foreign devices.
 * @returns how many there were. @throws with every fault, and the events that have them.
 */
export function expectValidCallEvents(
  homeserver: Pick<Homeserver, 'sentEvents'>,
  foreign: readonly ForeignDevice[] = [],
): number {
  const events = homeserver.sentEvents();
  const fresh = events.slice(looked.get(homeserver) ?? 0);
  looked.set(homeserver, events.length);
  const ours = fresh
    .filter(({ type }) => type.startsWith('m.call.'))
    .filter(
      ({ sender, deviceId }) => !foreign.some((device) => device.userId === sender && device.deviceId === deviceId),
    );
  const faults = ours.flatMap(({ type, content, eventId }) =>
    validateCallEvent(type, content).map((fault) => `${fault} (${eventId}: ${JSON.stringify(content).slice(0, 300)})`),
  );
  if (faults.length > 0) throw new Error(`events that the specification does not know:\n${faults.join('\n')}`);
  return ours.length;
}
