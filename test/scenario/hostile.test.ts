/**
 * Whatever is sent: the engine never throws, other calls do not change, memory has a bound. `FUZZ_MINUTES` looks longer.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallId, UserId } from '../../preload/contract/ids';
import type { CallView } from '../../renderer/call/call-view';
import { fuzz } from './support/fuzz';
import { anyHostile, anyName, type Hostile } from './support/hostile';
import { roomId } from './support/homeserver';
import type { Phone } from './support/phone';
import { annas, bens, connected, ringing, type Two } from './support/world';

/** Six tests share what property.test.ts leaves. */
const { numRuns, limit, timeout } = fuzz(300, 0.05);

const carls = '@carl:carillon.test' as UserId;

interface Attack {
  readonly events: readonly Hostile[];
  readonly sender: UserId;
  /** Null: a call that nobody knows. */
  readonly known: boolean;
  readonly party: unknown;
}

/** Everything about a call that a person could notice, and its connection. */
const faceOf = (phone: Phone, { localStream, remoteStream, ...view }: CallView): string =>
  JSON.stringify({
    ...view,
    streams: [localStream?.id, remoteStream?.id, remoteStream?.getTracks().length],
    connection: phone.connections.map(({ connectionState, signalingState, addedCandidates }) => [
      connectionState,
      signalingState,
      addedCandidates.length,
    ]),
  });

let count = 0;

/** Gives an event to the engine, past main and what main keeps away. */
function give(phone: Phone, sender: UserId, { type, content }: Hostile, callId: string, members = 3): void {
  count += 1;
  phone.receive({
    kind: 'event',
    account: phone.user,
    roomId,
    callId: callId as CallId,
    eventId: `$hostile-${String(count)}`,
    sender,
    type,
    content,
    age: typeof content.lifetime === 'number' ? content.lifetime : 0,
    encrypted: false,
    members,
    ...(type === 'm.call.invite' ? { verdict: { ring: true } } : {}),
  });
}

const anyAttack = (senders: readonly UserId[]): fc.Arbitrary<Attack> =>
  fc.record({
    events: fc.array(anyHostile, { minLength: 1, maxLength: 12 }),
    sender: fc.constantFrom(...senders),
    known: fc.boolean(),
    party: fc.constantFrom('otherParty', 'x'.repeat(300), '', 7, null, undefined, {}, '\u0000'),
  });

describe.each(['connected', 'ringing'] as const)('while a call is %s', (state) => {
  const begin = (): Promise<Two> => (state === 'connected' ? connected('video') : ringing('video'));

  it('strangers, and other devices of both, change nothing of it', { timeout }, async () => {
    await fc.assert(
      fc.asyncProperty(anyAttack([carls, annas]), async ({ events, sender, known, party }) => {
        const { world, ben } = await begin();
        const { callId } = ben.call();
        const before = faceOf(ben, ben.call());
        const connections = ben.connections.length;
        for (const { type, content } of events) {
          // Whoever has called and names no device may be the caller's own: then nobody waits any more. V1-10
          if (state === 'ringing' && sender === annas && type === 'm.call.hangup' && party == null) continue;
          give(
            ben,
            sender,
            { type, content: { ...content, call_id: callId, party_id: party } },
            known ? callId : 'other',
          );
        }
        await world.pass(500);
        ben.connections.splice(connections);
        const call = ben.views.find((view) => view.callId === callId);
        expect(call === undefined ? '' : faceOf(ben, call)).toBe(before);
      }),
      { numRuns, plugins: [fc.interruptAfterTimeLimit(limit)] },
    );
  });
});

