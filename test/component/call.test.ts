import { beforeEach, describe, expect, it, vi } from 'vitest';
import { isProxy } from 'vue';
import type { HistoryEntry } from '../../preload/contract/history';
import type { CallState, EndedBy, EndReason } from '../../renderer/call/call-state';
import type { CallNotice, CallView } from '../../renderer/call/call-view';
import { useCalls } from '../../renderer/stores/calls';
import { callWith, person, ringingFrom } from './support/fixtures';
import { click, openApp, press, settle, type } from './support/open-app';
import { allByRole, byRole, nameOf, queryByRole, textOf } from './support/roles';

const region = (name = 'Ben') => byRole('region', `Call with ${name}`);
const status = () => textOf(byRole('status', undefined, region()));

async function inCall(over: Partial<CallView> = {}) {
  const app = await openApp();
  // A call is taken to the pane when it begins, not when it is found ended.
  app.engine.show(callWith('ben', { kind: over.kind ?? 'voice', state: { name: 'connecting' } }));
  app.engine.show(callWith('ben', over));
  await settle();
  return app;
}

/** The call of `callWith('ben')`, once it was lost, in the list of calls. */
const past: HistoryEntry = {
  id: 1,
  account: callWith('ben').account,
  roomId: callWith('ben').roomId,
  callId: callWith('ben').callId,
  peer: callWith('ben').peer,
  peerName: 'Ben',
  direction: 'outgoing',
  kind: 'voice',
  startedAt: 0,
  answeredAt: 1,
  connectedAt: 1,
  endedAt: 2,
  outcome: 'answered',
  cause: 'connectionLost',
  missed: false,
  seen: true,
};

const ended = (reason: EndReason, by: EndedBy): CallState => ({ name: 'ended', reason, by });

beforeEach(() => {
  performance.clearMarks();
});

describe('the state of a call in words', () => {
  it.each<{ words: string; over: Partial<CallView> }>([
    { words: 'Calling', over: { state: { name: 'preparing' } } },
    { words: 'Calling', over: { state: { name: 'inviting' } } },
    { words: 'Connecting', over: { state: { name: 'answering' }, direction: 'incoming' } },
    { words: 'Connecting', over: { state: { name: 'connecting' } } },
    { words: 'Connected', over: {} },
    { words: 'On hold', over: { heldByUs: true } },
    { words: 'Held by Ben', over: { heldByPeer: true } },
    { words: 'Reconnecting', over: { state: { name: 'reconnecting' } } },
    { words: 'Ended', over: { state: ended('user_hangup', 'us') } },
  ])('$words', async ({ words, over }) => {
    await inCall(over);
    expect(status()).toBe(words);
  });

  it('is told once only: one status in one region', async () => {
    await inCall();
    expect(allByRole('status')).toHaveLength(1);
    expect(allByRole('region', 'Call with Ben')).toHaveLength(1);
  });
});

