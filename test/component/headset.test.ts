/**
 * The buttons of a headset from its reports to the far end: the real engine at both ends, the page of one of them, and WebHID
 * as a double (see fake-headset.ts for what that proves).
 */
import { describe, expect, it, vi } from 'vitest';
import type { CallView } from '../../renderer/call/call-view';
import { installCalls } from '../../renderer/stores/calls';
import { jabra } from '../unit/renderer/headset/descriptors';
import { FakeHeadset, turns } from '../unit/renderer/headset/fake-headset';
import { annas, bens, ringing, type Two, twoPhones } from '../scenario/support/world';
import { roomId } from '../scenario/support/homeserver';
import { Evolve, plugHeadsets, type PluggedIn } from './support/fake-headsets';
import { account, callWith, person, ringingFrom, snapshot } from './support/fixtures';
import { openApp, press, settle } from './support/open-app';
import { byRole, queryByRole, textOf } from './support/roles';

interface Desk extends Two, PluggedIn {
  readonly headset: Evolve;
  /** Time, for the engines and the headset alike. */
  readonly pass: (ms: number) => Promise<void>;
}

/** Ben sits at the page, with a headset. */
async function bensDesk(phones: Two, headset = new Evolve()): Promise<Desk> {
  const anna = person('anna', { account: bens, userId: annas, roomId });
  await openApp({ accounts: [account({ userId: bens, name: 'Ben' })], people: [anna] });
  const { ben, world } = phones;
  // The page's elements cannot play what the engines' fake devices give.
  const shown = (call: CallView): CallView => ({ ...call, localStream: null, remoteStream: null });
  installCalls({
    controls: ben.controls,
    subscribe: (screen) => ben.subscribe((calls) => screen(calls.map(shown))),
  });
  const plugged = await plugHeadsets(headset);
  await settle();
  const pass = async (ms: number): Promise<void> => {
    await world.pass(ms);
    await plugged.clock.advance(ms);
    await settle();
  };
  return { ...phones, ...plugged, headset, pass };
}

describe('a call with a headset', () => {
  it('is answered, muted, unmuted and hung up by its buttons, and the lamps agree', async () => {
    const { anna, ben, headset, pass } = await bensDesk(await ringing());
    expect(headset.lamps).toBe('ring');
    await headset.pressHook();
    await pass(400);
    expect([anna.state, ben.state, headset.lamps]).toEqual(['connected', 'connected', 'offHook']);
    await pass(5000);
    await headset.press('mute');
    await pass(400);
    expect([anna.call().peerMuted, headset.lamps]).toEqual([true, 'offHook mute']);
    await headset.press('mute');
    await pass(400);
    expect([anna.call().peerMuted, headset.lamps]).toEqual([false, 'offHook']);
    await headset.pressHook();
    await pass(400);
    expect([anna.outcome, headset.lamps]).toEqual(['ended: user_hangup by them', '']);
  });

  it('answered and hung up in the window: the headset follows, and does nothing by itself', async () => {
    const { anna, ben, headset, pass } = await bensDesk(await ringing());
    await press('Answer');
    await pass(60_000);
    expect([anna.state, headset.lamps, headset.up]).toEqual(['connected', 'offHook', true]);
    await press('Mute microphone');
    expect(headset.lamps).toBe('offHook mute');
    // As a global key or the tray would, without the window.
    ben.mute(false);
    await settle();
    expect(headset.lamps).toBe('offHook');
    await press('Hold');
    expect(headset.lamps).toBe('offHook hold');
    await headset.press('flash');
    expect([ben.call().heldByUs, headset.lamps]).toEqual([false, 'offHook']);
    await press('Hang up');
    await pass(400);
    expect([anna.outcome, headset.lamps, headset.up]).toEqual(['ended: user_hangup by them', '', false]);
    anna.place(bens);
    await pass(2000);
    expect([ben.state, headset.lamps]).toEqual(['ringing', 'ring']);
  });

  it('goes on when it is unplugged, and with it when it is plugged in again', async () => {
    const { anna, ben, headset, hid, pass } = await bensDesk(await ringing());
    await headset.pressHook();
    await pass(2000);
    await hid.plug();
    await pass(2000);
    expect([anna.state, ben.call().microphoneMuted]).toEqual(['connected', false]);
    ben.mute(true);
    const again = new Evolve();
    await hid.plug(again);
    await pass(2000);
    expect([anna.state, again.lamps, again.up]).toEqual(['connected', 'offHook mute', true]);
    await again.pressHook();
    await pass(400);
    expect(anna.outcome).toBe('ended: user_hangup by them');
  });

  it('that one placed shows, and ends with the hook', async () => {
    const { anna, ben, headset, pass } = await bensDesk(twoPhones());
    ben.place(annas);
    await pass(2000);
    expect([anna.state, headset.lamps]).toEqual(['ringing', 'offHook']);
    await headset.pressHook();
    await pass(400);
    expect([ben.outcome, headset.lamps]).toEqual(['ended: user_hangup by us', '']);
  });

  it('a device that floods neither ends it nor tells the far end much', async () => {
    const { world, anna, ben, headset, pass } = await bensDesk(await ringing());
    await headset.pressHook();
    await pass(2000);
    const before = world.sentBy(ben).length;
    for (let times = 0; times < 5000; times += 1)
      headset.send(2, 0x01 | (times % 2 === 0 ? 0x04 : 0), times & 0xff, 0, 0);
    await pass(2000);
    expect(anna.state).toBe('connected');
    expect(world.sentBy(ben).length - before).toBeLessThanOrEqual(10);
  });
});