it('the far end itself can at most end its own call', { timeout }, async () => {
  await fc.assert(
    fc.asyncProperty(anyAttack([bens]), async ({ events }) => {
      const { world, anna } = await connected();
      const carl = world.phone(carls);
      const { callId } = anna.call();
      const { party_id } = world.last('m.call.answer').content;
      carl.place(annas);
      await world.pass(400);
      const bystander = anna.call();
      const face = (): string => JSON.stringify(anna.views.find((view) => view.callId === bystander.callId)?.state);
      const before = face();
      for (const { type, content } of events) {
        give(anna, bens, { type, content: { ...content, call_id: callId, party_id } }, callId);
        await world.pass(50);
      }
      expect(face()).toBe(before);
      for (const view of anna.views) anna.hangUp(view);
      await world.pass(1000);
      expect(anna.views.every((view) => view.state.name === 'ended')).toBe(true);
      expect([anna.capture.live.length, anna.connections.every(({ closed }) => closed)]).toEqual([0, true]);
    }),
    { numRuns, plugins: [fc.interruptAfterTimeLimit(limit)] },
  );
});

it(
  'whatever stands for a call, a party or a person: main and the engine take it, or leave it',
  { timeout },
  async () => {
    const names = fc.record({ call_id: anyName, party_id: anyName, selected_party_id: anyName, version: anyName });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(anyHostile, names), { maxLength: 8 }), anyName, async (events, name) => {
        const { world, anna, ben } = await connected();
        const { callId: running } = anna.call();
        const faces = (): string[] =>
          [anna, ben].map((phone) => JSON.stringify(phone.views.find((view) => view.callId === running)?.state));
        const before = faces();
        for (const [{ type, content }, ids] of events) {
          const asserted = { asserted_identity: { id: name, display_name: name } };
          world.homeserver.post(carls, type, { ...content, ...asserted, ...ids });
        }
        await world.pass(200);
        expect(faces()).toEqual(before);
        for (const { callId, peerIdentity } of [...anna.views, ...ben.views]) {
          expect(callId).toMatch(/^[0-9A-Za-z._~-]{1,255}$/);
          expect(`${peerIdentity?.name ?? ''}${peerIdentity?.id ?? ''}`).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        }
      }),
      { numRuns, plugins: [fc.interruptAfterTimeLimit(limit)] },
    );
  },
);

it('a name that the far end gives has no characters that steer a screen', { timeout }, async () => {
  await fc.assert(
    fc.asyncProperty(anyName, anyName, async (id, display_name) => {
      const { world, anna } = await connected();
      const { callId } = anna.call();
      const { party_id } = world.last('m.call.answer').content;
      const content = { call_id: callId, party_id, asserted_identity: { id, display_name } };
      give(anna, bens, { type: 'm.call.asserted_identity', content }, callId);
      const identity = anna.call().peerIdentity;
      expect(`${identity?.name ?? ''}${identity?.id ?? ''}`).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      expect([identity?.name ?? '', identity?.id ?? ''].every(({ length }) => length <= 255)).toBe(true);
    }),
    { numRuns, plugins: [fc.interruptAfterTimeLimit(limit)] },
  );
});

it('a caller can send anything while it rings, and before, and after', { timeout }, async () => {
  await fc.assert(
    fc.asyncProperty(anyAttack([carls]), fc.boolean(), async ({ events, party }, answers) => {
      const { world, ben } = await connected();
      const before = faceOf(ben, ben.call());
      const connections = ben.connections.length;
      for (const { type, content } of events) {
        give(ben, carls, { type, content: { ...content, call_id: 'new', party_id: party } }, 'new');
      }
      await world.pass(200);
      const call = ben.views.find((view) => view.callId === ('new' as CallId));
      if (call !== undefined && answers) ben.answer('video', call);
      await world.pass(500);
      for (const { type, content } of events) {
        give(ben, carls, { type, content: { ...content, call_id: 'new', party_id: party } }, 'new');
      }
      await world.pass(700_000);
      expect(ben.views.filter((view) => view.callId === ('new' as CallId) && view.state.name !== 'ended')).toEqual([]);
      if (answers) return; // the other call was put on hold, as it should
      ben.connections.splice(connections);
      expect(faceOf(ben, ben.views[0] ?? ben.call())).toBe(before);
    }),
    { numRuns, plugins: [fc.interruptAfterTimeLimit(limit)] },
  );
});

