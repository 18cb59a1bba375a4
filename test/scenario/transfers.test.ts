/** Calls that go on with somebody else: blind and attended, in each of the three roles. MSC2747; X-01, W24 */
import { describe, expect, it } from 'vitest';
import type { UserId } from '../../preload/contract/ids';
import type { CallView } from '../../renderer/call/call-view';
import { elementAndroid, elementWeb, type OtherClient } from './support/other-client';
import type { Phone } from './support/phone';
import type { World } from './support/world';
import { annas, bens, connected, phoneAnd } from './support/world';

const carls = '@carl:carillon.test' as UserId;
const carl = { user: carls, name: 'Carl' };

interface Trio {
  readonly world: World;
  readonly anna: Phone;
  readonly ben: Phone;
  readonly third: Phone;
}

/** Anna talks to Ben; Carl has a phone, and rooms with both. */
async function annaWithBen(): Promise<Trio> {
  const { world, anna, ben } = await connected();
  const third = world.phone(carls);
  ben.rooms.set(carls, world.room('ben-carl', bens, carls));
  anna.rooms.set(carls, world.room('anna-carl', annas, carls));
  return { world, anna, ben, third };
}

/** The call with somebody. */
function callWith(phone: Phone, peer: UserId): CallView {
  const call = phone.views.findLast((view) => view.peer === peer);
  if (call === undefined) throw new Error(`${phone.user} has no call with ${peer}`);
  return call;
}

/** Anna holds Ben and talks to Carl. */
async function annaWithBoth(): Promise<Trio> {
  const trio = await annaWithBen();
  const { world, anna, third } = trio;
  anna.place(carls, 'voice', anna.rooms.get(carls));
  await world.pass(400);
  third.answer();
  await world.pass(400);
  return trio;
}

describe('a blind transfer', () => {
  it('X-01: the one who is transferred is asked, calls the target, and is heard there', async () => {
    const { world, anna, ben, third } = await annaWithBen();
    anna.controls.transfer(anna.call(), carl);
    await world.pass(200);
    expect(anna.call().transfer).toEqual({ step: 'asking', target: carl });
    expect(ben.call().transfer).toEqual({ step: 'asked', target: carl });
    expect(third.state).toBe('none');

    ben.controls.acceptTransfer(ben.call());
    await world.pass(400);
    expect(third.state).toBe('ringing');
    expect(callWith(ben, annas).heldByUs).toBe(true);
    third.answer();
    await world.pass(400);
    expect([ben.state, third.state]).toEqual(['connected', 'connected']);
    expect([ben.gets('audio'), third.gets('audio')]).toEqual([true, true]);
    expect(ben.views.map(({ peer }) => peer)).toEqual([carls]);
    expect(anna.outcome).toBe('ended: transferred by them');
  });

  it('X-01: what is sent names the transfer, its target and the call to come, which is placed under that id', async () => {
    const { world, anna, ben } = await annaWithBen();
    const original = anna.call().callId;
    anna.controls.transfer(anna.call(), carl);
    await world.pass(200);
    const { content } = world.last('m.call.replaces');
    expect(content).toEqual({
      call_id: original,
      party_id: expect.any(String) as string,
      version: '1',
      replacement_id: expect.any(String) as string,
      target_user: { id: carls, display_name: 'Carl' },
      create_call: expect.any(String) as string,
    });
    ben.controls.acceptTransfer(ben.call());
    await world.pass(400);
    const invite = world.last('m.call.invite');
    expect([invite.content.call_id, invite.content.invitee]).toEqual([content.create_call, carls]);
  });

  it('X-01: declined, the call goes on, and who asked is told', async () => {
    const { world, anna, ben, third } = await annaWithBen();
    anna.controls.transfer(anna.call(), carl);
    await world.pass(200);
    ben.controls.declineTransfer(ben.call());
    await world.pass(200);
    expect(ben.call().transfer).toBeNull();
    expect(anna.call().transfer).toEqual({ step: 'refused', target: carl });
    const { replacement_id } = world.last('m.call.replaces').content;
    expect(world.last('m.call.reject_replacement').content).toMatchObject({ replacement_id });
    expect([anna.state, ben.state, third.state]).toEqual(['connected', 'connected', 'none']);
    expect([anna.gets('audio'), ben.gets('audio')]).toEqual([true, true]);
    await world.pass(30_000);
    expect(anna.call().transfer).toBeNull();
  });

  it.each(['decline', 'nobody answers', 'no room'] as const)(
    'X-01: the target cannot be had (%s): the first call goes on',
    async (how) => {
      const { world, anna, ben, third } = await annaWithBen();
      if (how === 'no room') ben.rooms.clear();
      anna.controls.transfer(anna.call(), carl);
      await world.pass(200);
      ben.controls.acceptTransfer(ben.call());
      await world.pass(400);
      if (how === 'decline') third.decline();
      await world.pass(how === 'nobody answers' ? 91_000 : 400);
      expect([ben.call().peer, ben.state, ben.call().heldByUs]).toEqual([annas, 'connected', false]);
      expect(ben.call().transfer).toEqual({ step: 'failed', target: carl });
      expect([anna.state, anna.gets('audio'), ben.gets('audio')]).toEqual(['connected', true, true]);
    },
  );

  it('X-01: a far end that does not react: the call goes on, and that is said after a minute', async () => {
    const { world, anna, ben } = await annaWithBen();
    anna.controls.transfer(anna.call(), carl);
    await world.pass(61_000);
    expect(anna.call().transfer?.step).toBe('silent');
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
  });

  it('X-01: only a far end that says that it can be transferred is asked', async () => {
    const { world, anna, other } = phoneAnd({ ...elementAndroid, capabilities: { 'm.call.transferee': false } });
    anna.place(bens);
    await world.pass(400);
    void other.answer();
    await world.pass(400);
    expect([anna.state, anna.call().canTransfer]).toEqual(['connected', false]);
    anna.controls.transfer(anna.call(), carl);
    await world.pass(200);
    expect(world.types(anna)).not.toContain('m.call.replaces');
  });
});

