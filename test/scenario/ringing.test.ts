/** Who may ring, and what ringing may lead to: RG-01..RG-11. Main's policy decides, as it does in the product. */
import { describe, expect, it } from 'vitest';
import type { RingFacts } from '../../main/ringing/policy';
import { elementWeb } from './support/other-client';
import { annas, bens, connected, phoneAnd, ringing, twoPhones, World } from './support/world';

const carls = '@carl:carillon.test';

describe('policy', () => {
  it('RG-01: an invite for somebody else does not ring, and is not answered to', async () => {
    const { world, anna, other } = phoneAnd(elementWeb);
    void other.invite('call', 'voice', { invitee: carls });
    await world.pass(1000);
    expect([anna.state, world.types(anna).length]).toEqual(['none', 0]);
    expect(anna.rules).toContain('RG-04');
  });

  it('RG-02: we name whom we call', async () => {
    const { world } = await ringing();
    expect(world.last('m.call.invite').content.invitee).toBe(bens);
  });

  it.each([
    ['RG-03', 'a public room', { joinRule: 'public' }],
    ['RG-05', 'an ignored user', { senderIgnored: true }],
    ['RG-05', 'a sender who is not in the room', { senderJoined: false }],
    ['RG-05', 'a room that we have not joined', { joined: false }],
    ['RG-06', 'a muted room', { notifies: false }],
    ['RG-06', 'a silenced device', { silenced: true }],
    ['EN-03', 'clear text in an encrypted room', { roomEncrypted: true }],
  ] as [string, string, Partial<RingFacts>][])(
    '%s: %s does not ring, and nothing is sent',
    async (_id, _what, facts) => {
      const { world, anna, ben } = twoPhones();
      ben.ringFacts = facts;
      anna.place(bens);
      await world.pass(2000);
      expect([ben.state, ben.alerts, world.types(ben).length]).toEqual(['none', 0, 0]);
    },
  );

  it('RG-04: main gives out a suppressed invite with its reason, for the history', async () => {
    const { world, anna, ben } = twoPhones();
    ben.ringFacts = { joinRule: 'public' };
    anna.place(bens);
    await world.pass(400);
    expect(ben.received.find(({ kind }) => kind === 'event')).toMatchObject({
      type: 'm.call.invite',
      verdict: { ring: false, why: 'publicRoom' },
    });
  });

  it('RG-07: in a larger room an invite for anybody rings at everybody, and is never answered by itself', async () => {
    const world = new World();
    const caller = world.other(annas, elementWeb);
    const [ben, carl] = [world.phone(bens), world.phone(carls)];
    void caller.invite('call');
    await world.pass(5000);
    expect([ben.state, carl.state, world.types(ben).length]).toEqual(['ringing', 'ringing', 0]);
    carl.answer();
    await world.pass(400);
    expect(carl.state).toBe('connected');
    caller.send('m.call.select_answer', { selected_party_id: world.last('m.call.answer').content.party_id });
    await world.pass(100);
    expect([carl.state, ben.outcome]).toEqual(['connected', 'ended: answered_elsewhere by us']);
  });
});

describe('what a person does', () => {
  it('RG-09: to let it ring sends nothing', async () => {
    const { world, ben } = await ringing();
    await world.pass(80_000);
    expect([ben.state, world.types(ben).length]).toEqual(['ringing', 0]);
  });

  it('RG-09: to decline stops it on all devices', async () => {
    const world = new World();
    const [anna, ben, tablet] = [world.phone(annas), world.phone(bens), world.phone(bens)];
    anna.place(bens);
    await world.pass(400);
    ben.decline();
    await world.pass(100);
    expect(tablet.outcome).toBe('ended: rejected_elsewhere by us');
    expect(anna.outcome).toBe('ended: rejected by them');
  });

  it('RG-11: answered on one device, all others stop, say so, and send nothing', async () => {
    const world = new World();
    const [anna, ben, tablet] = [world.phone(annas), world.phone(bens), world.phone(bens)];
    anna.place(bens);
    await world.pass(400);
    expect([ben.state, tablet.state]).toEqual(['ringing', 'ringing']);
    ben.answer();
    await world.pass(400);
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
    expect(tablet.outcome).toBe('ended: answered_elsewhere by us');
    expect([tablet.alerts, world.types(tablet).length]).toEqual([0, 0]);
  });
});

describe('a second call', () => {
  it('RG-10: rings while one talks, and the caller is not told "busy"', async () => {
    const { world, ben } = await connected();
    const carl = world.phone(carls);
    carl.place(bens);
    await world.pass(400);
    expect(ben.views.map(({ state }) => state.name)).toEqual(['connected', 'ringing']);
    expect(carl.state).toBe('inviting');
    expect(world.count('m.call.hangup')).toBe(0);
  });

  it('RG-10: to answer it holds the first, which can be taken up again', async () => {
    const { world, anna, ben } = await connected();
    const carl = world.phone(carls);
    carl.place(bens);
    await world.pass(400);
    ben.answer();
    await world.pass(800);
    const [first, second] = ben.views;
    expect([first?.heldByUs, second?.state.name, second?.heldByUs]).toEqual([true, 'connected', false]);
    expect([anna.call().heldByPeer, anna.gets('audio'), carl.gets('audio')]).toEqual([true, false, true]);
    if (first !== undefined) ben.controls.setHeld(first, false);
    await world.pass(800);
    expect(ben.views.map(({ heldByUs }) => heldByUs)).toEqual([false, true]);
    expect([anna.gets('audio'), carl.gets('audio')]).toEqual([true, false]);
  });

  it('RG-10: a call that is placed while one talks holds the first', async () => {
    const { world, anna, ben } = await connected();
    world.phone(carls);
    ben.place(carls);
    await world.pass(800);
    expect(ben.views.map(({ heldByUs }) => heldByUs)).toEqual([true, false]);
    expect(anna.call().heldByPeer).toBe(true);
  });

  it('RG-10: a call that was being placed waits on hold when another is answered, and is not heard when it connects', async () => {
    const world = new World();
    const [ben, anna, carl] = [world.phone(bens), world.phone(annas), world.phone(carls)];
    ben.place(annas);
    await world.pass(400);
    carl.place(bens);
    await world.pass(400);
    ben.answer('voice', ben.call());
    await world.pass(400);
    anna.answer();
    await world.pass(800);
    expect(ben.views.map(({ state, heldByUs }) => [state.name, heldByUs])).toEqual([
      ['connected', true],
      ['connected', false],
    ]);
    expect([anna.gets('audio'), anna.call().heldByPeer, carl.gets('audio')]).toEqual([false, true, true]);
  });

  it('one person rings three times at once, and no more', async () => {
    const { world, anna, other } = phoneAnd(elementWeb);
    for (const id of ['a', 'b', 'c', 'd', 'e']) {
      void other.invite(id);
      await world.pass(50);
    }
    expect(anna.views.map(({ callId }) => callId)).toEqual(['a', 'b', 'c']);
  });

  it('to call somebody who rings is to answer', async () => {
    const { world, anna, ben } = await ringing();
    const key = ben.place(annas, 'voice');
    await world.pass(400);
    expect(key.callId).toBe(anna.call().callId);
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
  });
});