describe('two calls with a headset', () => {
  async function open() {
    const app = await openApp();
    const headset = new Evolve();
    const { clock } = await plugHeadsets(headset);
    const [first, second] = [callWith('ben', { connectedAt: 1 }), ringingFrom('clara')];
    app.engine.show(first, second);
    await settle();
    await clock.advance(2000);
    return { app, headset, clock, first, second };
  }

  it('the hook ends the first and answers the second', async () => {
    const { app, headset, first, second } = await open();
    expect(headset.lamps).toBe('ring offHook');
    await headset.pressHook();
    expect(app.engine.controls.hangUp.mock.calls).toEqual([[first]]);
    expect(app.engine.controls.answer.mock.calls).toEqual([[second, 'voice']]);
  });

  it('flash answers the second and keeps the first, then swaps', async () => {
    const { app, headset, clock, first, second } = await open();
    await headset.press('flash');
    expect(app.engine.controls.answer.mock.calls).toEqual([[second, 'voice']]);
    expect(app.engine.controls.hangUp).not.toHaveBeenCalled();
    app.engine.show({ ...first, heldByUs: true }, callWith('clara', { connectedAt: 2 }));
    await settle();
    await clock.advance(2000);
    await headset.press('flash');
    expect(app.engine.controls.setHeld.mock.calls.at(-1)).toEqual([{ ...first, heldByUs: true }, false]);
  });

  it('a call whose sound was stopped does not ring in the headset', async () => {
    const app = await openApp();
    const headset = new Evolve();
    await plugHeadsets(headset);
    app.engine.show(ringingFrom('clara'));
    await settle();
    expect(headset.lamps).toBe('ring');
    await press('Silence');
    expect(headset.lamps).toBe('');
    await headset.pressHook();
    expect(app.engine.controls.answer).toHaveBeenCalledTimes(1);
  });
});

describe('the setting', () => {
  async function openPage(...plugged: FakeHeadset[]) {
    const app = await openApp();
    const plugs = await plugHeadsets(...plugged);
    await press('Settings');
    await press('Audio and video');
    return { app, ...plugs };
  }
  const page = () => textOf(byRole('main'));

  it('names the headset that is in use', async () => {
    const { hid } = await openPage(new Evolve('Evolve2 40'));
    expect(page()).toContain('Headset in use');
    expect(page()).toContain('Evolve2 40');
    await hid.plug();
    await settle();
    expect(page()).toContain('No headset with call buttons is plugged in.');
  });

  it('lets go of the headset, which then does nothing', async () => {
    const headset = new Evolve();
    const { app } = await openPage(headset);
    await press('People');
    app.engine.show(ringingFrom('ben'));
    await settle();
    app.engine.show();
    await settle();
    await press('Settings');
    await press('Audio and video');
    byRole('switch', 'Headset buttons').click();
    await settle();
    await turns();
    expect(app.asked('settings:change')).toEqual([{ headsetButtons: false }]);
    expect([headset.opened, page().includes('Headset in use')]).toEqual([false, false]);
    app.engine.show(ringingFrom('ben'));
    await headset.pressHook();
    expect(app.engine.controls.answer).not.toHaveBeenCalled();
  });

  it('says the way out where the system keeps the buttons, and tries again', async () => {
    const headset = new FakeHeadset(jabra, 'Evolve2 40');
    headset.refuses = true;
    await openPage(headset);
    expect(page()).toContain('Evolve2 40');
    expect(page()).toContain('the system keeps its buttons from Carillon. An administrator can allow them');
    expect(page()).toContain('KERNEL=="hidraw*", KERNELS=="*:0B0E:*", TAG+="uaccess"');
    headset.refuses = false;
    await press('Try again');
    await turns();
    await settle();
    expect(page()).toContain('Headset in use');
  });

  it('knows other systems', async () => {
    vi.spyOn(navigator, 'userAgent', 'get').mockReturnValue('Mozilla/5.0 (Windows NT 10.0; Win64; x64)');
    const headset = new FakeHeadset(jabra);
    headset.refuses = true;
    await openPage(headset);
    expect(page()).toContain('Another program may hold them');
    expect(document.querySelector('code')).toBeNull();
    expect(queryByRole('button', 'Try again')).not.toBeNull();
    vi.restoreAllMocks();
  });

  it('is kept as the person wants it', async () => {
    const headset = new Evolve();
    await openApp({ settings: { ...snapshot().settings, headsetButtons: false } });
    await plugHeadsets(headset);
    expect(headset.opened).toBe(false);
  });
});
