import { describe, expect, it, vi } from 'vitest';
import { defaultSettings } from '../../preload/contract/default-settings';
import type { DevicePreferences } from '../../preload/contract/devices';
import { all, box, cam, desk, type FakeComputer, head, info, plugInto } from './support/fake-computer';
import { snapshot } from './support/fixtures';
import { openApp, type OpenApp, press, settle, click } from './support/open-app';
import { allByRole, byRole, nameOf, queryByRole, textOf } from './support/roles';

const select = (name: string) => byRole('combobox', name) as HTMLSelectElement;
const options = (name: string) => [...select(name).options].map(({ text }) => text);
const shown = (name: string) => select(name).selectedOptions[0]?.text;
const remembered = ({ deviceId, label }: typeof desk) => ({ id: deviceId, label });
const page = () => textOf(byRole('main'));

async function choose(name: string, label: string): Promise<void> {
  const list = select(name);
  list.value = [...list.options].find(({ text }) => text === label)?.value ?? 'no such option';
  list.dispatchEvent(new Event('change', { bubbles: true }));
  await settle();
}

async function openPage(
  plugged: readonly ReturnType<typeof info>[] = all,
  preferences: Partial<DevicePreferences> = {},
): Promise<{ app: OpenApp; computer: FakeComputer }> {
  const { settings } = snapshot();
  const app = await openApp({
    settings: { ...settings, devices: { ...defaultSettings.devices, ...preferences } },
  });
  app.answers['devices:offer'] = () => null;
  const computer = await plugInto(...plugged);
  await press('Settings');
  await press('Audio and video');
  return { app, computer };
}

describe('the choice of devices', () => {
  it('offers for each role what is there, after the system’s, and opens nothing', async () => {
    const { computer } = await openPage();
    expect(allByRole('combobox').map(nameOf)).toEqual(['Microphone', 'Speaker', 'Ringer', 'Camera']);
    expect(options('Microphone')).toEqual(['System default (Desk microphone)', 'Desk microphone', 'Headset']);
    expect(options('Ringer')).toEqual(['System default (Loudspeakers)', 'Loudspeakers']);
    expect(shown('Camera')).toBe('System default (Camera)');
    expect(computer.opened).toEqual([]);
  });

  it('puts what is chosen first, keeps what was chosen before, and goes back to the system’s', async () => {
    const { app } = await openPage();
    await choose('Microphone', 'Desk microphone');
    await choose('Microphone', 'Headset');
    expect(app.asked('settings:change').at(-1)?.devices?.microphone).toEqual({
      followSystem: false,
      order: [remembered(head), remembered(desk)],
    });
    await choose('Microphone', 'System default (Desk microphone)');
    expect(app.asked('settings:change').at(-1)?.devices?.microphone.followSystem).toBe(true);
    expect(queryByRole('button', 'Move Headset up')).toBeNull();
  });

  it('says what is taken while the wanted one is not there, and takes it back when it is', async () => {
    const { computer } = await openPage(all, {
      microphone: { followSystem: false, order: [remembered(head), remembered(desk)] },
    });
    expect(page()).not.toContain('not connected');
    await computer.plug(desk, box, cam);
    expect(shown('Microphone')).toBe('Headset (not connected)');
    expect(page()).toContain('Headset is not connected. Until it is back, Carillon uses: Desk microphone.');
    await computer.plug(desk, box, cam, info('audioinput', 'another port', 'Headset'));
    expect(shown('Microphone')).toBe('Headset');
    expect(page()).not.toContain('Until it is back');
  });

  it('names those that have no name, and tells twins apart', async () => {
    await openPage([info('audioinput', 'a', ''), info('audioinput', 'b', 'USB'), info('audioinput', 'c', 'USB')]);
    expect(options('Microphone')).toEqual(['System default', 'Microphone 1', 'USB', 'USB (2)']);
  });

  it('of fifty microphones offers fifty; of none the system’s', async () => {
    const { computer } = await openPage(
      Array.from({ length: 50 }, (_, index) => info('audioinput', String(index), `Mic ${String(index)}`)),
    );
    expect(options('Microphone')).toHaveLength(51);
    await computer.plug();
    expect(options('Microphone')).toEqual(['System default']);
  });

  it('tells main what the tray may offer, and what is taken', async () => {
    const { app, computer } = await openPage();
    await choose('Microphone', 'Headset');
    expect(app.asked('devices:offer').at(-1)).toEqual({
      microphone: { devices: [remembered(desk), remembered(head)], used: 'head' },
      speaker: { devices: [remembered(box)], used: null },
    });
    await computer.plug(desk);
    expect(app.asked('devices:offer').at(-1)).toMatchObject({ microphone: { used: null }, speaker: { devices: [] } });
  });
});

