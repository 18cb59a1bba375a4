import { expect, it } from 'vitest';

import type { SentEvent } from '../../homeserver/sent-events.ts';
import { expectValidCallEvents } from '../../spec/sent-call-events.ts';

const good = { call_id: 'c', party_id: 'p', version: '1', reason: 'user_hangup' };

function sent(type: string, content: Record<string, unknown>, deviceId = 'OURS'): SentEvent {
  const sender = '@ann:example.org';
  return { eventId: '$e', roomId: '!r:example.org', type, sender, deviceId, content, stateKey: null, sentAt: 0 };
}

function homeserver(events: SentEvent[]): { sentEvents: () => readonly SentEvent[] } {
  return { sentEvents: () => events };
}

it('counts call events, each once, and nothing else', () => {
  const events = [sent('m.call.hangup', good), sent('m.room.message', {}), sent('m.call.hangup', good)];
  const server = homeserver(events);
  expect(expectValidCallEvents(server)).toBe(2);
  expect(expectValidCallEvents(server)).toBe(0);
  events.push(sent('m.call.hangup', good));
  expect(expectValidCallEvents(server)).toBe(1);
});

it('names the fault and the event', () => {
  const server = homeserver([sent('m.call.hangup', { ...good, reason: 'replaced' })]);
  expect(() => expectValidCallEvents(server)).toThrow(/m\.call\.hangup: content\/reason .*\$e.*replaced/);
});

it('an event that the specification does not know is a fault', () => {
  const server = homeserver([sent('m.call.candidate', good)]);
  expect(() => expectValidCallEvents(server)).toThrow('not an event of the specification');
});

it('leaves the mistakes of other software alone', () => {
  const server = homeserver([sent('m.call.hangup', {}, 'THEIRS')]);
  expect(expectValidCallEvents(server, [{ userId: '@ann:example.org', deviceId: 'THEIRS' }])).toBe(0);
});