describe('the end of a call, and what to do then', () => {
  const connected = { connectedAt: 1 };
  const incoming = { direction: 'incoming' } as const;
  it.each<{ reason: EndReason; by: EndedBy; over?: Partial<CallView>; words: RegExp }>([
    { reason: 'user_hangup', by: 'us', over: connected, words: /^You ended the call\.$/ },
    { reason: 'user_hangup', by: 'them', over: connected, words: /^Ben ended the call\.$/ },
    { reason: 'user_hangup', by: 'us', words: /hung up before Ben answered/ },
    { reason: 'user_hangup', by: 'them', over: incoming, words: /missed a call from Ben/ },
    { reason: 'rejected', by: 'them', words: /^Ben declined the call\.$/ },
    { reason: 'invite_timeout', by: 'circumstance', words: /Ben did not answer.*Try again later/ },
    { reason: 'invite_timeout', by: 'circumstance', over: incoming, words: /missed a call from Ben/ },
    { reason: 'user_busy', by: 'them', words: /in another call.*a little later/ },
    { reason: 'ice_failed', by: 'circumstance', words: /No connection to Ben.*firewall/ },
    { reason: 'ice_timeout', by: 'circumstance', words: /took too long.*firewall/ },
    { reason: 'ice_failed', by: 'circumstance', over: connected, words: /was lost.*Call again/ },
    { reason: 'user_media_failed', by: 'them', words: /Ben’s microphone or camera.*call again/ },
    { reason: 'user_media_failed', by: 'us', words: /Your microphone.*call again/ },
    { reason: 'not_sent', by: 'circumstance', words: /could not be placed.*connection/ },
    { reason: 'unknown_error', by: 'circumstance', words: /failed.*Call again/ },
    { reason: 'answered_elsewhere', by: 'us', over: incoming, words: /^Answered on another device/ },
    { reason: 'rejected_elsewhere', by: 'us', over: incoming, words: /^Declined on another device/ },
    { reason: 'glare', by: 'circumstance', words: /called each other at the same moment/ },
    { reason: 'left_room', by: 'them', words: /no longer share.*search/ },
  ])('$reason by $by', async ({ reason, by, over, words }) => {
    await inCall({ ...over, state: ended(reason, by), endedAt: 2 });
    const person = region().querySelector('.person');
    expect(textOf(person).replace(/^.*?Ben /, '')).toMatch(words);
    expect(queryByRole('button', 'Close', region())).not.toBeNull();
    expect(queryByRole('button', 'Hang up', region())).toBeNull();
  });

  it('leads back to the person by Close', async () => {
    const { engine } = await inCall({ state: ended('rejected', 'them'), endedAt: 2 });
    await press('Close');
    expect(engine.controls.dismiss).toHaveBeenCalledOnce();
    expect(queryByRole('region', 'Call with Ben')).toBeNull();
    expect(queryByRole('region', 'Ben')).not.toBeNull();
  });

  it('leads to the same kind of call by Call again, in place of the ended one', async () => {
    const { engine } = await inCall({ kind: 'video', state: ended('invite_timeout', 'circumstance'), endedAt: 2 });
    await press('Call again');
    const { account, roomId, peer } = callWith('ben');
    expect(engine.controls.place.mock.calls).toEqual([[{ account, roomId, peer }, 'video']]);
    expect(status()).toBe('Calling');
    expect(allByRole('region', 'Call with Ben')).toHaveLength(1);
  });

  it('that was lost is reached from its notification, with Call again at the next key', async () => {
    const over = { state: ended('ice_failed', 'circumstance'), connectedAt: 1, endedAt: 2 };
    const app = await inCall(over);
    app.tell('history:return', past);
    await settle();
    expect(textOf(region())).toContain('The connection to Ben was lost.');
    expect(document.activeElement).toBe(byRole('button', 'Call again', region()));
  });

  it('that was lost elsewhere on the screen takes the pane by its notification', async () => {
    const over = { state: ended('ice_failed', 'circumstance'), connectedAt: 1, endedAt: 2 };
    const app = await openApp();
    app.engine.show(callWith('ben'));
    await settle();
    await press('Settings');
    app.engine.show(callWith('ben', over));
    app.tell('history:return', past);
    await settle();
    await click(document.activeElement as HTMLElement);
    expect(app.engine.controls.place).toHaveBeenCalledOnce();
  });

  it('that was lost and is gone from the screen is shown in the list of calls', async () => {
    const app = await openApp();
    app.answers['history:list'] = () => ({ entries: [past], more: false, unseen: 0, trouble: null });
    app.tell('history:return', past);
    await settle();
    expect(textOf(byRole('region', 'About this call'))).toContain('The connection to Ben was lost.');
  });

  it('is taken off the screen with the next look elsewhere', async () => {
    await inCall({ state: ended('rejected', 'them'), endedAt: 2 });
    await press('Settings');
    expect(queryByRole('region', 'Call with Ben')).toBeNull();
  });

  it('tells of a call that was missed without taking the pane', async () => {
    const { engine } = await openApp();
    const call = ringingFrom('ben');
    engine.show(call);
    engine.show({ ...call, state: ended('user_hangup', 'them'), endedAt: new Date(2026, 0, 2, 14, 5).getTime() });
    await settle();
    expect(textOf(region())).toMatch(/Ended.*You missed a call from Ben\. 2:05/);
    expect(queryByRole('button', 'Call back', region())).not.toBeNull();

    await press('Close: call with Ben');
    expect(queryByRole('region', 'Call with Ben')).toBeNull();
  });
});

