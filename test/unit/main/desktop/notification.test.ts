import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { messagesFor } from '../../../../main/desktop/messages';
import { lastingNotifications, type NotificationEnv, ringingNotification } from '../../../../main/desktop/notification';
import { defaultSettings } from '../../../../preload/contract/default-settings';
import type { Notifications } from '../../../../preload/contract/ringing-settings';
import { ben, call, cleo } from '../call-facts';

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
let wanted: Notifications;
const lost = { ...call, peer: ben };
const lostActions = { open: vi.fn(), callAgain: vi.fn() };
const missedActions = { open: vi.fn(), callBack: vi.fn() };
const openWindow = vi.fn();
const env = (facts: Partial<NotificationEnv> = {}): NotificationEnv => ({
  platform: 'linux',
  messages: () => messagesFor('en', ''),
  nameOf: () => 'Ben',
  accountName: () => null,
  wanted: () => wanted,
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
  wanted = defaultSettings.notifications;
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
    lastingNotifications(env()).missed(ringing, missedActions);
    lastingNotifications(env()).lost(lost, 'connection', lostActions);
    lastingNotifications(env()).answeredByItself(ringing);
    expect(desktop.shown).toEqual([]);
  });
});

describe('the notification of a missed call', () => {
  it('names the caller and leads to the call', () => {
    lastingNotifications(env()).missed(ringing, missedActions);
    expect(only().options).toMatchObject({ title: 'Missed video call', body: 'Ben tried to call you.' });
    expect(only().show).toHaveBeenCalledOnce();
    only().emit('click');
    expect(missedActions.open).toHaveBeenCalledOnce();
    expect(only().options.actions).toEqual([]);
  });

  it.each(['darwin', 'win32'] as const)('calls back at the press of a button on %s', (platform) => {
    lastingNotifications(env({ platform })).missed(ringing, missedActions);
    expect(only().options.actions?.map(({ text }) => text)).toEqual(['Call back']);
    only().emit('action', { actionIndex: 0 });
    expect(missedActions.callBack).toHaveBeenCalledOnce();
    expect(missedActions.open).not.toHaveBeenCalled();
  });
});

describe('several missed calls of one person', () => {
  const titles = () => (desktop.shown as Shown[]).map(({ options: { title } }) => title);

  it('are one notification, which counts them and leads to the last', () => {
    const { missed } = lastingNotifications(env());
    missed(ringing, { ...missedActions, open: vi.fn() });
    missed(ringing, { ...missedActions, open: vi.fn() });
    missed({ ...ringing, kind: 'voice' }, missedActions);
    expect(titles()).toEqual(['Missed video call', '2 missed calls', '3 missed calls']);
    const [first, second, third] = desktop.shown as Shown[];
    expect([first, second, third].map((shown) => shown?.close.mock.calls.length)).toEqual([1, 1, 0]);
    first?.emit('close');
    third?.emit('click');
    expect(missedActions.open).toHaveBeenCalledOnce();
  });

  it.each(['click', 'close'])('are counted from the beginning after a %s', (event) => {
    const { missed } = lastingNotifications(env());
    missed(ringing, missedActions);
    only().emit(event);
    missed(ringing, missedActions);
    expect(titles()).toEqual(['Missed video call', 'Missed video call']);
  });

  it('do not take those of another person, or of another account, with them', () => {
    const { missed } = lastingNotifications(env());
    missed(ringing, missedActions);
    missed({ ...ringing, caller: cleo }, missedActions);
    missed({ ...ringing, account: cleo }, missedActions);
    expect(titles()).toEqual(['Missed video call', 'Missed video call', 'Missed video call']);
    expect((desktop.shown as Shown[]).every(({ close }) => close.mock.calls.length === 0)).toBe(true);
  });
});

describe('the notification of a lost call', () => {
  it('says that it was our own window, where it was', () => {
    lastingNotifications(env()).lost(lost, 'crash', lostActions);
    expect(only().options.body).toBe('Carillon’s window broke down, and the call was hung up.');
  });

  it('names the other person and leads to the call', () => {
    lastingNotifications(env()).lost(lost, 'connection', lostActions);
    expect(only().options).toMatchObject({
      title: 'Call with Ben lost',
      body: 'The connection broke off; nobody hung up.',
      actions: [],
    });
    expect(only().show).toHaveBeenCalledOnce();
    only().emit('click');
    expect(lostActions.open).toHaveBeenCalledOnce();
    expect(lostActions.callAgain).not.toHaveBeenCalled();
  });

  it.each(['darwin', 'win32'] as const)('calls again at the press of a button on %s', (platform) => {
    lastingNotifications(env({ platform })).lost(lost, 'connection', lostActions);
    expect(only().options.actions?.map(({ text }) => text)).toEqual(['Call again']);
    only().emit('action', { actionIndex: 0 });
    expect(lostActions.callAgain).toHaveBeenCalledOnce();
    expect(lostActions.open).not.toHaveBeenCalled();
  });
});

it('a call that was answered by itself is said, because a microphone is on', () => {
  lastingNotifications(env()).answeredByItself(ringing);
  expect(only().options.title).toBe('In a call with Ben');
  only().emit('click');
  expect(openWindow).toHaveBeenCalledOnce();
});

describe('what a person wants to see', () => {
  const all = () => {
    ringingNotification(env())(ringing);
    lastingNotifications(env()).missed(ringing, missedActions);
    lastingNotifications(env()).lost(lost, 'connection', lostActions);
    lastingNotifications(env()).answeredByItself(ringing);
    return (desktop.shown as Shown[]).map(({ options: { title, body } }) => `${title} ${body}`);
  };

  it('no name', () => {
    wanted = { ...wanted, hideNames: true };
    expect(all().filter((words) => words.includes('Ben'))).toEqual([]);
    expect(desktop.shown).toHaveLength(4);
  });

  it('no notification of calls', () => {
    wanted = { ...wanted, ringing: false, missed: false };
    expect(all()).toEqual([expect.stringContaining('In a call with Ben')]);
  });

  it('a name of any length and direction, without harm to its neighbours', () => {
    const name = `\u202e${'x'.repeat(300)}`;
    ringingNotification(env({ nameOf: () => name }))(ringing);
    expect(only().options.title).toBe(`Incoming video call from ${'x'.repeat(59)}…`);
  });
});
