/** Candidates, out and in: IC-01..IC-13, IC-16..IC-18. */
import { describe, expect, it } from 'vitest';
import { elementWeb } from './support/other-client';
import type { SentEvent } from './support/homeserver';
import { annas, bens, connected, phoneAnd, ringing, twoPhones } from './support/world';

const batches = (events: readonly SentEvent[]): readonly unknown[][] =>
  events
    .filter(({ type }) => type === 'm.call.candidates')
    .map(({ content }) => (content.candidates as { candidate: string }[]).map(({ candidate }) => candidate));

const ends = (events: readonly SentEvent[]): number =>
  batches(events)
    .flat()
    .filter((text) => text === '').length;

describe('out', () => {
  it.each([
    { found: [3], complete: 120, sent: 33, inside: 1 },
    { found: [3, 20, 45], complete: 120, sent: 75, inside: 3 },
    { found: [3, 50, 90, 130, 170, 300], complete: 1000, sent: 36, inside: 1 },
    { found: [3, 20, 45, 70, 95, 120, 145, 170, 195, 220], complete: 1000, sent: 200, inside: 9 },
    { found: [], complete: 50, sent: 50, inside: 0 },
    { found: [], complete: 40_000, sent: 200, inside: 0 },
  ])(
    'IC-01: candidates after $found ms, complete after $complete ms: the invite leaves within 200 ms with $inside',
    async ({ found, complete, sent, inside }) => {
      const { world, anna } = twoPhones();
      world.network.candidates = found;
      world.network.gathering = complete;
      anna.place(bens);
      await world.pass(1000);
      const invite = world.last('m.call.invite');
      expect(invite.at - world.start).toBeLessThanOrEqual(sent + 10);
      const { offer } = invite.content as { offer: { sdp: string } };
      expect([...offer.sdp.matchAll(/a=candidate/g)].length).toBe(inside);
    },
  );

  it('IC-02: later candidates come in batches: 2 s after the invite, 500 ms after the answer', async () => {
    const { world, anna } = twoPhones();
    world.network.candidates = [3, 300, 600, 1500, 3000];
    world.network.gathering = 60_000;
    anna.place(bens);
    await world.pass(6000);
    const invite = world.last('m.call.invite').at;
    const annas = world.sentBy(anna).filter(({ type }) => type === 'm.call.candidates');
    expect(annas.map(({ at }) => Math.round((at - invite) / 100) / 10)).toEqual([2, 3.5]);
    expect(batches(annas).map((batch) => batch.length)).toEqual([3, 1]);
  });

  it('IC-02: 500 ms after the answer', async () => {
    const { world, anna, ben } = twoPhones();
    world.homeserver.offline(ben);
    anna.place(bens);
    await world.pass(400);
    world.network.candidates = [3, 300, 400];
    world.network.gathering = 60_000;
    world.homeserver.online(ben);
    ben.answer();
    await world.pass(3000);
    const [answer, ...batch] = world.sentBy(ben);
    expect(batch.map(({ at }) => Math.round((at - (answer?.at ?? 0)) / 100) / 10)).toEqual([0.5]);
    expect(batches(batch).map(({ length }) => length)).toEqual([2]);
  });

  it('IC-03, IC-05: end-of-candidates is sent, also when nothing else is left to send', async () => {
    const { world, anna, ben } = await connected();
    await world.pass(3000);
    for (const phone of [anna, ben]) {
      expect(batches(world.sentBy(phone))).toEqual([['']]);
    }
  });

  it('IC-04: when gathering ends, the rest is sent at once', async () => {
    const { world, anna } = twoPhones();
    world.network.candidates = [3, 250, 260];
    world.network.gathering = 400;
    anna.place(bens);
    await world.pass(440);
    expect(batches(world.sentBy(anna)).map((batch) => batch.length)).toEqual([3]);
  });

  it('IC-06: end-of-candidates comes once for each generation, and again after an ICE restart', async () => {
    const { world, anna, ben } = await connected();
    await world.pass(3000);
    expect([ends(world.sentBy(anna)), ends(world.sentBy(ben))]).toEqual([1, 1]);
    anna.wake();
    await world.pass(3000);
    expect([ends(world.sentBy(anna)), ends(world.sentBy(ben))]).toEqual([2, 2]);
  });

  it('IC-07, IC-08: a candidate names its line twice, the end names nothing', async () => {
    const { world, anna } = twoPhones();
    world.network.candidates = [3, 1000];
    world.network.gathering = 1500;
    anna.place(bens);
    await world.pass(3000);
    const candidates = world.sentBy(anna).flatMap(({ content }) => (content.candidates ?? []) as object[]);
    expect(candidates).toEqual([
      { candidate: expect.stringMatching(/^candidate:/) as string, sdpMid: '0', sdpMLineIndex: 0 },
      { candidate: '' },
    ]);
  });

  it('IC-13: what the invite or answer held is not sent again; what came later is', async () => {
    const { world, anna, ben } = twoPhones();
    world.network.candidates = [3, 700];
    anna.place(bens);
    await world.pass(3000);
    ben.answer();
    await world.pass(3000);
    for (const phone of [anna, ben]) {
      const [first] = world.sentBy(phone);
      const sdp = JSON.stringify(first?.content);
      const later = batches(world.sentBy(phone)).flat() as string[];
      expect(later.filter((text) => text !== '' && sdp.includes(text))).toEqual([]);
    }
    expect(batches(world.sentBy(anna)).flat().length).toBe(2);
  });

  it('IC-18: mDNS candidates travel both ways as they are', async () => {
    const { world } = await ringing();
    expect(JSON.stringify(world.last('m.call.invite').content)).toContain('.local 50000 typ host');
  });

  it('candidates never leave before the invite or the answer they belong to, nor after the end', async () => {
    const { world, anna, ben } = twoPhones();
    world.network.candidates = [3, 100, 5000];
    world.network.gathering = 10_000;
    world.homeserver.slowResponse = ({ type }) => (type === 'm.call.invite' ? 3000 : 0);
    anna.place(bens);
    await world.pass(3500);
    expect(world.types(anna)[0]).toBe('m.call.invite');
    ben.answer();
    await world.pass(100);
    anna.hangUp();
    await world.pass(10_000);
    expect(world.types(anna).at(-1)).toBe('m.call.hangup');
    expect(world.types(ben)[0]).toBe('m.call.answer');
  });
});