describe('the controls of a call', () => {
  it('are those that work now, in this order', async () => {
    const { engine } = await inCall({ state: { name: 'inviting' }, canShareScreen: false });
    const names = () => allByRole('button', undefined, byRole('group', 'Call controls')).map(nameOf);
    expect(names()).toEqual(['Mute microphone', 'Camera', 'Hang up']);
    engine.show(callWith('ben', { connectedAt: 1, peerTakesDigits: true }));
    await settle();
    expect(names()).toEqual(['Mute microphone', 'Camera', 'Share screen', 'Keypad', 'Hold', 'More', 'Hang up']);
  });

  it('offer no camera where the far end could not take a picture', async () => {
    await inCall({ canUseCamera: false });
    expect(queryByRole('button', 'Camera')).toBeNull();
  });

  it('say by aria-pressed what holds, and ask the engine for the opposite', async () => {
    const { engine } = await inCall({ microphoneMuted: true, cameraOn: false });
    expect(byRole('button', 'Mute microphone').getAttribute('aria-pressed')).toBe('true');
    expect(byRole('button', 'Camera').getAttribute('aria-pressed')).toBe('false');

    await press('Mute microphone');
    await press('Camera');
    await press('Hang up');
    expect(engine.controls.setMicrophoneMuted).toHaveBeenCalledWith(expect.anything(), false);
    expect(engine.controls.setCameraOn).toHaveBeenCalledWith(expect.anything(), true);
    expect(engine.controls.hangUp).toHaveBeenCalledOnce();
  });

  it('mark the click that placed the call, once', async () => {
    await openApp();
    await press('Call Ben');
    await press('Call Ben');
    const marks = performance.getEntriesByName('call:clicked') as PerformanceMark[];
    expect(marks.map((mark) => mark.detail as unknown)).toEqual([{ callId: 'call-nobody' }]);
  });
});

describe('what one sees and hears', () => {
  it('counts the time since media flowed, and stops with the call', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
    const start = Date.now();
    const { engine } = await inCall({ connectedAt: start });
    await vi.advanceTimersByTimeAsync(61_000);
    await settle();
    expect(textOf(byRole('timer'))).toBe('1:01');

    engine.show(callWith('ben', { connectedAt: start, endedAt: start + 62_000, state: ended('user_hangup', 'us') }));
    await vi.advanceTimersByTimeAsync(5000);
    await settle();
    expect(textOf(byRole('timer'))).toBe('1:02');
    vi.useRealTimers();
  });

  it('plays the far end by one element that outlives every change of view', async () => {
    const remoteStream = new MediaStream();
    await inCall({ remoteStream });
    const audio = document.querySelector('audio');
    expect(audio?.srcObject).toBe(remoteStream);
    expect(audio?.autoplay).toBe(true);

    await press('Settings');
    expect(document.querySelector('audio')).toBe(audio);
    await press('Return to call');
    expect(document.querySelector('audio')).toBe(audio);
  });

  it('plays each person as loud as wanted, in this call and the next', async () => {
    const { engine } = await inCall({ connectedAt: 1, remoteStream: new MediaStream() });
    await press('More');
    const slider = document.querySelector<HTMLInputElement>('input[type=range]') ?? document.createElement('input');
    expect(nameOf(slider)).toBe('Volume of Ben');
    expect([slider.min, slider.max, slider.value]).toEqual(['0', '2', '1']);
    await type(slider, '0.4');
    expect(slider.getAttribute('aria-valuetext')).toBe('40%');
    expect(document.querySelector('audio')?.volume).toBe(0.4);

    engine.show(callWith('clara', { remoteStream: new MediaStream() }));
    await settle();
    expect(document.querySelector('audio')?.volume).toBe(1);
    engine.show(callWith('ben', { remoteStream: new MediaStream() }));
    await settle();
    expect(document.querySelector('audio')?.volume).toBe(0.4);
  });

  it('never wraps a stream in a proxy', async () => {
    const remoteStream = new MediaStream();
    await inCall({ remoteStream });
    expect(isProxy(useCalls().opened?.remoteStream)).toBe(false);
    expect(useCalls().opened?.remoteStream).toBe(remoteStream);
  });

  it('shows the far picture without its sound, and the own one mirrored in a corner', async () => {
    const [localStream, remoteStream] = [new MediaStream(), new MediaStream()];
    await inCall({ kind: 'video', cameraOn: true, peerCameraOn: true, localStream, remoteStream });
    const videos = [...region().querySelectorAll('video')];
    expect(videos.map((video) => video.srcObject)).toEqual([remoteStream, localStream]);
    expect(videos.map((video) => video.muted)).toEqual([true, true]);
    expect(videos.map((video) => video.classList.contains('mirrored'))).toEqual([false, true]);
  });

  it('moves the own picture from corner to corner by click and by key', async () => {
    await inCall({ kind: 'video', cameraOn: true, localStream: new MediaStream() });
    const own = byRole('button', 'Move your picture to the next corner');
    expect(own.className).toContain('bottom-right');
    await click(own);
    expect(own.className).toContain('bottom-left');
    own.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', bubbles: true }));
    await settle();
    expect(own.className).toContain('top-left');
  });

  it('says in words that the other is muted, and that their camera is off', async () => {
    await inCall({ kind: 'video', peerMuted: true });
    expect(textOf(region())).toContain('Ben is muted');
    expect(textOf(region())).toContain('Ben’s camera is off');
  });

  it.each<{ notice: CallNotice; words: RegExp }>([
    {
      notice: { about: 'microphone', problem: 'none' },
      words: /Ben does not hear you: your microphone is gone.*Plug one in/,
    },
    {
      notice: { about: 'microphone', problem: 'denied' },
      words: /may not use the microphone\..*allow the microphone for Carillon/,
    },
    { notice: { about: 'microphone', problem: 'busy' }, words: /microphone is in use\. Close the other program/ },
    { notice: { about: 'microphone', problem: 'failed' }, words: /microphone does not work\. Unplug it/ },
    { notice: { about: 'camera', problem: 'none' }, words: /No camera found\. Plug one in, then press Camera/ },
    {
      notice: { about: 'camera', problem: 'denied' },
      words: /may not use the camera\..*allow the camera for Carillon/,
    },
    { notice: { about: 'camera', problem: 'busy' }, words: /camera is in use\. Close the other program/ },
    { notice: { about: 'camera', problem: 'failed' }, words: /camera does not work\. Unplug it/ },
    { notice: { about: 'signalling', problem: 'forbidden' }, words: /not allowed to call.*Ask Ben/ },
    { notice: { about: 'signalling', problem: 'gaveUp' }, words: /server could not be reached\. Check/ },
  ])('explains $notice.about $notice.problem with the way out', async ({ notice, words }) => {
    await inCall({ notice });
    expect(textOf(byRole('alert', undefined, region()))).toMatch(words);
  });
});