describe('the order of choice', () => {
  const three = [desk, head, info('audioinput', 'old', 'Old one')].map(remembered);
  const names = () => [...byRole('main').querySelectorAll('ol bdi')].map((element) => element.textContent);

  it('is moved by buttons, keeps the focus and says the place', async () => {
    const { app } = await openPage(all, { microphone: { followSystem: false, order: three } });
    expect(names()).toEqual(['Desk microphone', 'Headset', 'Old one']);
    const button = byRole('button', 'Move Old one up');
    button.focus();
    await click(button);
    expect(names()).toEqual(['Desk microphone', 'Old one', 'Headset']);
    expect(document.activeElement).toBe(byRole('button', 'Move Old one up'));
    expect(textOf(document.body)).toContain('Old one: place 2 of 3');
    expect(app.asked('settings:change').at(-1)?.devices?.microphone.order).toEqual([three[0], three[2], three[1]]);
  });

  it('has ends', async () => {
    const { app } = await openPage(all, { microphone: { followSystem: false, order: three } });
    await press('Move Desk microphone up');
    await press('Move Old one down');
    expect(app.asked('settings:change')).toEqual([]);
  });

  it('forgets what will not come back', async () => {
    const { app } = await openPage(all, { microphone: { followSystem: false, order: three } });
    expect(page()).toMatch(/Old one\s*Not connected/);
    await press('Remove Old one from the order');
    expect(app.asked('settings:change').at(-1)?.devices?.microphone.order).toEqual(three.slice(0, 2));
  });
});

describe('the test of the microphone', () => {
  it('captures from its button to its button, and moves a meter', async () => {
    const { computer } = await openPage();
    await press('Test');
    expect(computer.live()).toEqual(['audio']);
    await vi.waitFor(
      () => expect(byRole('meter', 'Microphone level').getAttribute('aria-valuenow')).toBe('90'),
      10_000,
    );
    await press('Stop');
    expect([computer.live(), queryByRole('meter')]).toEqual([[], null]);
  });

  it('ends with the page, and when the window is hidden', async () => {
    const { computer } = await openPage();
    await press('Test');
    await press('Calls');
    expect(computer.live()).toEqual([]);
    await press('Audio and video');
    await press('Test');
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    document.dispatchEvent(new Event('visibilitychange'));
    await settle();
    vi.restoreAllMocks();
    expect(computer.live()).toEqual([]);
  });

  it('follows the choice, the plug and the switches while it goes on', async () => {
    const { computer } = await openPage();
    await press('Test');
    await choose('Microphone', 'Headset');
    expect(computer.live()).toEqual(['head']);
    await computer.plug(desk, box, cam);
    expect(computer.live()).toEqual(['audio']);
    await computer.plug(...all);
    expect(computer.live()).toEqual(['head']);
    await click(byRole('switch', 'Noise suppression'));
    expect(computer.live()).toEqual(['head']);
    expect(computer.constraints.at(-1)?.audio).toMatchObject({ noiseSuppression: false, echoCancellation: true });
    computer.opened.at(-1)?.unplug();
    await settle();
    expect(computer.live()).toEqual(['head']);
  });

  it.each([
    ['NotFoundError', 'No microphone was found. Plug one in, then press Test.'],
    ['NotReadableError', 'in use by another program. Close that program, or choose another microphone.'],
    ['NotAllowedError', 'may not use the microphone. Your system keeps it from Carillon.'],
    ['TypeError', 'does not work. Unplug it and plug it in again'],
  ])('%s is explained with the way out', async (exception, words) => {
    const { computer } = await openPage();
    computer.failing.audio = exception;
    await press('Test');
    expect(textOf(byRole('alert'))).toContain(words);
    expect(queryByRole('meter')).toBeNull();
    delete computer.failing.audio;
    await press('Test');
    expect([queryByRole('alert'), computer.live()]).toEqual([null, ['audio']]);
  });

  it('leads to the system’s page where it has one', async () => {
    vi.spyOn(navigator, 'userAgent', 'get').mockReturnValue('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)');
    const { app, computer } = await openPage();
    app.answers['devices:openPrivacy'] = () => true;
    computer.failing.audio = 'NotAllowedError';
    await press('Test');
    expect(textOf(byRole('alert'))).toContain('System Settings under Privacy & Security, Microphone');
    await press('Open privacy settings');
    expect(app.asked('devices:openPrivacy')).toEqual(['microphone']);
    vi.restoreAllMocks();
  });
});

