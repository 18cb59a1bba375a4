import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ScreenSources } from '../../preload/contract/screens';
import type { CallView } from '../../renderer/call/call-view';
import { callWith } from './support/fixtures';
import { click, openApp, press, settle } from './support/open-app';
import { allByRole, byRole, nameOf, queryByRole, textOf } from './support/roles';

const region = () => byRole('region', 'Call with Ben');
const picker = () => queryByRole('dialog');

const offer: ScreenSources = {
  kind: 'ours',
  systemAudio: false,
  sources: [
    { id: 'screen:1:0', name: 'Entire screen', kind: 'screen', picture: 'data:image/png;base64,', icon: null },
    { id: 'window:7:0', name: 'Letter', kind: 'window', picture: null, icon: null },
  ],
};

const screen = new MediaStream();
const getDisplayMedia = vi.fn<(options: DisplayMediaStreamOptions) => Promise<MediaStream>>();
const refused = (name: string) => getDisplayMedia.mockRejectedValueOnce(new DOMException('', name));

beforeEach(() => {
  getDisplayMedia.mockReset().mockImplementation(() => Promise.resolve(screen));
  Object.assign(navigator, { mediaDevices: { getDisplayMedia } });
});

async function inCall(over: Partial<CallView> = {}, sources: ScreenSources = offer) {
  const app = await openApp();
  app.answers['screen:sources'] = () => sources;
  app.answers['screen:choose'] = () => null;
  app.engine.show(callWith('ben', { connectedAt: 1, ...over }));
  await settle();
  return app;
}

describe('sharing the screen', () => {
  it('asks what, with a picture of each, and hands the choice to the call', async () => {
    const app = await inCall();
    const button = byRole('button', 'Share screen');
    expect(button.getAttribute('aria-pressed')).toBe('false');
    await click(button);
    expect(allByRole('radio', undefined, picker() ?? region()).map(nameOf)).toEqual(['Entire screen', 'Letter']);
    await click(byRole('radio', 'Letter'));
    await press('Share');

    expect(picker()).toBeNull();
    expect(app.asked('screen:choose')).toEqual([{ id: 'window:7:0', systemAudio: false }]);
    expect(getDisplayMedia.mock.calls[0]?.[0].audio).toBe(false);
    expect(app.engine.controls.shareScreen.mock.calls[0]?.[1]).toBe(screen);
  });

  it('shares nothing when the picker is left', async () => {
    const app = await inCall();
    await press('Share screen');
    await press('Cancel');
    expect(picker()).toBeNull();
    expect(app.asked('screen:choose')).toEqual([]);
    expect(getDisplayMedia).not.toHaveBeenCalled();
  });

  it('offers the sound of the computer where it can be had', async () => {
    const app = await inCall({}, { ...offer, systemAudio: true });
    await press('Share screen');
    expect(textOf(picker())).not.toContain('this system keeps the sound');
    await click(byRole('switch', 'Share system audio'));
    await press('Share');
    expect(app.asked('screen:choose')).toEqual([{ id: 'screen:1:0', systemAudio: true }]);
    expect(getDisplayMedia.mock.calls[0]?.[0].audio).toMatchObject({ echoCancellation: false, restrictOwnAudio: true });
  });

  it('says where it cannot be had', async () => {
    await inCall();
    await press('Share screen');
    expect(queryByRole('switch', 'Share system audio')).toBeNull();
    expect(textOf(picker())).toContain('this system keeps the sound of other programs to itself');
  });

  it('leaves the question to a desktop that asks by itself, and says nothing when that is refused', async () => {
    const app = await inCall({}, { kind: 'system' });
    refused('NotAllowedError');
    await press('Share screen');
    expect(picker()).toBeNull();
    expect(app.asked('screen:choose')).toEqual([{ id: null, systemAudio: false }]);
    expect(queryByRole('alert')).toBeNull();
    await press('Share screen');
    expect(app.engine.controls.shareScreen).toHaveBeenCalledOnce();
  });

  it.each<{ sources: ScreenSources; words: RegExp }>([
    { sources: { kind: 'denied' }, words: /may not see your screen\. Allow it.*then press Share/ },
    { sources: { ...offer, sources: [] }, words: /No screen or window to share was found/ },
  ])('says why there is nothing to choose: $words', async ({ sources, words }) => {
    await inCall({}, sources);
    await press('Share screen');
    expect(picker()).toBeNull();
    expect(textOf(byRole('alert', undefined, region()))).toMatch(words);
  });

  it.each([
    { name: 'NotAllowedError', words: /may not see your screen/ },
    { name: 'NotReadableError', words: /could not be captured; perhaps it was closed/ },
    { name: 'InvalidStateError', words: /could not be shared\. Press Share/ },
  ])('$name of what was chosen is explained, until the next try', async ({ name, words }) => {
    const { engine } = await inCall();
    refused(name);
    await press('Share screen');
    await press('Share');
    expect(textOf(byRole('alert', undefined, region()))).toMatch(words);
    expect(engine.controls.shareScreen).not.toHaveBeenCalled();
    await press('Share screen');
    expect(queryByRole('alert', undefined, region())).toBeNull();
  });

  it('is not offered where the far end could not see it', async () => {
    await inCall({ canShareScreen: false });
    expect(queryByRole('button', 'Share screen')).toBeNull();
  });

  it('ends its question with the call', async () => {
    const { engine } = await inCall();
    await press('Share screen');
    engine.show(callWith('ben', { state: { name: 'ended', reason: 'user_hangup', by: 'them' }, connectedAt: 1 }));
    await settle();
    expect(picker()).toBeNull();
  });
});

