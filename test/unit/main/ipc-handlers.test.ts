import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Accounts, AccountSession } from '../../../main/account/contract';
import { makeLiveCalls } from '../../../main/calls/live-calls';
import { makeSignalLog } from '../../../main/calls/signal-log';
import type { Handlers } from '../../../main/ipc';
import { makeUpdates } from '../../../main/desktop/updates';
import { makeHandlers } from '../../../main/ipc-handlers';
import { makeAlerts } from '../../../main/ringing/alert';
import type { Account } from '../../../preload/contract/accounts';
import type { HistoryPage } from '../../../preload/contract/history';
import type { UserId } from '../../../preload/contract/ids';
import type { Person } from '../../../preload/contract/people';
import { defaultSettings } from '../../../preload/contract/default-settings';
import type { OutgoingSignal } from '../../../preload/contract/signalling';
import { anna, ben, call, cleo, event, invite, report, room } from './call-facts';
import { quietLog } from './quiet-log';
import { turnedClock } from './turned-clock';

const stranger = '@stranger:example.org' as UserId;
const annaAccount: Account = { userId: anna, name: 'Anna', server: 'example.org', connection: 'online', trouble: null };
const benPerson: Person = {
  account: anna,
  userId: ben,
  name: 'Ben',
  roomId: room,
  standing: 'joined',
  barred: null,
  favourite: false,
  avatar: null,
};

/** The real log, alerts and live calls around doubles of an account. */
function assembled() {
  const order: string[] = [];
  const restored = Promise.withResolvers<undefined>();
  const session = {
    people: () => [benPerson],
    search: vi.fn(() => Promise.resolve({ ok: true, people: [] })),
    startDirect: vi.fn(() => Promise.resolve({ ok: true, person: benPerson })),
    accept: vi.fn(() => Promise.resolve({ ok: true, person: benPerson })),
    declineInvitation: vi.fn(() => Promise.resolve({ ok: true })),
    setFavourite: vi.fn(() => Promise.resolve({ ok: true })),
    presence: vi.fn(() => Promise.resolve(['online'])),
    numberSupport: vi.fn(() => Promise.resolve('yes')),
    findNumber: vi.fn(() => Promise.resolve({ ok: true, person: benPerson })),
    turn: vi.fn(() => Promise.resolve(null)),
    trust: () => undefined,
    send: vi.fn((signal: OutgoingSignal) => {
      order.push(signal.type);
      return Promise.resolve({ ok: true, eventId: '$sent' } as const);
    }),
  };
  const accounts = {
    list: () => [annaAccount],
    session: (user: UserId) => (user === anna ? (session as unknown as AccountSession) : undefined),
    signIn: vi.fn(() => Promise.resolve({ ok: true, account: anna })),
    methods: vi.fn(() => Promise.resolve({ ok: true, methods: [{ kind: 'password' }] })),
    signInByBrowser: vi.fn(() => Promise.resolve({ ok: false, reason: 'cancelled' })),
    openBrowser: vi.fn(),
    cancelSignIn: vi.fn(),
    signOut: vi.fn(() => {
      order.push('signOut');
      return Promise.resolve();
    }),
  };
  const clock = turnedClock();
  const signalLog = makeSignalLog(clock);
  const alerts = makeAlerts({ clock, signs: [], changed: vi.fn(), ended: vi.fn() });
  const liveCalls = makeLiveCalls({
    send: session.send,
    changed: vi.fn(),
    lost: vi.fn(),
    hungUp: vi.fn(),
    log: quietLog(),
  });
  const reported = vi.fn();
  const act = vi.fn();
  const drawn = vi.fn();
  const ruleLine = vi.fn();
  const ringtone = {
    choose: vi.fn(() => Promise.resolve({ ok: false, reason: 'cancelled' } as const)),
    keep: vi.fn(() => Promise.resolve({ ok: false, reason: 'notKept' } as const)),
    load: vi.fn(() => Promise.resolve(null)),
  };
  const cards = { revision: 1, calls: [], language: 'en', systemLanguage: 'de-AT' } as const;
  const page: HistoryPage = { entries: [], more: false, unseen: 0, trouble: null };
  const history = {
    report: vi.fn(),
    list: vi.fn(() => page),
    markSeen: vi.fn(),
    delete: vi.fn(),
    forgetAccount: vi.fn(() => order.push('forget history')),
  };
  const change = vi.fn(() => defaultSettings);
  const choose = vi.fn();
  const setDevices = vi.fn();
  const handlers = makeHandlers({
    accounts: accounts as unknown as Accounts,
    restored: restored.promise,
    mayQuit: () => Promise.resolve(true),
    takeLink: () => 'matrix:u/ben:example.org',
    hotkeys: { report: vi.fn(), set: vi.fn(), suspend: vi.fn() },
    settings: { trouble: null, get: () => defaultSettings, change, subscribe: () => () => undefined },
    signalLog,
    liveCalls,
    alerts,
    actions: { act, reported },
    ringtone,
    callWindow: { view: () => cards, drawn },
    history,
    exportHistory: () => Promise.resolve({ ok: true, calls: 3 }),
    ruleLine,
    exportLog: () => Promise.resolve({ ok: true }),
    updates: makeUpdates({ isPackaged: false, feedFile: '', load: vi.fn(), changed: vi.fn(), log: quietLog() }),
    screens: { sources: () => Promise.resolve({ kind: 'system' }), choose },
    devices: { set: setDevices },
    lacks: () => Promise.resolve(['tray'] as const),
    openPrivacy: (page) => Promise.resolve(page === 'camera'),
    systemLanguage: 'de-AT',
    secretsProtected: () => Promise.resolve(true),
    accountsLost: false,
  });
  return {
    handlers,
    session,
    accounts,
    signalLog,
    alerts,
    liveCalls,
    change,
    choose,
    setDevices,
    reported,
    act,
    drawn,
    ruleLine,
    cards,
    restored,
    order,
    history,
    page,
  };
}

