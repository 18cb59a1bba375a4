import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { messagesFor } from '../../../../main/desktop/messages';
import { type TrayFacts, trayStates, trayView } from '../../../../main/desktop/tray-view';
import type { Account, Connection } from '../../../../preload/contract/accounts';
import type { UserId } from '../../../../preload/contract/ids';
import { anna, ben, call, cleo, otherCall, report } from '../call-facts';

const account = (connection: Connection): Account => ({
  userId: anna,
  name: 'Anna',
  server: 'example.org',
  connection,
  trouble: null,
});
const ringing = { ...call, caller: ben, kind: 'voice', silenced: false } as const;

const view = (facts: Partial<TrayFacts> = {}) =>
  trayView({
    accounts: [account('online')],
    ringing: [],
    calls: [],
    devices: null,
    missed: 0,
    quiet: null,
    saidTime: (moment) => `${String(moment)} o'clock`,
    nameOf: (_account, user) => (user === ben ? 'Ben' : 'Cleo'),
    messages: messagesFor('en', ''),
    ...facts,
  });
const labels = (facts: Partial<TrayFacts>) =>
  view(facts).menu.map((entry) => (entry === 'separator' ? '---' : entry.label));

describe('the state that the tray shows', () => {
  it.each<[string, Partial<TrayFacts>, string, string]>([
    ['online', {}, 'ready', 'ready for calls'],
    ['one of two accounts online', { accounts: [account('offline'), account('online')] }, 'ready', 'ready for calls'],
    ['connecting', { accounts: [account('connecting')] }, 'offline', 'calls cannot come in'],
    ['offline', { accounts: [account('offline')] }, 'offline', 'calls cannot come in'],
    ['without an account', { accounts: [] }, 'offline', 'not signed in'],
    ['signed out by the homeserver', { accounts: [account('signedOut')] }, 'offline', 'not signed in'],
    ['ringing', { ringing: [ringing] }, 'ringing', 'Incoming call from Ben'],
    ['ringing with video', { ringing: [{ ...ringing, kind: 'video' }] }, 'ringing', 'Incoming video call from Ben'],
    ['placing a call', { calls: [report('inviting', { direction: 'outgoing' })] }, 'in-call', 'in a call with Ben'],
    ['in a call', { calls: [report('connected')] }, 'in-call', 'in a call with Ben'],
    [
      'in a call beside one that is held, muted',
      { calls: [report('connected', { held: true, muted: true }), report('connected', { ...otherCall, peer: cleo })] },
      'in-call',
      'in a call with Cleo',
    ],
    ['muted in a call', { calls: [report('connected', { muted: true })] }, 'muted', 'microphone muted'],
    [
      'in a call without network',
      { calls: [report('reconnecting')], accounts: [account('offline')] },
      'in-call',
      'Ben',
    ],
    ['ringing in a call', { calls: [report('connected', otherCall)], ringing: [ringing] }, 'ringing', 'Incoming'],
    ['missed calls', { missed: 2 }, 'missed', '2 missed calls'],
    ['one missed call', { missed: 1 }, 'missed', '1 missed call'],
    ['missed calls, and not connected', { missed: 1, accounts: [account('offline')] }, 'offline', 'cannot come in'],
    ['not to be disturbed', { quiet: { until: null, why: 'byHand' } }, 'do-not-disturb', 'do not disturb'],
    ['quiet for a while', { quiet: { until: 7, why: 'times' } }, 'do-not-disturb', "do not disturb until 7 o'clock"],
    ['called while quiet', { missed: 1, quiet: { until: null, why: 'byHand' } }, 'missed', '1 missed call'],
    ['a call that may not ring', { calls: [report('ringing')] }, 'ready', 'ready for calls'],
  ])('%s', (_what, facts, state, toolTip) => {
    expect(view(facts)).toMatchObject({ state, toolTip: expect.stringContaining(toolTip) as string });
  });

  it.each(trayStates)('%s has its icons', (state) => {
    const folder = path.join(import.meta.dirname, '../../../../assets/tray');
    for (const panel of ['on-light', 'on-dark', 'any']) {
      for (const file of [`${state}.png`, `${state}@2x.png`])
        expect(existsSync(path.join(folder, panel, file)), `${panel}/${file}`).toBe(true);
    }
  });
});

