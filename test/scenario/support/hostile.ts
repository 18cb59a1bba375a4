/** Contents of call events by somebody who means harm: wrong types, huge values, prototype keys, SDP that is none. */
import fc from 'fast-check';
import { receivedCallEventTypes, type ReceivedCallEventType } from '../../../preload/contract/signalling';

type Content = Record<string, unknown>;

const sdp =
  'v=0\r\ns=-\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=ice-ufrag:x\r\na=mid:0\r\na=sendrecv\r\na=msid:s audio\r\n';

/** What each event looks like when nobody means harm. */
const sound: Readonly<Record<ReceivedCallEventType, Content>> = {
  'm.call.invite': { lifetime: 60_000, offer: { type: 'offer', sdp }, invitee: '@ben:carillon.test' },
  'm.call.answer': { answer: { type: 'answer', sdp }, capabilities: { 'm.call.dtmf': true } },
  'm.call.candidates': {
    candidates: [{ candidate: 'candidate:1 1 udp 1 x 1 typ host', sdpMid: '0', sdpMLineIndex: 0 }],
  },
  'm.call.negotiate': { description: { type: 'offer', sdp }, lifetime: 10_000 },
  'm.call.select_answer': { selected_party_id: 'somebody' },
  'm.call.reject': {},
  'm.call.hangup': { reason: 'user_hangup' },
  'm.call.sdp_stream_metadata_changed': { sdp_stream_metadata: { s: { purpose: 'm.usermedia', audio_muted: true } } },
  'm.call.replaces': { replacement_id: 'r', target_user: { id: '@dora:x', display_name: 'Dora' }, create_call: 'c' },
  'm.call.reject_replacement': { replacement_id: 'r' },
  'm.call.asserted_identity': { asserted_identity: { id: '@x:y', display_name: 'X' } },
};

const keys = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'sdp', 'type', 'candidate', '0'];

const deep = (levels: number): unknown => JSON.parse('{"a":'.repeat(levels) + '1' + '}'.repeat(levels));

/** Text that is SDP in parts: lines left out, doubled, torn. */
const torn = fc
  .array(
    fc.constantFrom(
      ...sdp.split('\r\n'),
      'm=audio 0',
      'm=',
      'a=mid:',
      'a=candidate:',
      'a=ice-ufrag:',
      '\u0000',
      'a=msid:',
    ),
  )
  .map((lines) => lines.join('\r\n'));

const harm: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.constantFrom(null, true, 0, -1, 1e308, -1e308, 2 ** 53, 0.1, '', ' ', '\u0000', '\u202e', '💣'),
  fc.constantFrom('x'.repeat(60_000), 'a=candidate:'.repeat(5000), '9'.repeat(30_000)),
  fc.constantFrom(2000, 5000).map(deep),
  fc.array(fc.jsonValue(), { maxLength: 5 }),
  fc.constant(
    Array.from({ length: 10_000 }, (_value, index) => ({ candidate: `candidate:${String(index)}`, sdpMid: '0' })),
  ),
  fc
    .dictionary(fc.constantFrom(...keys), fc.jsonValue({ maxDepth: 1 }))
    .map((object) => JSON.parse(JSON.stringify(object)) as unknown),
  torn,
  torn.map((text) => ({ type: 'offer', sdp: text })),
);

/** What might stand where an id or a name should. */
export const anyName: fc.Arbitrary<unknown> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom(
    '',
    '\u0000',
    '\u202eanna',
    'a\u2028b',
    '__proto__',
    'x'.repeat(100_000),
    '@ben:x\n',
    '~',
    '🙈'.repeat(200),
  ),
  fc.jsonValue({ maxDepth: 1 }),
);

/** Sound content with some of its parts replaced, or nothing but harm. */
const contentOf = (type: ReceivedCallEventType): fc.Arbitrary<Content> =>
  fc
    .record({
      base: fc.constantFrom(sound[type], {}),
      parts: fc.dictionary(
        fc.oneof(
          fc.constantFrom(...Object.keys(sound[type]), 'version', 'lifetime', 'capabilities', ...keys),
          fc.string(),
        ),
        harm,
        { maxKeys: 4 },
      ),
    })
    .map(({ base, parts }) => ({ ...base, ...parts }));

export interface Hostile {
  readonly type: ReceivedCallEventType;
  readonly content: Content;
}

export const anyHostile: fc.Arbitrary<Hostile> = fc
  .constantFrom(...receivedCallEventTypes)
  .chain((type) => contentOf(type).map((content) => ({ type, content })));