let all: ReturnType<typeof assembled>;
let handlers: Handlers;
beforeEach(() => {
  all = assembled();
  ({ handlers } = all);
});

describe('app:snapshot', () => {
  it('waits for the accounts kept on disk, and not for a homeserver', async () => {
    let answered = false;
    const snapshot = Promise.resolve(handlers['app:snapshot'](undefined)).then((it) => {
      answered = true;
      return it;
    });
    await new Promise(setImmediate);
    expect(answered).toBe(false);
    all.restored.resolve(undefined);
    expect(await snapshot).toEqual({
      accounts: [annaAccount],
      people: [benPerson],
      trust: [],
      settings: defaultSettings,
      systemLanguage: 'de-AT',
      secretsProtected: true,
      accountsLost: false,
      settingsTrouble: null,
      sequence: 0,
      signals: [],
    });
  });

  it('EN-05: holds what came while it was being made', async () => {
    const snapshot = handlers['app:snapshot'](undefined);
    all.restored.resolve(undefined);
    all.signalLog.add(invite());
    expect(await snapshot).toMatchObject({ sequence: 1, signals: [{ sequence: 0 }] });
  });
});

describe('log:rule', () => {
  it('passes on what the call engine says of a rule', () => {
    const line = { rule: 'NG-08', reason: 'negotiate refused by WebRTC' };
    expect(handlers['log:rule'](line)).toBeNull();
    expect(all.ruleLine).toHaveBeenCalledWith(line);
  });
});

describe('commands of an account', () => {
  it('reach its session', async () => {
    await handlers['people:search']({ account: anna, term: 'b' });
    await handlers['people:start']({ account: anna, userId: ben });
    await handlers['people:accept']({ account: anna, roomId: room });
    await handlers['people:decline']({ account: anna, roomId: room });
    await handlers['people:favourite']({ account: anna, roomId: room, favourite: true });
    expect(await handlers['people:presence']({ account: anna, userIds: [ben] })).toEqual(['online']);
    expect(await handlers['number:support']({ account: anna })).toBe('yes');
    await handlers['number:find']({ account: anna, number: '110' });
    await handlers['turn:get']({ account: anna });
    await handlers['account:signIn']({ server: 'example.org', user: 'anna', password: 'p' });
    expect(all.session.search).toHaveBeenCalledWith('b');
    expect(all.session.startDirect).toHaveBeenCalledWith(ben);
    expect(all.session.accept).toHaveBeenCalledWith(room);
    expect(all.session.declineInvitation).toHaveBeenCalledWith(room);
    expect(all.session.setFavourite).toHaveBeenCalledWith(room, true);
    expect(all.session.findNumber).toHaveBeenCalledWith('110');
    expect(all.session.turn).toHaveBeenCalledOnce();
    expect(all.accounts.signIn).toHaveBeenCalledWith('example.org', 'anna', 'p');
  });

  it('say so when it is not signed in', async () => {
    const refusal = { ok: false, reason: 'signedOut' };
    expect(await handlers['people:search']({ account: stranger, term: 'b' })).toEqual(refusal);
    expect(await handlers['people:start']({ account: stranger, userId: ben })).toEqual(refusal);
    expect(await handlers['people:accept']({ account: stranger, roomId: room })).toEqual(refusal);
    expect(await handlers['people:decline']({ account: stranger, roomId: room })).toEqual(refusal);
    expect(await handlers['turn:get']({ account: stranger })).toBeNull();
  });
});

