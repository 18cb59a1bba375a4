import { beforeEach, describe, expect, it, vi } from 'vitest';
import { makeAccountListener } from '../../../main/account-listener';
import type { UnnumberedSignal } from '../../../main/account/contract';
import { makeSignalLog } from '../../../main/calls/signal-log';
import type { Account, Connection } from '../../../preload/contract/accounts';
import type { UserId } from '../../../preload/contract/ids';
import type { CallKey } from '../../../preload/contract/signalling';
import { anna, call, event, invite } from './call-facts';
import { turnedClock } from './turned-clock';

const zoe = '@zoe:example.org' as UserId;
const account = (userId: UserId, connection: Connection = 'online'): Account => ({
  userId,
  name: userId,
  server: 'example.org',
  connection,
  trouble: null,
});

const told: unknown[] = [];
let quiet: boolean;
const held = (signal: Extract<UnnumberedSignal, { kind: 'event' }>): UnnumberedSignal => ({
  ...signal,
  verdict: { ring: false, why: 'doNotDisturb' },
});
const alerts = {
  signal: vi.fn(),
  signedOut: vi.fn(),
  list: vi.fn(),
  unanswered: vi.fn(),
  isTooMuch: vi.fn(),
  report: vi.fn(),
  silence: vi.fn(),
  pageGone: vi.fn(),
  slept: vi.fn(),
  stop: vi.fn(),
};
const changed = vi.fn();
const history = { signal: vi.fn(), hasCrossed: vi.fn<(call: CallKey) => boolean>() };
function listening() {
  const signalLog = makeSignalLog(turnedClock());
  const tellPage = (name: string, payload: unknown) => told.push([name, payload]);
  const screen = (signal: UnnumberedSignal): UnnumberedSignal => ('type' in signal && quiet ? held(signal) : signal);
  return { signalLog, listener: makeAccountListener({ signalLog, alerts, history, changed, tellPage, screen }) };
}
beforeEach(() => {
  vi.resetAllMocks();
  told.length = 0;
  quiet = false;
});

describe('what an account tells', () => {
  it('EN-05: a signal gets its number, may ring, and reaches the page with that number', () => {
    const { listener, signalLog } = listening();
    listener.signalReceived(invite());
    listener.signalReceived(event('m.call.candidates'));
    expect(told).toMatchObject([
      ['signal:received', { sequence: 0, type: 'm.call.invite' }],
      ['signal:received', { sequence: 1, type: 'm.call.candidates' }],
    ]);
    expect(alerts.signal).toHaveBeenCalledTimes(2);
    expect(signalLog.snapshot().signals).toHaveLength(2);
  });

  it('GL-04: an invite that met a call of ours rings nowhere; the page decides which of the two goes on', () => {
    const { listener } = listening();
    history.hasCrossed.mockReturnValue(true);
    listener.signalReceived(invite());
    expect(alerts.signal).not.toHaveBeenCalled();
    listener.signalReceived(event('m.call.hangup'));
    expect(alerts.signal).toHaveBeenCalledOnce();
    expect(told).toHaveLength(2);
  });

  it('RG-04: what the own rules say of an invite is what alerts, history and page hear', () => {
    const { listener } = listening();
    quiet = true;
    listener.signalReceived(invite());
    const verdict = { ring: false, why: 'doNotDisturb' };
    expect(told).toMatchObject([['signal:received', { verdict }]]);
    expect(alerts.signal.mock.calls).toMatchObject([[{ verdict }]]);
    expect(history.signal.mock.calls).toMatchObject([[{ verdict }]]);
  });

  it('people and TURN servers reach the page, and people the tray', () => {
    const { listener } = listening();
    listener.peopleChanged(anna, []);
    listener.turnChanged(anna, null);
    expect(told).toEqual([
      ['people:changed', { account: anna, people: [] }],
      ['turn:changed', { account: anna, servers: null }],
    ]);
    expect(changed).toHaveBeenCalledOnce();
  });

  it.each([
    ['was removed', [account(zoe)]],
    ['lost its token', [account(anna, 'signedOut'), account(zoe)]],
  ])('an account that %s rings no more, the others do', (_what, after) => {
    const { listener, signalLog } = listening();
    listener.accountsChanged([account(anna), account(zoe)]);
    listener.signalReceived(invite());
    listener.signalReceived(invite({ account: zoe }));
    listener.accountsChanged(after);
    expect(alerts.signedOut.mock.calls).toEqual([[anna]]);
    expect(signalLog.snapshot().signals).toMatchObject([{ ...call, account: zoe }]);
    expect(told.at(-1)).toEqual(['accounts:changed', after]);
  });

  it('an account that is merely offline goes on ringing', () => {
    const { listener } = listening();
    listener.accountsChanged([account(anna)]);
    listener.accountsChanged([account(anna, 'offline')]);
    expect(alerts.signedOut).not.toHaveBeenCalled();
  });
});