describe('while a screen is shared', () => {
  it('says so all the time, and stops by either button', async () => {
    const { engine } = await inCall({ localScreen: new MediaStream() });
    expect(textOf(region())).toContain('You are sharing your screen with Ben');
    const button = byRole('button', 'Share screen');
    expect(button.getAttribute('aria-pressed')).toBe('true');
    await click(button);
    await press('Stop sharing');
    expect(engine.controls.stopSharing).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['Letter', 'You are sharing a window with Ben: Letter'],
    ['Entire screen', 'You are sharing a whole screen with Ben: Entire screen'],
  ])('says what: %s', async (source, words) => {
    const { engine } = await inCall();
    await press('Share screen');
    await click(byRole('radio', source));
    await press('Share');
    engine.show(callWith('ben', { connectedAt: 1, localScreen: screen }));
    await settle();
    expect(textOf(region())).toContain(words);
    await press('Settings');
    expect(textOf(region())).toContain(words);
  });

  it('can be stopped from the tray', async () => {
    const { engine, tell } = await inCall({ localScreen: new MediaStream() });
    const { account, roomId, callId } = callWith('ben');
    tell('call:action', { account, roomId, callId, action: 'stopSharing' });
    expect(engine.controls.stopSharing).toHaveBeenCalledOnce();
  });

  it('can be stopped from the bar of a call in the background', async () => {
    const { engine } = await inCall({ localScreen: new MediaStream() });
    await press('Settings');
    await press('Stop sharing');
    expect(engine.controls.stopSharing).toHaveBeenCalledOnce();
  });

  it('the far end’s screen is large, the person small beside it, and the sound of both is played', async () => {
    const [remoteStream, remoteScreen] = [new MediaStream(), new MediaStream()];
    await inCall({ remoteStream, remoteScreen, peerCameraOn: true });
    const videos = [...region().querySelectorAll('video')];
    expect(videos.map(({ srcObject }) => srcObject)).toEqual([remoteScreen, remoteStream]);
    expect(videos.map((video) => video.closest('.beside') !== null)).toEqual([false, true]);
    expect(textOf(region())).toContain('Ben is sharing a screen');
    expect([...document.querySelectorAll('audio')].map(({ srcObject }) => srcObject)).toEqual([
      remoteStream,
      remoteScreen,
    ]);
  });
});
