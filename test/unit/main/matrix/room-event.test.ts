import { MatrixEvent } from 'matrix-js-sdk';
import type { CryptoBackend } from 'matrix-js-sdk/lib/common-crypto/CryptoBackend.js';
import { describe, expect, it } from 'vitest';

import { readRoomEvent, type RoomEvent } from '../../../../main/matrix/room-event';

const envelope = { event_id: '$1', room_id: '!room:here', sender: '@friend:there', origin_server_ts: 1 };

/** What is read of an event whose clear text is `clearEvent`, whatever that is. */
async function sealed(clearEvent: object): Promise<RoomEvent | null> {
  const event = new MatrixEvent({ ...envelope, type: 'm.room.encrypted', content: {} });
  const crypto = { decryptEvent: () => Promise.resolve({ clearEvent }) };
  await event.attemptDecryption(crypto as unknown as CryptoBackend);
  return readRoomEvent(event, 0, 'trusted');
}

describe('an encrypted event', () => {
  it('is what its clear text says', async () => {
    const read = await sealed({ type: 'm.call.hangup', content: { call_id: 'c' } });
    expect(read).toMatchObject({ type: 'm.call.hangup', content: { call_id: 'c' }, encrypted: true });
  });

  it.each<[string, object]>([
    ['a number for a type', { type: 5, content: {} }],
    ['no type', { content: {} }],
    ['a text for a content', { type: 'm.call.invite', content: 'text' }],
    ['a list for a content', { type: 'm.call.invite', content: [{ call_id: 'c' }] }],
    ['a number for a content', { type: 'm.call.invite', content: 7 }],
  ])('V1-13: with %s is none', async (_what, clearEvent) => {
    await expect(sealed(clearEvent)).resolves.toBeNull();
  });

  it('LV-15: takes nothing back, whatever it says: the homeserver has not seen who may', async () => {
    const read = await sealed({ type: 'm.room.redaction', content: { redacts: '$invite' } });
    expect(read?.redacts).toBeUndefined();
  });

  it('RM-01: is no departure', async () => {
    const read = await sealed({ type: 'm.room.member', content: { membership: 'leave' } });
    expect(read?.membership).toBeUndefined();
  });
});

it.each([
  ['beside the content', { redacts: '$invite', content: {} }],
  ['in the content, as of room version 11', { content: { redacts: '$invite' } }],
])('LV-15: a redaction names its event %s', (_where, parts) => {
  const event = new MatrixEvent({ ...envelope, type: 'm.room.redaction', ...parts });
  expect(readRoomEvent(event, 0)?.redacts).toBe('$invite');
});