describe('calls', () => {
  beforeEach(() => {
    all.alerts.signal(all.signalLog.add(invite()));
    void handlers['call:report'](report('ringing'));
  });
  const kept = () => all.signalLog.snapshot().signals.length;

  it('a report reaches the alert, the list, and what is kept for a late page', () => {
    expect([all.alerts.list().length, all.liveCalls.list().length, kept()]).toEqual([1, 1, 1]);
    expect(all.reported).toHaveBeenCalledWith(report('ringing'));
    expect(all.history.report).toHaveBeenCalledWith(report('ringing'));
    void handlers['call:report'](report('answering'));
    expect([all.alerts.list().length, all.liveCalls.list().length, kept()]).toEqual([0, 1, 1]);
    void handlers['call:report'](report('connecting', { announced: true }));
    expect([all.alerts.list().length, all.liveCalls.list().length, kept()]).toEqual([0, 1, 0]);
    void handlers['call:report'](report('ended', { announced: true, reason: 'user_hangup' }));
    expect([all.alerts.list().length, all.liveCalls.list().length, kept()]).toEqual([0, 0, 0]);
  });

  it('RG-09: silence leaves the signs', () => {
    void handlers['call:silence'](call);
    expect(all.alerts.list()).toMatchObject([{ silenced: true }]);
  });

  it('AN-27: a sign-out hands over the hangups first, and nothing rings after it', async () => {
    const connected = { ...call, callId: event('m.call.answer').callId, peer: cleo };
    void handlers['call:report'](report('connected', { ...connected, announced: true }));
    all.alerts.signal(all.signalLog.add(invite({ callId: 'later' as never })));
    await handlers['account:signOut']({ account: anna });
    expect(all.order).toEqual(['m.call.hangup', 'signOut', 'forget history']);
    expect([all.alerts.list().length, all.liveCalls.list().length, kept()]).toEqual([0, 0, 0]);
  });

  it('a signal of the page is sent by its account', async () => {
    const signal = { ...call, signalId: 's', type: 'm.call.answer', content: {}, giveUpAfter: 1000 } as const;
    expect(await handlers['signal:send'](signal)).toEqual({ ok: true, eventId: '$sent' });
  });
});

it('the history is read, looked at, thinned out and exported', async () => {
  const query = { filter: 'missed', peer: null, before: null, limit: 50 } as const;
  expect(handlers['history:list'](query)).toBe(all.page);
  expect(all.history.list).toHaveBeenCalledWith(query);
  void handlers['history:seen'](undefined);
  expect(all.history.markSeen).toHaveBeenCalledOnce();
  void handlers['history:delete']({ id: 7 });
  expect(all.history.delete).toHaveBeenCalledWith(7);
  expect(await handlers['history:export'](undefined)).toEqual({ ok: true, calls: 3 });
});

it('settings:change answers with the settings after it', () => {
  expect(handlers['settings:change']({ theme: 'dark' })).toEqual(defaultSettings);
  expect(all.change).toHaveBeenCalledWith({ theme: 'dark' });
});

it("signing in, whichever way, is the accounts' affair", async () => {
  const server = 'example.org';
  expect(await handlers['account:methods']({ server })).toMatchObject({ ok: true });
  expect(all.accounts.methods).toHaveBeenCalledWith(server);
  const method = { kind: 'sso', provider: 'oidc-school' } as const;
  expect(await handlers['account:signInByBrowser']({ server, method, again: anna })).toMatchObject({ ok: false });
  expect(all.accounts.signInByBrowser).toHaveBeenCalledWith(server, method, anna);
  expect([handlers['account:openBrowser'](undefined), handlers['account:cancelSignIn'](undefined)]).toEqual([
    null,
    null,
  ]);
  expect(all.accounts.openBrowser).toHaveBeenCalledOnce();
  expect(all.accounts.cancelSignIn).toHaveBeenCalledOnce();
});

describe('screen share', () => {
  it('is asked of the desktop, and told what was chosen', async () => {
    expect(await handlers['screen:sources'](undefined)).toEqual({ kind: 'system' });
    const choice = { id: null, systemAudio: false };
    expect(await handlers['screen:choose'](choice)).toBeNull();
    expect(all.choose.mock.calls).toEqual([[choice]]);
  });
});

describe('the call window', () => {
  it('is told what rings, and says when that is drawn and what a person answered', async () => {
    expect(await handlers['callWindow:view'](undefined)).toBe(all.cards);
    await handlers['callWindow:drawn']({ revision: 1, height: 180 });
    expect(all.drawn).toHaveBeenCalledWith({ revision: 1, height: 180 });
    await handlers['callWindow:answer']({ ...call, action: 'endAndAnswer' });
    expect(all.act).toHaveBeenCalledWith(call, 'endAndAnswer');
  });
});

describe('devices', () => {
  it('are taken to the tray, and the system’s page is opened where there is one', async () => {
    const offers = { microphone: { devices: [], used: null }, speaker: { devices: [], used: null } };
    expect(await handlers['devices:offer'](offers)).toBeNull();
    expect(all.setDevices.mock.calls).toEqual([[offers]]);
    expect(await handlers['devices:openPrivacy']('camera')).toBe(true);
    expect(await handlers['devices:openPrivacy']('screen')).toBe(false);
  });
});