describe('floods', () => {
  it('RG-10: of a thousand calls of one person three ring, on the screen as in the tray', async () => {
    const { world, ben } = await ringing();
    const offer = world.last('m.call.invite').content;
    for (let index = 0; index < 1000; index++) {
      world.homeserver.post(annas, 'm.call.invite', { ...offer, call_id: `flood-${String(index)}` });
    }
    await world.pass(5000);
    const rings = ben.views.filter(({ state }) => state.name === 'ringing');
    expect([rings.length, ben.alerts]).toEqual([3, 3]);
    const suppressed = ben.received.filter((signal) => signal.kind === 'event' && signal.verdict?.ring === false);
    expect(suppressed).toHaveLength(998);
    await world.pass(120_000);
    expect([ben.alerts, ben.views.filter(({ state }) => state.name === 'ringing').length]).toEqual([0, 0]);
  });

  it('ten thousand calls ring no more than a person can bear, and hold no more connections', async () => {
    const { world, ben } = await connected();
    const offer = world.last('m.call.invite').content;
    for (let index = 0; index < 10_000; index++) {
      const callId = `flood-${String(index)}`;
      const sender = `@flood${String(index % 50)}:x` as UserId;
      give(ben, sender, { type: 'm.call.invite', content: { ...offer, call_id: callId } }, callId);
    }
    await world.pass(1000);
    expect(ben.views.length).toBeLessThanOrEqual(21);
    expect(ben.connections.length).toBeLessThanOrEqual(4);
    await world.pass(120_000);
    expect(ben.views.filter(({ state }) => state.name === 'ringing')).toEqual([]);
    expect(ben.views[0]?.state.name).toBe('connected');
    expect(world.clock.pending).toBeLessThan(20);
  });

  it('two thousand calls that are hung up at once leave little behind', async () => {
    const { world, ben } = await connected();
    const offer = world.last('m.call.invite').content;
    for (let index = 0; index < 2000; index++) {
      const callId = `flood-${String(index)}`;
      give(ben, carls, { type: 'm.call.invite', content: { ...offer, call_id: callId } }, callId);
      give(ben, carls, { type: 'm.call.hangup', content: { ...offer, call_id: callId } }, callId);
    }
    await world.pass(1000);
    expect(ben.views.length).toBeLessThanOrEqual(21);
    expect(ben.connections.filter(({ closed }) => !closed).length).toBe(1);
  });

  it('ten thousand candidates in one event, and ten thousand events of candidates, are used within bounds', async () => {
    const { world, anna, ben } = await ringing();
    const { callId } = anna.call();
    const { party_id } = world.last('m.call.invite').content;
    const candidates = Array.from({ length: 10_000 }, (_value, index) => ({
      candidate: `candidate:${String(index)} 1 udp 1 192.0.2.1 5000 typ host`,
      sdpMid: '0',
    }));
    give(ben, annas, { type: 'm.call.candidates', content: { call_id: callId, party_id, candidates } }, callId);
    for (let index = 0; index < 10_000; index++) {
      const content = { call_id: callId, party_id: `party${String(index)}`, candidates: candidates.slice(0, 3) };
      give(anna, bens, { type: 'm.call.candidates', content }, callId);
    }
    ben.answer();
    await world.pass(1000);
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
    expect(ben.connections[0]?.addedCandidates.length).toBeLessThanOrEqual(501);
    expect(anna.connections[0]?.addedCandidates.length).toBeLessThanOrEqual(1);
  });

  it('the far end cannot fill the memory with candidates of a running call', async () => {
    const { world, anna } = await connected();
    const { callId } = anna.call();
    const { party_id } = world.last('m.call.answer').content;
    const candidates = Array.from({ length: 500 }, (_value, index) => ({
      candidate: `candidate:${String(index)} 1 udp 1 192.0.2.1 5000 typ host`,
      sdpMid: '0',
    }));
    for (let index = 0; index < 100; index++) {
      give(anna, bens, { type: 'm.call.candidates', content: { call_id: callId, party_id, candidates } }, callId);
    }
    await world.pass(1000);
    expect(anna.connections[0]?.addedCandidates.length).toBeLessThanOrEqual(501);
    expect(anna.state).toBe('connected');
  });
});