describe('a call beside other views', () => {
  it('goes on in a bar with its state, mute and hang up, and is opened again from there', async () => {
    const { engine } = await inCall({ connectedAt: 1 });
    await press('Settings');
    expect(status()).toBe('Connected');
    expect(queryByRole('timer', undefined, region())).not.toBeNull();

    await press('Mute microphone');
    await press('Hang up');
    expect(engine.controls.setMicrophoneMuted).toHaveBeenCalledOnce();
    expect(engine.controls.hangUp).toHaveBeenCalledOnce();

    await press('Return to call');
    expect(queryByRole('group', 'Call controls', region())).not.toBeNull();
  });

  it('gives way to a person who was chosen from the list', async () => {
    const { engine } = await openApp({ people: [person('ben'), person('clara')] });
    engine.show(callWith('ben'));
    await settle();
    await click(
      allByRole('button').find((button) => button.matches('[data-row]') && nameOf(button).startsWith('Clara')) ??
        document.body,
    );
    expect(queryByRole('region', 'Clara')).not.toBeNull();
    expect(queryByRole('button', 'Return to call', region())).not.toBeNull();
  });

  it('can fill the window with its picture, and share it again', async () => {
    await inCall({ kind: 'video' });
    await press('Fill the window');
    expect(queryByRole('navigation', 'Main')).toBeNull();
    await press('Show people beside the call');
    expect(queryByRole('navigation', 'Main')).not.toBeNull();
  });

  it('takes the pane when it begins, wherever it was begun', async () => {
    const { engine } = await openApp();
    await press('Settings');
    engine.show(ringingFrom('ben'));
    engine.show(ringingFrom('ben', { state: { name: 'answering' } }));
    await settle();
    expect(queryByRole('group', 'Call controls', region())).not.toBeNull();
  });
});
