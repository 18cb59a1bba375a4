/** What happens to events on their way out: V0-02, IC-14, IC-15, IC-19, EN-02, EN-04, EN-05, RG-08. */
import { describe, expect, it } from 'vitest';
import { annas, bens, connected, ringing, twoPhones } from './support/world';

describe('limits', () => {
  it('IC-14: a limit is waited out as long as the homeserver says; candidates gather meanwhile, and the call goes on', async () => {
    const { world, anna, ben } = await ringing();
    world.network.candidates = [3, 600, 700, 800, 5000, 6000];
    world.network.gathering = 7000;
    const tried: number[] = [];
    world.homeserver.refuse = ({ type }) => {
      if (type !== 'm.call.candidates') return null;
      tried.push(world.clock.now());
      return world.clock.now() < world.start + 12_000 ? { reason: 'rateLimited', retryAfter: 3000 } : null;
    };
    ben.answer();
    await world.pass(20_000);
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
    const gaps = tried.slice(1).map((at, index) => at - (tried[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(3000);
  });

  it('IC-14: while one batch waits, the next ones become one', async () => {
    const { world, anna } = twoPhones();
    world.network.candidates = [3, ...Array.from({ length: 40 }, (_value, index) => 500 + index * 200)];
    world.network.gathering = 9000;
    world.homeserver.refuse = ({ type }) =>
      type === 'm.call.candidates' && world.clock.now() < world.start + 10_000
        ? { reason: 'rateLimited', retryAfter: 1000 }
        : null;
    anna.place(bens);
    await world.pass(15_000);
    const batches = world.sentBy(anna).slice(1);
    expect(batches.length).toBe(2);
    const all = batches.flatMap(({ content }) => content.candidates as { candidate: string }[]);
    expect(all.map(({ candidate }) => candidate).at(-1)).toBe('');
    expect(new Set(all.map(({ candidate }) => candidate)).size).toBe(41);
  });

  it('IC-14: candidates that are refused again and again do not end the call', async () => {
    const { world, anna, ben } = await ringing();
    world.homeserver.refuse = ({ type }) =>
      type === 'm.call.candidates' ? { reason: 'rateLimited', retryAfter: undefined } : null;
    ben.answer();
    await world.pass(200_000);
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
  });

  it('IC-15: a hangup goes before waiting candidates, which are pointless then', async () => {
    const { world, anna } = twoPhones();
    world.network.candidates = [3, 300];
    world.network.gathering = 1000;
    let limited = false;
    world.homeserver.refuse = () => (limited ? { reason: 'rateLimited', retryAfter: 2000 } : null);
    anna.place(bens);
    await world.pass(400);
    limited = true;
    await world.pass(2500);
    anna.hangUp();
    await world.pass(100);
    limited = false;
    await world.pass(5000);
    expect(world.types(anna)).toEqual(['m.call.invite', 'm.call.hangup']);
  });

  it('IC-15: whatever else a call has to say goes before waiting candidates', async () => {
    const { world, anna } = await connected();
    await world.pass(3000);
    const before = world.types(anna).length;
    let limited = true;
    world.homeserver.refuse = () => (limited ? { reason: 'rateLimited', retryAfter: 1000 } : null);
    anna.wake();
    await world.pass(3000);
    anna.mute(true);
    await world.pass(100);
    limited = false;
    await world.pass(5000);
    expect(world.types(anna).slice(before)).toEqual([
      'm.call.negotiate',
      'm.call.sdp_stream_metadata_changed',
      'm.call.candidates',
    ]);
  });

  it('IC-19: two hundred candidates leave in events far below the limit of 64 KiB', async () => {
    const { world, anna, ben } = twoPhones();
    world.network.candidates = [3, ...Array.from({ length: 200 }, (_value, index) => 300 + index)];
    world.network.gathering = 1000;
    anna.place(bens);
    await world.pass(4000);
    const sizes = world.sentBy(anna).map(({ content }) => JSON.stringify(content).length);
    expect(Math.max(...sizes)).toBeLessThan(32_768);
    const all = world.sentBy(anna).flatMap(({ content }) => (content.candidates ?? []) as unknown[]);
    expect([all.length, world.count('m.call.candidates')]).toEqual([201, 3]);
    ben.answer();
    await world.pass(400);
    expect(anna.state).toBe('connected');
  });
});

describe('order and repetition', () => {
  it('V0-02, EN-04: the invite is first, candidates follow, nothing follows the hangup', async () => {
    const { world, anna, ben } = twoPhones();
    world.network.candidates = [3, 300, 600, 5000];
    world.network.gathering = 20_000;
    anna.place(bens);
    await world.pass(3000);
    ben.answer();
    await world.pass(4000);
    anna.hangUp();
    await world.pass(30_000);
    for (const phone of [anna, ben]) {
      expect(world.types(phone).slice(1)).not.toContain(phone === anna ? 'm.call.invite' : 'm.call.answer');
      expect(world.types(phone).indexOf('m.call.candidates')).toBeGreaterThan(0);
    }
    expect(world.types(anna).at(-1)).toBe('m.call.hangup');
  });

  it('EN-04: an event whose response is lost is tried again and stays one event', async () => {
    const { world, anna, ben } = twoPhones();
    const lost = new Set<string>();
    world.homeserver.losesResponse = ({ type, device }) => {
      const first = !lost.has(device + type);
      lost.add(device + type);
      return first;
    };
    anna.place(bens);
    await world.pass(3000);
    ben.answer();
    await world.pass(3000);
    anna.camera(true);
    await world.pass(3000);
    ben.hangUp();
    await world.pass(3000);
    const ids = world.sent.map(({ type, device, content }) => `${type} ${String(device)} ${JSON.stringify(content)}`);
    expect(new Set(ids).size).toBe(ids.length);
    expect([anna.outcome, ben.outcome]).toEqual(['ended: user_hangup by them', 'ended: user_hangup by us']);
  });

  it('EN-04: an answer is taken although the response to the invite is still under way', async () => {
    const { world, anna, ben } = twoPhones();
    world.homeserver.slowResponse = ({ type }) => (type === 'm.call.invite' ? 10_000 : 0);
    anna.place(bens);
    await world.pass(300);
    ben.answer();
    await world.pass(500);
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
    await world.pass(12_000);
    expect(anna.marks.filter((mark) => mark === 'call:invite-sent').length).toBe(1);
    expect(anna.state).toBe('connected');
  });

  it('EN-05: a page that is made anew while it rings takes the call up again, and nothing is sent twice', async () => {
    const { world, anna, ben } = await ringing();
    await world.pass(3000);
    ben.crash();
    await world.pass(500);
    ben.load();
    expect(ben.state).toBe('ringing');
    ben.answer();
    await world.pass(500);
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
    expect(world.types(ben)[0]).toBe('m.call.answer');
    expect([world.count('m.call.answer'), world.count('m.call.hangup')]).toEqual([1, 0]);
  });

  it('EN-05: candidates that came before the page was made anew are not lost', async () => {
    const { world, anna, ben } = twoPhones();
    world.network.candidates = [400];
    world.network.gathering = 600;
    anna.place(bens);
    await world.pass(3000);
    ben.crash();
    ben.load();
    world.network.candidates = [];
    ben.answer();
    await world.pass(1000);
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
  });

  it('EN-05: a call that was over by then does not ring on the new page', async () => {
    const { world, anna, ben } = await ringing();
    ben.crash();
    anna.hangUp();
    await world.pass(200);
    ben.load();
    expect(ben.views.filter(({ state }) => state.name !== 'ended')).toEqual([]);
  });

  it('EN-05: a call that the old page had answered is hung up and does not ring on the new one', async () => {
    const { world, anna, ben } = await connected();
    ben.crash();
    ben.load();
    await world.pass(500);
    expect([anna.outcome, ben.state]).toEqual(['ended: user_hangup by them', 'none']);
    expect(world.count('m.call.hangup')).toBe(1);
  });

  it('EN-05: a signal that is given twice is handled once', async () => {
    const { world, anna, ben } = await ringing();
    for (const event of world.homeserver.events) ben.takeSync([event], []);
    expect(ben.views.length).toBe(1);
    ben.answer();
    await world.pass(500);
    for (const event of world.homeserver.events) anna.takeSync([event], []);
    await world.pass(500);
    expect([anna.state, ben.state, world.count('m.call.select_answer')]).toEqual(['connected', 'connected', 1]);
  });
});

describe('refusals', () => {
  it.each([
    ['EN-02', 'untrusted', 'untrusted'],
    ['RG-08', 'forbidden', 'forbidden'],
    ['IC-19', 'tooLarge', 'forbidden'],
  ] as const)('%s: an invite that is refused (%s) ends the attempt and says so', async (_id, reason, problem) => {
    const { world, anna, ben } = twoPhones();
    anna.refuseSignals = ({ type }) => (type === 'm.call.invite' ? reason : null);
    anna.place(bens);
    await world.pass(1000);
    expect(anna.outcome).toBe('ended: not_sent by circumstance');
    expect(anna.call().notice).toEqual({ about: 'signalling', problem });
    expect([anna.capture.live.length, ben.state, world.sent.length]).toEqual([0, 'none', 0]);
  });

  it('offline all the time: the attempt ends within the life of the call, and a late arrival is hung up', async () => {
    const { world, anna, ben } = twoPhones();
    world.homeserver.losesResponse = ({ type }) => type === 'm.call.invite';
    anna.place(bens);
    await world.pass(95_000);
    expect(anna.outcome).toBe('ended: not_sent by circumstance');
    expect(anna.call().notice).toEqual({ about: 'signalling', problem: 'gaveUp' });
    await world.pass(5000);
    expect(world.types(anna)).toEqual(['m.call.invite', 'm.call.hangup']);
    expect(ben.state).toBe('ended');
    expect(world.last('m.call.hangup').sender).toBe(annas);
  });
});