describe('hearing oneself', () => {
  class FakeRecorder {
    static latest: FakeRecorder | null = null;
    state = 'inactive';
    mimeType = 'audio/webm';
    ondataavailable: ((event: { data: Blob }) => void) | null = null;
    onstop: (() => void) | null = null;
    constructor() {
      FakeRecorder.latest = this;
    }
    start(): void {
      this.state = 'recording';
    }
    stop(): void {
      this.state = 'inactive';
      this.ondataavailable?.({ data: new Blob(['sound']) });
      this.onstop?.();
    }
  }
  const playing: { url: string; sink: string; onended: () => void; paused: boolean }[] = [];
  class FakeAudio {
    readonly url: string;
    sink = '';
    paused = false;
    onended = (): void => undefined;
    constructor(url: string) {
      this.url = url;
      playing.push(this);
    }
    setSinkId = (id: string): Promise<void> => {
      this.sink = id;
      return Promise.resolve();
    };
    play = (): Promise<void> => Promise.resolve();
    pause(): void {
      this.paused = true;
    }
  }

  async function openWithRecorder() {
    const opened = await openPage(all, { speaker: { followSystem: false, order: [remembered(box)] } });
    playing.length = 0;
    vi.stubGlobal('MediaRecorder', FakeRecorder);
    vi.stubGlobal('Audio', FakeAudio);
    return opened;
  }

  it('records, closes the microphone and plays on the speaker of calls', async () => {
    const { computer } = await openWithRecorder();
    await press('Record');
    expect(computer.live()).toEqual(['audio']);
    expect(byRole('main').textContent).toContain('Recording. Speak now.');
    await press('Stop and play');
    // Not at once: of a moment of sound nothing could be played.
    await vi.waitFor(() => expect([computer.live(), playing.map(({ sink }) => sink)]).toEqual([[], ['box']]), 10_000);
    playing[0]?.onended();
    await settle();
    expect(queryByRole('button', 'Record')).not.toBeNull();
  });

  it('ends with the page', async () => {
    const { computer } = await openWithRecorder();
    await press('Record');
    await press('Calls');
    expect([computer.live(), playing]).toEqual([[], []]);
  });

  it('says so where nothing can be recorded', async () => {
    await openWithRecorder();
    vi.stubGlobal('MediaRecorder', undefined);
    await press('Record');
    expect(textOf(byRole('alert'))).toContain('could not be recorded');
  });
});

describe('speaker, ringer and camera', () => {
  it('sound on their own device', async () => {
    const { computer } = await openPage([...all, info('audiooutput', 'head out', 'Headset')]);
    await choose('Speaker', 'Headset');
    await press('Play tone');
    await press('Ring once');
    expect(computer.sounding).toEqual([
      { sinkId: 'head out', started: 1 },
      { sinkId: '', started: 1 },
    ]);
    await choose('Ringer', 'Loudspeakers');
    expect(computer.sounding[1]?.sinkId).toBe('box');
    await computer.plug(...all);
    expect(computer.sounding[0]?.sinkId).toBe('');
  });

  it('say when the device does not play', async () => {
    const { computer } = await openPage();
    computer.deaf.add('box');
    await choose('Speaker', 'Loudspeakers');
    await press('Play tone');
    expect(textOf(byRole('alert'))).toContain('This device does not play.');
    expect(computer.sounding.at(-1)?.sinkId).toBe('');
  });

  it('show what the camera sees until told otherwise, and why it does not', async () => {
    const { computer } = await openPage();
    await press('Show preview');
    expect([computer.live(), document.querySelectorAll('video').length]).toEqual([['video'], 1]);
    await press('Hide preview');
    expect([computer.live(), document.querySelectorAll('video').length]).toEqual([[], 0]);
    computer.failing.video = 'NotReadableError';
    await press('Show preview');
    expect(textOf(byRole('alert'))).toContain('The camera is in use by another program.');
  });
});