describe('an attended transfer', () => {
  it('X-01: both hear each other in the end, and who brought them together is in no call any more', async () => {
    const { world, anna, ben, third } = await annaWithBoth();
    anna.controls.connect(callWith(anna, bens), callWith(anna, carls));
    await world.pass(200);
    expect(third.call().transfer).toEqual({ step: 'awaited', target: { user: bens, name: null } });
    expect(ben.call().transfer).toEqual({ step: 'asked', target: { user: carls, name: null } });
    ben.controls.acceptTransfer(ben.call());
    await world.pass(400);
    const incoming = callWith(third, bens);
    expect(incoming.state.name).toBe('ringing');
    third.answer('voice', incoming);
    await world.pass(4000);
    expect(ben.views.map(({ peer, state }) => [peer, state.name])).toEqual([[carls, 'connected']]);
    expect(third.views.map(({ peer, state }) => [peer, state.name])).toEqual([[bens, 'connected']]);
    expect([ben.gets('audio'), third.gets('audio')]).toEqual([true, true]);
    expect(anna.views.map(({ state }) => state)).toEqual([
      { name: 'ended', reason: 'transferred', by: 'them' },
      { name: 'ended', reason: 'transferred', by: 'them' },
    ]);
  });

  it('X-01: both are told the id of one call', async () => {
    const { world, anna } = await annaWithBoth();
    anna.controls.connect(callWith(anna, bens), callWith(anna, carls));
    await world.pass(200);
    const [first, second] = world.sent.filter(({ type }) => type === 'm.call.replaces').map(({ content }) => content);
    expect(first).toMatchObject({ target_user: { id: bens }, await_call: second?.create_call });
    expect(second).toMatchObject({ target_user: { id: carls } });
    expect(second).not.toHaveProperty('await_call');
  });

  it('X-01: refused, both calls are as they were', async () => {
    const { world, anna, ben, third } = await annaWithBoth();
    anna.controls.connect(callWith(anna, bens), callWith(anna, carls));
    await world.pass(200);
    ben.controls.declineTransfer(ben.call());
    await world.pass(5000);
    expect([anna, ben, third].map(({ views }) => views.map(({ state }) => state.name))).toEqual([
      ['connected', 'connected'],
      ['connected'],
      ['connected'],
    ]);
    expect([anna.call().peer, third.gets('audio')]).toEqual([carls, true]);
  });
});

