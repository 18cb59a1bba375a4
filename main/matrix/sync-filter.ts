/**
 * What a softphone asks of /sync: calls, who is in a room, and what decides whether a call may be placed or may ring. An
 * encrypted event does not say what it is, so all of them come.
 */
import { Filter, type IFilterDefinition } from 'matrix-js-sdk/lib/filter.js';

const state = [
  'm.room.create',
  'm.room.member',
  'm.room.join_rules',
  'm.room.power_levels',
  'm.room.name',
  'm.room.avatar',
  'm.room.canonical_alias',
  'm.room.encryption',
  'm.room.history_visibility',
  'm.room.tombstone',
];

/** State stands here, too: a homeserver leaves out of `state` what the timeline would have shown. */
const timeline = {
  types: ['m.call.*', 'org.matrix.call.*', 'm.room.encrypted', 'm.room.redaction', ...state],
  lazy_load_members: true,
};

/**
 * By which people verify each other in their direct room. The request is a message by its type, and many clients send all of
 * it in clear text even where the room is encrypted. Spec: client-server API, "Key verification framework".
 */
const verification = ['m.key.verification.*', 'm.room.message'];

/** Events of each room in the first sync: a call that can still ring is among the latest. */
export const INITIAL_LIMIT = 20;

/** Events of each room in every other sync. */
export const TIMELINE_LIMIT = 50;

const nothing = { not_types: ['*'] };

const definition: IFilterDefinition = {
  presence: nothing,
  account_data: {
    types: [
      'm.direct',
      'm.ignored_user_list',
      'm.push_rules',
      'm.local_notification_settings.*',
      'org.matrix.msc3890.local_notification_settings.*',
      // What encryption keeps at the homeserver; keys of devices and messages to them are outside of any filter.
      'm.secret_storage.*',
      'm.cross_signing.*',
      'm.megolm_backup.*',
      'm.org.matrix.custom.backup_disabled',
    ],
  },
  room: {
    state: { types: state, lazy_load_members: true },
    timeline: { ...timeline, types: [...timeline.types, ...verification], limit: TIMELINE_LIMIT },
    ephemeral: nothing,
    account_data: { types: ['m.tag'] },
  },
};

export function syncFilter(userId: string): Filter {
  return Filter.fromJson(userId, '', structuredClone(definition));
}

/**
 * The filter of the sync that asks for everything: nobody has asked yet to verify a device that did not exist. With 1,000
 * rooms in clear, their messages are most of what would come: 1.2 s of work, and 165 MiB that stay.
 * @param text JSON, or the id of a filter, which is left alone.
 */
export function withoutVerification(text: string): string {
  if (!text.startsWith('{')) return text;
  const filter = JSON.parse(text) as IFilterDefinition;
  const { timeline: asked } = filter.room ?? {};
  if (asked?.types !== undefined) asked.types = asked.types.filter((type) => !verification.includes(type));
  return JSON.stringify(filter);
}

/** The same choice for /messages. */
export function timelineFilter(): Filter {
  return Filter.fromJson(undefined, '', { room: { timeline: structuredClone(timeline) } });
}
