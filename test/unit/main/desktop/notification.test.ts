import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { messagesFor } from '../../../../main/desktop/messages';
import { missedNotification, type NotificationEnv, ringingNotification } from '../../../../main/desktop/notification';
import { ben, call } from '../call-facts';

interface Shown extends EventEmitter {
  readonly options: { readonly title: string; readonly body: string; readonly actions?: readonly { text: string }[] };
  readonly show: ReturnType<typeof vi.fn>;
  readonly close: ReturnType<typeof vi.fn>;
}
const desktop = vi.hoisted(() => ({ supported: true, shown: [] as unknown[] }));
vi.mock('electron', () => ({
  Notification: class extends EventEmitter {
    static isSupported = () => desktop.supported;
    show = vi.fn();
    close = vi.fn();
    readonly options: unknown;
    constructor(options: unknown) {
      super();
      this.options = options;
      desktop.shown.push(this);
    }
  },
}));

const ringing = { ...call, caller: ben, kind: 'video', silenced: false } as const;
const act = vi.fn();
const openWindow = vi.fn();
const env = (facts: Partial<NotificationEnv> = {}): NotificationEnv => ({
  platform: 'linux',
  messages: () => messagesFor('en', ''),
  nameOf: () => 'Ben',
  accountName: () => null,
  act,
  openWindow,
  icon: 'icon.png',
  ...facts,
});
const only = (): Shown => {
  expect(desktop.shown).toHaveLength(1);
  return desktop.shown[0] as Shown;
};

beforeEach(() => {
  vi.clearAllMocks();
  desktop.supported = true;
  desktop.shown = [];
});

describe('the notification of a ringing call', () => {
  it('names the caller, opens the window, and goes when ringing ends', () => {
    const lower = ringingNotification(env())(ringing);
    expect(only().options).toMatchObject({ title: 'Incoming video call from Ben', body: '' });
    expect(only().show).toHaveBeenCalledOnce();
    only().emit('click');
    expect(openWindow).toHaveBeenCalledOnce();
    expect(only().close).not.toHaveBeenCalled();
    lower();
    expect(only().close).toHaveBeenCalledOnce();
  });

  it('says which account is called when there are several', () => {
    ringingNotification(env({ accountName: () => '@anna:example.org' }))(ringing);
    expect(only().options.body).toBe('To @anna:example.org');
  });

  it.each(['darwin', 'win32'] as const)('has buttons on %s that do what they say', (platform) => {
    ringingNotification(env({ platform }))(ringing);
    const labels = only().options.actions?.map(({ text }) => text);
    expect(labels).toEqual(['Answer', 'Answer with video', 'Decline']);
    for (const actionIndex of [0, 1, 2, 3]) only().emit('action', { actionIndex });
    expect(act.mock.calls).toEqual([
      [ringing, 'answer'],
      [ringing, 'answerWithVideo'],
      [ringing, 'decline'],
    ]);
  });

  it('offers no video to a voice call, and no buttons where there are none', () => {
    ringingNotification(env({ platform: 'win32' }))({ ...ringing, kind: 'voice' });
    expect(only().options).toMatchObject({ title: 'Incoming call from Ben' });
    expect(only().options.actions?.map(({ text }) => text)).toEqual(['Answer', 'Decline']);
    desktop.shown = [];
    ringingNotification(env())(ringing);
    expect(only().options.actions).toEqual([]);
  });

  it('can do without', () => {
    desktop.supported = false;
    ringingNotification(env())(ringing)();
    missedNotification(env())(ringing, vi.fn());
    expect(desktop.shown).toEqual([]);
  });
});

describe('the notification of a missed call', () => {
  it('names the caller and leads to the call', () => {
    const clicked = vi.fn();
    missedNotification(env())(ringing, clicked);
    expect(only().options).toMatchObject({ title: 'Missed video call', body: 'Ben tried to call you.' });
    expect(only().show).toHaveBeenCalledOnce();
    only().emit('click');
    expect(clicked).toHaveBeenCalledOnce();
  });
});