describe('other clients', () => {
  interface Asked {
    readonly world: World;
    readonly anna: Phone;
    readonly other: OtherClient;
  }
  const replaces = { replacement_id: 'replacement', target_user: { id: carls }, create_call: 'newCall' };

  async function inCall(): Promise<Asked> {
    const call = phoneAnd(elementWeb);
    call.anna.rooms.set(carls, call.world.room('anna-carl', annas, carls));
    void call.other.invite('call');
    await call.world.pass(300);
    call.anna.answer();
    await call.world.pass(400);
    return call;
  }

  it('W24, X-01: a client that hangs up as soon as it has asked: the person still decides', async () => {
    const { world, anna, other } = await inCall();
    const third = world.phone(carls);
    other.send('m.call.replaces', replaces);
    other.send('m.call.hangup', { reason: 'transferred' });
    await world.pass(200);
    expect([anna.outcome, anna.call().transfer?.step]).toEqual(['ended: user_hangup by them', 'asked']);
    anna.controls.acceptTransfer(anna.call());
    await world.pass(400);
    third.answer();
    await world.pass(400);
    expect(anna.views.map(({ peer, state }) => [peer, state.name])).toEqual([[carls, 'connected']]);
  });

  it('X-01: a name that would change the look of the screen is made harmless', async () => {
    const { world, anna, other } = await inCall();
    const display_name = `Carl\u202e\n${'x'.repeat(400)}`;
    other.send('m.call.replaces', { ...replaces, target_user: { id: carls, display_name } });
    await world.pass(200);
    const name = anna.call().transfer?.target.name ?? '';
    expect([name.startsWith('Carlx'), name.length <= 255]).toEqual([true, true]);
  });

  it.each([
    ['no target', { target_user: undefined }],
    ['a target that is no user', { target_user: { id: 'carl' } }],
    ['neither way', { create_call: undefined }],
    ['both ways', { await_call: 'another' }],
    ['an id outside the grammar', { create_call: 'a b' }],
    ['no id', { replacement_id: undefined }],
    ['ourselves', { target_user: { id: annas } }],
  ])('X-01: a transfer with %s is ignored', async (_what, change) => {
    const { world, anna, other } = await inCall();
    other.send('m.call.replaces', { ...replaces, ...change });
    await world.pass(200);
    expect([anna.call().transfer, anna.state]).toEqual([null, 'connected']);
  });

  it('X-01: somebody who is not the far end of this call can transfer nobody', async () => {
    const { world, anna, other } = await inCall();
    const content = { ...replaces, call_id: other.callId, version: '1' };
    world.homeserver.post(bens, 'm.call.replaces', { ...content, party_id: 'stranger' });
    world.homeserver.post(carls, 'm.call.replaces', { ...content, party_id: 'ELEMENTWEB' });
    await world.pass(200);
    expect(anna.call().transfer).toBeNull();
  });

  it('X-01: before the call is up there is nothing to transfer', async () => {
    const { world, anna, other } = phoneAnd(elementWeb);
    void other.invite('call');
    await world.pass(300);
    other.send('m.call.replaces', replaces);
    await world.pass(200);
    expect([anna.call().transfer, anna.state, world.types(anna)]).toEqual([null, 'ringing', []]);
  });

  it('X-01: an id that a call of ours has, or had, is not used again', async () => {
    const { world, anna, other } = await inCall();
    other.send('m.call.replaces', { ...replaces, target_user: { id: bens }, create_call: 'call' });
    await world.pass(200);
    anna.controls.acceptTransfer(anna.call());
    await world.pass(200);
    expect([anna.call().transfer?.step, world.count('m.call.invite', anna)]).toEqual(['failed', 0]);
  });

  it('X-01: a call that is awaited and does not come changes nothing; its caller hangs up as usual', async () => {
    const { world, anna, other } = await inCall();
    const { create_call, ...rest } = replaces;
    other.send('m.call.replaces', { ...rest, await_call: create_call });
    await world.pass(5000);
    expect([anna.call().transfer?.step, anna.state]).toEqual(['awaited', 'connected']);
    other.send('m.call.hangup', { reason: 'user_hangup' });
    await world.pass(200);
    expect(anna.outcome).toBe('ended: transferred by them');
  });
});
