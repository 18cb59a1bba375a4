import { expect, it } from 'vitest';

import { readCallEvent } from '../../../../main/matrix/call-event';
import { callEventTypes } from '../../../../preload/contract/signalling';

it.each(callEventTypes)('%s is a signal', (type) => {
  expect(readCallEvent({ type, content: { call_id: 'c1' } })).toEqual({ ok: true, type, callId: 'c1' });
});

it('SM-11: the unstable name means the stable type', () => {
  const type = 'org.matrix.call.sdp_stream_metadata_changed';
  const read = readCallEvent({ type, content: { call_id: 'c1' } });
  expect(read).toMatchObject({ ok: true, type: 'm.call.sdp_stream_metadata_changed' });
});

it.each(['m.call.asserted_identity', 'org.matrix.call.asserted_identity'])('X-02: %s is taken', (type) => {
  const read = readCallEvent({ type, content: { call_id: 'c1' } });
  expect(read).toMatchObject({ ok: true, type: 'm.call.asserted_identity' });
});

it.each(['m.room.message', 'm.call', 'm.call.member', 'm.call.unheard_of', 'constructor'])('%s is none', (type) => {
  expect(readCallEvent({ type, content: { call_id: 'c1' } })).toEqual({ ok: false, breaks: null });
});

it.each([
  ['missing', undefined],
  ['empty', ''],
  ['with a blank', 'a b'],
  ['of other letters', 'ä'],
  ['too long', 'a'.repeat(256)],
  ['a number', 12],
  ['an object', {}],
])('V1-04: a call id %s breaks the grammar', (_what, callId) => {
  const content = { call_id: callId, party_id: 'p' };
  expect(readCallEvent({ type: 'm.call.invite', content })).toEqual({ ok: false, breaks: 'V1-04 call_id' });
});

it('V1-04: 255 characters of the grammar are fine', () => {
  const callId = `${'aZ0._~-'.repeat(36)}abc`;
  expect(callId).toHaveLength(255);
  expect(readCallEvent({ type: 'm.call.hangup', content: { call_id: callId } })).toMatchObject({ ok: true, callId });
});

it('a redacted event says nothing, and nobody is blamed', () => {
  expect(readCallEvent({ type: 'm.call.invite', content: {} })).toEqual({ ok: false, breaks: null });
});

it('IC-19: what no homeserver would take is not passed on', () => {
  const content = { call_id: 'c1', offer: { sdp: 'a'.repeat(70_000) } };
  expect(readCallEvent({ type: 'm.call.invite', content })).toEqual({ ok: false, breaks: 'IC-19 size' });
});

it.each([1, 31])('V1-13: %i levels below the content are fine', (levels) => {
  const content = { call_id: 'c1', deep: JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as unknown };
  expect(readCallEvent({ type: 'm.call.invite', content })).toMatchObject({ ok: true });
});

it.each([32, 30_000])('V1-13: %i levels are not', (levels) => {
  const content = { call_id: 'c1', deep: JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as unknown };
  expect(readCallEvent({ type: 'm.call.invite', content })).toEqual({ ok: false, breaks: 'V1-13 depth' });
});