describe('what the tray offers', () => {
  it('always the window and the end', () => {
    expect(labels({})).toEqual(['Do not disturb', 'Open Carillon', 'Quit']);
  });

  it('answers to a voice call', () => {
    expect(labels({ ringing: [ringing] }).slice(0, 5)).toEqual([
      'Incoming call from Ben',
      'Answer',
      'Decline',
      'Silence',
      '---',
    ]);
  });

  it('the name of the account that is called, where there are several', () => {
    const work = '@anna:work.example' as UserId;
    const accounts = [account('online'), { ...account('online'), userId: work }];
    for (const called of [anna, work]) {
      const offered = labels({ accounts, ringing: [{ ...ringing, account: called }] });
      expect(offered.slice(0, 3)).toEqual(['Incoming call from Ben', `To ${called}`, 'Answer']);
    }
  });

  it('an answer with video to a video call', () => {
    expect(labels({ ringing: [{ ...ringing, kind: 'video' }] })).toContain('Answer with video');
  });

  it('nothing more to silence', () => {
    expect(labels({ ringing: [{ ...ringing, silenced: true }] })).not.toContain('Silence');
  });

  it('each ringing call its own answers, and the running call its end', () => {
    const second = { ...ringing, ...otherCall, caller: cleo };
    const { menu } = view({ ringing: [ringing, second], calls: [report('connected', { muted: true })] });
    const commands = menu.flatMap((entry) => (entry !== 'separator' && 'command' in entry ? [entry] : []));
    for (const each of [call, otherCall]) {
      const of = (action: string) => ({ do: 'call', call: each, action });
      expect(commands).toContainEqual({ label: 'Hold and answer', command: of('answer') });
      expect(commands).toContainEqual({ label: 'End and answer', command: of('endAndAnswer') });
      expect(commands).toContainEqual({ label: 'Decline', command: of('decline') });
    }
    expect(commands).toContainEqual({
      label: 'Unmute microphone',
      command: { do: 'call', call, action: 'toggleMute' },
    });
    expect(commands).toContainEqual({ label: 'Hang up', command: { do: 'call', call, action: 'hangUp' } });
  });

  it('the end of a shared screen, wherever the window is', () => {
    expect(labels({ calls: [report('connected')] })).not.toContain('Stop sharing the screen');
    const { menu } = view({ calls: [report('connected', { sharing: true })] });
    expect(menu).toContainEqual({
      label: 'Stop sharing the screen',
      command: { do: 'call', call, action: 'stopSharing' },
    });
  });

  it('the microphones and speakers that are there, and which is taken', () => {
    const desk = { id: 'desk', label: 'Desk microphone' };
    const nameless = { id: 'x', label: '' };
    const devices = {
      microphone: { devices: [desk, nameless], used: 'desk' },
      speaker: { devices: [{ id: 'long', label: 'x'.repeat(300) }], used: null },
    };
    const [microphone, speaker] = view({ devices }).menu;
    const choice = { do: 'device', role: 'microphone' } as const;
    expect(microphone).toEqual({
      label: 'Microphone',
      submenu: [
        { label: 'System default', command: { ...choice, device: null }, checked: false },
        { label: 'Desk microphone', command: { ...choice, device: desk }, checked: true },
        { label: 'Device 2', command: { ...choice, device: nameless }, checked: false },
      ],
    });
    expect(speaker).toMatchObject({ label: 'Speaker', submenu: [{ checked: true }, { checked: false }] });
    expect(JSON.stringify(speaker).length).toBeLessThan(700);
    expect(labels({ devices: { ...devices, microphone: { devices: [], used: null } } })).not.toContain('Microphone');
  });
});

describe('quiet in the tray', () => {
  const offered = (quiet: TrayFacts['quiet']) => {
    const entry = view({ quiet }).menu.find((each) => each !== 'separator' && each.label === 'Do not disturb');
    const menu = entry !== undefined && entry !== 'separator' && 'submenu' in entry ? entry.submenu : [];
    return menu.map((each) => {
      if (each === 'separator' || !('command' in each)) return '';
      return `${each.checked === true ? '* ' : ''}${each.label}`;
    });
  };

  it('is offered for an hour, until tomorrow, and until it is switched off', () => {
    expect(offered(null)).toEqual(['* Off', 'For 1 hour', 'Until tomorrow, 8:00', 'Until I switch it off']);
  });

  it.each<[string, TrayFacts['quiet'], string]>([
    ['that was switched on', { until: null, why: 'byHand' }, '* Until I switch it off'],
    ['for a while', { until: 9, why: 'byHand' }, "* Until 9 o'clock"],
    ['by the timetable', { until: 9, why: 'times' }, "* By timetable until 9 o'clock"],
  ])('%s is marked, and nothing else', (_what, quiet, marked) => {
    expect(offered(quiet).filter((label) => label.startsWith('*'))).toEqual([marked]);
  });
});

it('while a call is on hold, an answer interrupts nobody', () => {
  const held = report('connected', { ...otherCall, held: true });
  expect(labels({ ringing: [ringing], calls: [held] })).toContain('Answer');
});
