import { afterEach, describe, expect, it, vi } from 'vitest';
import { defaultSettings } from '../../preload/contract/default-settings';
import type { CallView } from '../../renderer/call/call-view';
import { all, box, cam, desk, head, info, plugInto } from './support/fake-computer';
import { callWith, snapshot } from './support/fixtures';
import { openApp, press, settle } from './support/open-app';
import { allByRole, byRole, nameOf, queryByRole, textOf } from './support/roles';

const region = () => byRole('region', 'Call with Ben');
const assertive = () => textOf(document.querySelector('[aria-live="assertive"]'));
const remembered = ({ deviceId, label }: typeof desk) => ({ id: deviceId, label });

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

async function inCall(over: Partial<CallView> = {}) {
  const { settings } = snapshot();
  const microphone = { followSystem: false, order: [head, desk].map(remembered) };
  const app = await openApp({ settings: { ...settings, devices: { ...defaultSettings.devices, microphone } } });
  app.answers['devices:offer'] = () => null;
  const computer = await plugInto(...all);
  const call = callWith('ben', { connectedAt: 1, ...over });
  app.engine.show(call);
  await settle();
  return { app, computer, call };
}

describe('devices in a call', () => {
  it('are exchanged from its menu', async () => {
    const { app } = await inCall();
    await press('More');
    expect(allByRole('combobox').map(nameOf)).toEqual(['Microphone', 'Speaker', 'Camera']);
    const speaker = byRole('combobox', 'Speaker') as HTMLSelectElement;
    speaker.value = 'box';
    speaker.dispatchEvent(new Event('change', { bubbles: true }));
    await settle();
    expect(app.asked('settings:change').at(-1)?.devices?.speaker).toEqual({
      followSystem: false,
      order: [remembered(box)],
    });
  });

  it('without a picture leave the camera out', async () => {
    await inCall({ canUseCamera: false });
    await press('More');
    expect(allByRole('combobox').map(nameOf)).toEqual(['Microphone', 'Speaker']);
  });

  it('unplugged: says at once what is heard now, for a while; and again when it is back', async () => {
    const { computer } = await inCall();
    await computer.plug(desk, box, cam);
    expect(textOf(region())).toContain('Your microphone is now: Desk microphone');
    expect(assertive()).toContain('Your microphone is now: Desk microphone');
    await computer.plug(...all);
    expect(textOf(region())).toContain('Your microphone is now: Headset');
  });

  it('the news goes again', async () => {
    const { computer } = await inCall();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await computer.plug(desk, box, cam);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(textOf(region())).not.toContain('Your microphone is now');
  });

  it('that nobody uses now are no news', async () => {
    const { app, computer, call } = await inCall();
    await computer.plug(desk, head, box, info('videoinput', 'other', 'Other camera'));
    expect(textOf(region())).not.toContain('is now');
    app.engine.show({ ...call, state: { name: 'ended', reason: 'user_hangup', by: 'us' } });
    await settle();
    const before = assertive();
    await computer.plug(desk);
    expect(assertive()).toBe(before);
  });

  it('chosen by hand are no news', async () => {
    await inCall();
    await press('More');
    const microphone = byRole('combobox', 'Microphone') as HTMLSelectElement;
    microphone.value = 'desk';
    microphone.dispatchEvent(new Event('change', { bubbles: true }));
    await settle();
    expect(textOf(region())).not.toContain('is now');
  });

  it('a call in the background that lost its microphone says so, there and aloud', async () => {
    const { app, call } = await inCall();
    await press('Settings');
    app.engine.show({ ...call, notice: { about: 'microphone', problem: 'none' } });
    await settle();
    expect(textOf(region())).toContain('Ben does not hear you: your microphone is gone');
    expect(assertive()).toContain('Ben does not hear you');
  });

  it('denied: the way to the system’s page, where there is one', async () => {
    vi.spyOn(navigator, 'userAgent', 'get').mockReturnValue('Mozilla/5.0 (Windows NT 10.0; Win64; x64)');
    const { app } = await inCall({ notice: { about: 'camera', problem: 'denied' } });
    app.answers['devices:openPrivacy'] = () => true;
    expect(textOf(byRole('alert', undefined, region()))).toContain('Settings under Privacy & security, Camera');
    await press('Open privacy settings');
    expect(app.asked('devices:openPrivacy')).toEqual(['camera']);
    app.engine.show(callWith('ben', { notice: { about: 'camera', problem: 'busy' } }));
    await settle();
    expect(queryByRole('button', 'Open privacy settings')).toBeNull();
  });
});

describe('sound of a call', () => {
  it('comes out of the speaker that is preferred, and of the next when that is gone', async () => {
    const sinks = new Map<string, string>();
    Object.assign(HTMLMediaElement.prototype, {
      setSinkId(this: HTMLMediaElement, id: string) {
        sinks.set(this.tagName, id);
        return Promise.resolve();
      },
    });
    const { app, computer } = await inCall({ remoteStream: new MediaStream() });
    await press('More');
    const speaker = byRole('combobox', 'Speaker') as HTMLSelectElement;
    speaker.value = 'box';
    speaker.dispatchEvent(new Event('change', { bubbles: true }));
    await settle();
    expect(app.asked('settings:change')).toHaveLength(1);
    expect(sinks.get('AUDIO')).toBe('box');
    await computer.plug(desk, head, cam);
    expect(sinks.get('AUDIO')).toBe('');
    await computer.plug(...all);
    expect(sinks.get('AUDIO')).toBe('box');
  });
});