describe('in', () => {
  /** Ben's other client rings, with a candidate of its own under way as `shape`. */
  const withCandidate = async (shape: (text: string) => unknown): Promise<boolean> => {
    const { world, anna, other } = phoneAnd(elementWeb);
    world.network.candidates = [];
    void other.invite('call');
    await world.pass(200);
    anna.answer();
    await world.pass(500);
    const fragment = other.live.fragment ?? /a=ice-ufrag:(\S+)/.exec(other.live.localDescription?.sdp ?? '')?.[1];
    const text = `candidate:9 1 UDP 1 192.0.2.1 5000 typ host ufrag ${String(fragment)}`;
    other.send('m.call.candidates', { candidates: shape(text) });
    await world.pass(500);
    return anna.state === 'connected';
  };

  it.each([
    ['IC-07: after an end without a line', (candidate: string) => [{ candidate: '' }, { candidate, sdpMid: '0' }]],
    [
      'IC-07: after an end with a line',
      (candidate: string) => [
        { candidate: '', sdpMid: '0', sdpMLineIndex: 0 },
        { candidate, sdpMid: '0' },
      ],
    ],
    ['IC-09: line null, number only', (candidate: string) => [{ candidate, sdpMid: null, sdpMLineIndex: 0 }]],
    ['IC-09, N2: line empty, number only', (candidate: string) => [{ candidate, sdpMid: '', sdpMLineIndex: 0 }]],
    ['IC-09: number null, line only', (candidate: string) => [{ candidate, sdpMid: '0', sdpMLineIndex: null }]],
    [
      'IC-09: one without a line, which alone is left out',
      (candidate: string) => [
        { candidate: 'candidate:8 1 udp 1 192.0.2.1 5000 typ host' },
        { candidate, sdpMLineIndex: 0 },
      ],
    ],
    [
      'IC-16: one that WebRTC refuses, which alone is lost',
      (candidate: string) => [
        { candidate: 'nonsense', sdpMLineIndex: 0 },
        { candidate, sdpMLineIndex: 0 },
      ],
    ],
    [
      'IC-18: an mDNS name',
      (candidate: string) => [{ candidate: candidate.replace('192.0.2.1', 'd3b0.local'), sdpMLineIndex: 0 }],
    ],
  ] as [string, (candidate: string) => unknown][])('%s', async (_what, shape) => {
    expect(await withCandidate(shape)).toBe(true);
  });

  it('IC-09: a candidate without any line is of no use', async () => {
    expect(await withCandidate((candidate) => [{ candidate }])).toBe(false);
  });

  it('IC-10, IC-12: candidates before the answer are kept for each party, and used of the chosen one only', async () => {
    const { world, anna, other } = phoneAnd(elementWeb);
    anna.place(bens);
    await world.pass(400);
    const callId = anna.call().callId;
    const candidate = (fragment: string): object => ({
      candidate: `candidate:9 1 udp 1 192.0.2.1 5000 typ host ufrag ${fragment}`,
      sdpMid: '0',
    });
    world.homeserver.post(bens, 'm.call.candidates', {
      call_id: callId,
      party_id: 'strangeParty',
      version: '1',
      candidates: [candidate('strange')],
    });
    await world.pass(100);
    const added = anna.connections[0]?.addedCandidates ?? [];
    expect(added).toEqual([]);
    world.network.candidates = [3];
    void other.answer();
    await world.pass(400);
    other.send('m.call.candidates', { candidates: [candidate(other.live.fragment ?? '')] });
    world.homeserver.post(bens, 'm.call.candidates', {
      call_id: callId,
      party_id: 'strangeParty',
      version: '1',
      candidates: [candidate(other.live.fragment ?? '')],
    });
    await world.pass(100);
    expect(added.length).toBe(1);
    expect(anna.rules).toContain('IC-12');
  });

  it('IC-10: candidates of a call whose invite is not decrypted yet are kept for it', async () => {
    const { world, anna, ben } = twoPhones();
    world.network.candidates = [500];
    world.network.gathering = 600;
    world.homeserver.offline(ben);
    anna.place(bens);
    await world.pass(3000);
    const [invite, candidates] = world.sentBy(anna);
    if (invite === undefined || candidates === undefined) throw new Error('nothing was sent');
    ben.takeSync([candidates], []);
    ben.takeSync([invite], []);
    world.homeserver.online(ben);
    world.network.candidates = [];
    ben.answer();
    await world.pass(1000);
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
  });

  it('IC-10: what nobody asks for is not kept for ever', async () => {
    const { world, anna, other } = phoneAnd(elementWeb);
    world.network.candidates = [];
    other.callId = 'call';
    const text = 'candidate:9 1 udp 1 192.0.2.1 5000 typ host';
    other.send('m.call.candidates', { candidates: [{ candidate: text, sdpMid: '0' }] });
    await world.pass(61_000);
    void other.invite('call');
    await world.pass(200);
    anna.answer();
    await world.pass(500);
    expect(anna.connections[0]?.addedCandidates).toEqual([]);
  });

  it('IC-11: candidates that come while the answer is being applied wait for it', async () => {
    const { world, anna, other } = phoneAnd(elementWeb);
    world.network.candidates = [];
    anna.place(bens);
    await world.pass(400);
    world.homeserver.offline(anna);
    void other.answer();
    await world.pass(100);
    const fragment = other.live.fragment ?? '';
    const text = `candidate:9 1 udp 1 192.0.2.1 5000 typ host ufrag ${fragment}`;
    other.send('m.call.candidates', { candidates: [{ candidate: text, sdpMid: '0' }] });
    await world.pass(100);
    world.homeserver.online(anna);
    await world.pass(400);
    expect([anna.state, anna.rules.includes('IC-16')]).toEqual(['connected', false]);
  });

  it('IC-17: a candidate of the generation before an ICE restart is left out', async () => {
    const { world, anna, ben } = await connected();
    await world.pass(1000);
    const old = anna.connections[0]?.fragment ?? '';
    ben.wake();
    await world.pass(1000);
    const { call_id, party_id } = world.last('m.call.invite').content;
    const candidate = `candidate:9 1 udp 1 192.0.2.1 5000 typ host ufrag ${old}`;
    const content = { call_id, party_id, version: '1', candidates: [{ candidate, sdpMid: '0' }] };
    world.homeserver.post(annas, 'm.call.candidates', content);
    await world.pass(100);
    expect(ben.rules).toContain('IC-17');
    expect(ben.state).toBe('connected');
  });

  it('IC-12: no other device of the far end can add candidates to a call', async () => {
    const { world, ben } = await connected();
    const { call_id } = world.last('m.call.invite').content;
    const before = ben.connections[0]?.addedCandidates.length;
    const candidate = 'candidate:9 1 udp 1 192.0.2.1 5000 typ host';
    const content = { call_id, party_id: 'otherDevice', version: '1', candidates: [{ candidate, sdpMid: '0' }] };
    world.homeserver.post(annas, 'm.call.candidates', content);
    await world.pass(100);
    expect(ben.connections[0]?.addedCandidates.length).toBe(before);
  });
});
