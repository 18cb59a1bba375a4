/** What clients sent, from the homeserver's own database: the truth of the matter, whatever a client shows. */
import { DatabaseSync } from 'node:sqlite';

export interface SentEvent {
  readonly eventId: string;
  readonly roomId: string;
  readonly type: string;
  readonly sender: string;
  /** The sender's device; null for events that did not come through a client. */
  readonly deviceId: string | null;
  readonly content: Readonly<Record<string, unknown>>;
  /** Set for state events. */
  readonly stateKey: string | null;
  /** ms since the epoch, by the homeserver's clock. */
  readonly sentAt: number;
}

/** In the order in which the homeserver took them. Redacted events keep their content. */
export function sentEvents(
  file: string,
  filter: { readonly roomId?: string; readonly type?: string } = {},
): readonly SentEvent[] {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
  try {
    const rows = database
      .prepare(
        `SELECT event_id, json, internal_metadata FROM events JOIN event_json USING (event_id)
         WHERE (:roomId IS NULL OR events.room_id = :roomId) AND (:type IS NULL OR events.type = :type)
         ORDER BY stream_ordering`,
      )
      .all({ roomId: filter.roomId ?? null, type: filter.type ?? null });
    return rows.map((row) => sentEvent(String(row.event_id), String(row.json), String(row.internal_metadata)));
  } finally {
    database.close();
  }
}

/** An event as it stands in the room's graph (spec, "Room event format"): the homeserver has checked its shape. */
interface StoredEvent {
  readonly room_id: string;
  readonly type: string;
  readonly sender: string;
  readonly content: Record<string, unknown>;
  readonly state_key?: string;
  readonly origin_server_ts: number;
}

/** Synapse's own notes on an event. */
interface Metadata {
  readonly device_id?: string;
}

function sentEvent(eventId: string, json: string, metadata: string): SentEvent {
  const event = JSON.parse(json) as StoredEvent;
  const { device_id: deviceId = null } = JSON.parse(metadata) as Metadata;
  return {
    eventId,
    roomId: event.room_id,
    type: event.type,
    sender: event.sender,
    deviceId,
    content: event.content,
    stateKey: event.state_key ?? null,
    sentAt: event.origin_server_ts,
  };
}
