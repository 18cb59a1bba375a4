import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { callEventTypes, type Content, validateCallEvent } from '../../spec/call-event.ts';

const examples = path.join(import.meta.dirname, '../../spec/matrix/examples');

function example(type: string): Content {
  const event = parse(readFileSync(path.join(examples, `${type}.yaml`), 'utf8')) as { content: Content };
  return event.content;
}

const without = (content: Content, key: string): Content =>
  Object.fromEntries(Object.entries(content).filter(([name]) => name !== key));

describe('what is wrong with a call event', () => {
  it('knows every event that the specification has an example of', () => {
    const named = readdirSync(examples).map((file) => file.replace('.yaml', ''));
    expect([...callEventTypes].sort()).toEqual(named.sort());
    expect(named).toHaveLength(8);
  });

  const flawless = callEventTypes.filter((type) => type !== 'm.call.sdp_stream_metadata_changed');
  it.each(flawless)('the official example of %s has no fault', (type) => {
    expect(validateCallEvent(type, example(type))).toEqual([]);
  });

  it('E17: the official example of changed metadata has a stray colon, and without it no fault', () => {
    const type = 'm.call.sdp_stream_metadata_changed';
    expect(validateCallEvent(type, example(type))).toEqual([
      `${type}: stream metadata has a strange key "audio_muted:"`,
    ]);
    const repaired = JSON.parse(JSON.stringify(example(type)).replace('audio_muted:', 'audio_muted')) as Content;
    expect(validateCallEvent(type, repaired)).toEqual([]);
  });

  it.each(callEventTypes.flatMap((type) => ['call_id', 'party_id', 'version'].map((key) => ({ type, key }))))(
    'V1-01: $type must have $key',
    ({ type, key }) => {
      expect(validateCallEvent(type, without(example(type), key)).join()).toContain(key);
    },
  );

  it.each([
    ['m.call.invite', 'offer'],
    ['m.call.invite', 'lifetime'],
    ['m.call.answer', 'answer'],
    ['m.call.candidates', 'candidates'],
    ['m.call.negotiate', 'description'],
    ['m.call.negotiate', 'lifetime'],
    ['m.call.select_answer', 'selected_party_id'],
    ['m.call.hangup', 'reason'],
    ['m.call.sdp_stream_metadata_changed', 'sdp_stream_metadata'],
  ])('%s must have %s', (type, key) => {
    expect(validateCallEvent(type, without(example(type), key)).join()).toContain(key);
  });

  it.each([
    { type: 'm.call.invite', broken: { lifetime: '60000' }, fault: 'lifetime must be integer' },
    { type: 'm.call.invite', broken: { lifetime: 0 }, fault: 'over before it began' },
    { type: 'm.call.invite', broken: { offer: { type: 'answer', sdp: '' } }, fault: 'content/offer/type' },
    { type: 'm.call.invite', broken: { invitee: null }, fault: 'invitee must be string' },
    { type: 'm.call.invite', broken: { invitee: 'bob' }, fault: 'invitee must match' },
    { type: 'm.call.invite', broken: { version: 1 }, fault: 'version must be string' },
    { type: 'm.call.invite', broken: { version: '2' }, fault: 'version is not "1"' },
    { type: 'm.call.invite', broken: { party_id: '' }, fault: 'party_id is not an opaque identifier' },
    { type: 'm.call.answer', broken: { call_id: 'a b' }, fault: 'call_id is not an opaque identifier' },
    { type: 'm.call.answer', broken: { sdp_stream_metadata: { s: { purpose: 'x' } } }, fault: 'purpose' },
    { type: 'm.call.negotiate', broken: { description: { type: 'rollback', sdp: '' } }, fault: 'description/type' },
    { type: 'm.call.hangup', broken: { reason: 'replaced' }, fault: 'reason must be equal to one of' },
    { type: 'm.call.reject', broken: { reason: 'user_busy' }, fault: 'has a reason' },
    { type: 'm.call.candidates', broken: { candidates: [{ sdpMid: '0' }] }, fault: 'candidate' },
    { type: 'm.call.candidates', broken: { candidates: [{ candidate: 'candidate:1' }] }, fault: 'neither sdpMid' },
    { type: 'm.call.candidates', broken: { candidates: [{ candidate: 'a', sdpMid: null }] }, fault: 'sdpMid must be' },
    { type: 'm.call.candidate', broken: {}, fault: 'not an event of the specification' },
  ])('$type with $broken is faulty', ({ type, broken, fault }) => {
    const content = callEventTypes.includes(type) ? example(type) : {};
    expect(validateCallEvent(type, { ...content, ...broken }).join('\n')).toContain(fault);
  });

  it('IC-07: end-of-candidates needs no place', () => {
    const content = { ...example('m.call.candidates'), candidates: [{ candidate: '' }] };
    expect(validateCallEvent('m.call.candidates', content)).toEqual([]);
  });

  describe('E9: version 0, the integer', () => {
    const asZero = (type: string, change: Content = {}): Content => ({
      ...without(without(example(type), 'party_id'), 'reason'),
      version: 0,
      ...change,
    });

    it.each(['m.call.invite', 'm.call.candidates', 'm.call.answer', 'm.call.hangup'])('%s needs no party', (type) => {
      expect(validateCallEvent(type, asZero(type))).toEqual([]);
    });

    it.each(['m.call.reject', 'm.call.select_answer', 'm.call.negotiate', 'm.call.sdp_stream_metadata_changed'])(
      '%s does not exist',
      (type) => {
        expect(validateCallEvent(type, asZero(type)).join()).toContain('version 0 has no such event');
      },
    );

    it('V0-06: hangup has two reasons', () => {
      const hangup = (reason: string): readonly string[] =>
        validateCallEvent('m.call.hangup', asZero('m.call.hangup', { reason }));
      expect(hangup('invite_timeout')).toEqual([]);
      expect(hangup('ice_failed')).toEqual([]);
      expect(hangup('user_hangup')).toEqual([expect.stringContaining('version 0 has the reasons') as string]);
    });

    it('still needs what every version needs', () => {
      expect(validateCallEvent('m.call.invite', without(asZero('m.call.invite'), 'offer')).join()).toContain('offer');
    });
  });
});
