import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import type { UserId } from '../../preload/contract/ids';
import type { AccountTrust, Verification } from '../../preload/contract/trust';
import { account, anna, ben, callWith, person, ringingFrom, trust } from './support/fixtures';
import { click, openApp, press, settle, type } from './support/open-app';
import { allByRole, byRole, nameOf, queryByRole, textOf } from './support/roles';

const key = 'EsTc dddd eeee ffff gggg hhhh iiii jjjj kkkk mmmm nnnn pppp';
const open = (over: Partial<AccountTrust> = {}) => openApp({ trust: [trust(over)] });

const verification = (over: Partial<Verification> = {}): Verification => ({
  id: '1',
  userId: anna,
  deviceName: 'Element on Linux',
  direction: 'outgoing',
  stage: { name: 'waiting' },
  ...over,
});

async function tell(app: Awaited<ReturnType<typeof open>>, over: Partial<AccountTrust>): Promise<void> {
  app.tell('trust:changed', trust(over));
  await settle();
}

async function openSecurity(): Promise<void> {
  await press('Settings');
  await click(byRole('button', 'Security', byRole('navigation', 'Sections of the settings')));
}

describe('the recovery key of a new account', () => {
  it('is offered without being in the way, and can be left for later', async () => {
    await open({ recovery: 'none', backup: { state: 'off', waiting: null } });
    expect(queryByRole('dialog')).toBeNull();
    expect(queryByRole('button', 'Call Ben')).not.toBeNull();
    await press('Later');
    expect(queryByRole('button', 'Set up')).toBeNull();
  });

  it('is shown once, with copy and save, and in use when the person has kept it', async () => {
    const app = await open({ recovery: 'none' });
    app.answers['trust:newRecoveryKey'] = () => ({ ok: true, key });
    app.answers['trust:saveRecoveryKey'] = () => ({ ok: true });
    await press('Set up');
    const dialog = byRole('dialog', 'Save your recovery key');
    expect(textOf(dialog)).toContain(key);
    expect(textOf(dialog)).toContain('shown only this once');
    await press('Save to file…');
    expect(queryByRole('button', 'Saved')).not.toBeNull();
    expect(app.asked('trust:setUp')).toEqual([]);

    const end = Promise.withResolvers<{ ok: true }>();
    app.answers['trust:setUp'] = () => end.promise;
    await press('I have saved it');
    expect(textOf(dialog)).toContain('Protecting your account…');
    end.resolve({ ok: true });
    await settle();
    expect(textOf(dialog)).toContain('Your account is protected');
    expect(textOf(dialog)).not.toContain(key);
    expect(app.asked('trust:setUp')).toEqual([{ account: anna, reset: false }]);
  });

  it('given up, is forgotten; failed, is still there to try again', async () => {
    const app = await open({ recovery: 'none' });
    app.answers['trust:newRecoveryKey'] = () => ({ ok: true, key });
    app.answers['trust:setUp'] = () => ({ ok: false, reason: 'unreachable' });
    await press('Set up');
    await press('I have saved it');
    expect(textOf(byRole('alert'))).toContain('No answer from the homeserver');
    expect(textOf(byRole('dialog'))).toContain(key);
    await press('Cancel');
    expect(app.asked('trust:cancelTask')).toEqual([{ account: anna }]);
    expect(queryByRole('dialog')).toBeNull();
  });

  it('asks for the password where the homeserver does, again after a wrong one', async () => {
    const app = await open({ recovery: 'none' });
    app.answers['trust:newRecoveryKey'] = () => ({ ok: true, key });
    app.answers['trust:setUp'] = () => new Promise(() => undefined);
    app.answers['trust:password'] = () => null;
    await press('Set up');
    await press('I have saved it');
    await tell(app, { recovery: 'none', task: { what: 'setUp', stage: 'password' } });
    await type(byRole('textbox', `Password of ${anna}`), 'secret');
    await press('Continue');
    expect(app.asked('trust:password')).toEqual([{ account: anna, password: 'secret' }]);
    await tell(app, { recovery: 'none', task: { what: 'setUp', stage: 'wrongPassword' } });
    expect(textOf(byRole('alert'))).toContain('not the password');
    await tell(app, { recovery: 'none', task: { what: 'setUp', stage: 'browser' } });
    expect(queryByRole('button', 'Open the browser again')).not.toBeNull();
  });
});

describe('a device that is not verified', () => {
  it.each([
    ['malformedKey', 'This is not a recovery key'],
    ['wrongKey', 'not the one of this account'],
    ['unreachable', 'No answer from the homeserver'],
  ] as const)('%s is said in its own words, and the key can be typed again', async (reason, words) => {
    const app = await open({ identity: 'unverified' });
    app.answers['trust:restore'] = () => ({ ok: false, reason });
    await press('Verify');
    await type(byRole('textbox', 'Recovery key'), 'typed');
    await press('Use recovery key');
    expect(textOf(byRole('alert'))).toContain(words);
    expect((byRole('textbox', 'Recovery key') as HTMLInputElement).value).toBe('typed');
    app.answers['trust:restore'] = () => ({ ok: true });
    await press('Use recovery key');
    expect(queryByRole('dialog')).toBeNull();
  });

  it('asks another device, where there is one', async () => {
    const app = await open({ identity: 'unverified', passphrase: true });
    app.answers['trust:verify'] = () => ({ ok: true });
    await press('Verify');
    expect(queryByRole('textbox', 'Recovery key or passphrase')).not.toBeNull();
    await press('Compare emoji with another device');
    expect(app.asked('trust:verify')).toEqual([{ account: anna, userId: anna, deviceId: null, roomId: null }]);
  });

  it('starts over only after a warning', async () => {
    const app = await open({ identity: 'unverified', recovery: 'none', hasOtherDevices: false });
    app.answers['trust:newRecoveryKey'] = () => ({ ok: true, key });
    app.answers['trust:setUp'] = () => ({ ok: true });
    await press('Verify');
    await press('I have neither');
    expect(textOf(byRole('dialog', 'Start over with a new identity'))).toContain('is lost');
    expect(app.asked('trust:newRecoveryKey')).toEqual([]);
    await press('Start over');
    await press('I have saved it');
    expect(app.asked('trust:setUp')).toEqual([{ account: anna, reset: true }]);
  });
});

describe('comparing emoji', () => {
  it('every wait is said and can be cancelled', async () => {
    const app = await open({ verifications: [verification()] });
    const words = ['Accept the request on your other device.', 'Exchanging keys…', 'Waiting for the other side'];
    for (const [index, name] of (['waiting', 'preparing', 'confirmed'] as const).entries()) {
      await tell(app, { verifications: [verification({ stage: { name } })] });
      expect(textOf(byRole('dialog', 'Verify with another device'))).toContain(words[index]);
      await press('Cancel');
    }
    expect(app.asked('trust:answer').map(({ answer }) => answer)).toEqual(['cancel', 'cancel', 'cancel']);
  });

  it('shows seven emoji with their names, and asks for a yes or a no', async () => {
    const shown = { kind: 'emoji', emoji: [0, 1, 2, 36, 49, 62, 63] } as const;
    const app = await open({ verifications: [verification({ stage: { name: 'comparing', shown } })] });
    const dialog = byRole('dialog');
    expect(allByRole('listitem', undefined, dialog).map(textOf)).toEqual([
      'Dog',
      'Cat',
      'Lion',
      'Thumbs up',
      'Telephone',
      'Folder',
      'Pin',
    ]);
    expect([...dialog.querySelectorAll('img')].every(({ src }) => src !== '')).toBe(true);
    await press('They match');
    await press('They do not match');
    expect(app.asked('trust:answer')).toEqual([
      { account: anna, id: '1', answer: 'match' },
      { account: anna, id: '1', answer: 'mismatch' },
    ]);
  });

  it('shows numbers where the other side has no emoji', async () => {
    const shown = { kind: 'decimal', numbers: [1234, 5678, 9012] } as const;
    await open({ verifications: [verification({ stage: { name: 'comparing', shown } })] });
    expect(allByRole('listitem', undefined, byRole('dialog')).map(textOf)).toEqual(['1234', '5678', '9012']);
  });

  it.each([
    ['mismatch', 'somebody is between you'],
    ['declined', 'was declined'],
    ['timedOut', 'Nobody answered in time'],
    ['unreachable', 'went away in the middle'],
  ] as const)('%s is told', async (why, words) => {
    const app = await open({ verifications: [verification({ stage: { name: 'cancelled', why } })] });
    expect(textOf(byRole('alert'))).toContain(words);
    await press('Close');
    expect(app.asked('trust:answer')).toEqual([{ account: anna, id: '1', answer: 'close' }]);
  });

  it('a request waits in the corner, and leaves the window and its focus alone', async () => {
    const app = await open();
    const box = byRole('searchbox');
    box.focus();
    await tell(app, {
      verifications: [verification({ direction: 'incoming', userId: ben, stage: { name: 'requested' } })],
    });
    const card = byRole('dialog', 'Ben wants to verify you');
    expect(card.getAttribute('aria-modal')).toBe('false');
    expect(document.activeElement).toBe(box);
    expect(box.closest('[inert], [aria-hidden="true"]')).toBeNull();
    await click(byRole('button', 'Decline', card));
    await click(byRole('button', 'Accept', card));
    expect(app.asked('trust:answer').map(({ answer }) => answer)).toEqual(['cancel', 'accept']);
  });

  it('a ringing call is above a verification', async () => {
    const app = await open({ verifications: [verification()] });
    app.engine.show(ringingFrom('ben'));
    await settle();
    await press('Answer');
    expect(app.engine.controls.answer).toHaveBeenCalledOnce();
  });
});

describe('the far end', () => {
  const chips = (within: Element): string[] =>
    allByRole('listitem', undefined, byRole('list', 'Who this is, and who can listen', within)).map(textOf);

  it.each([
    ['verified', true, ['Verified', 'Encrypted']],
    ['changed', false, ['Identity changed', 'Not encrypted']],
    ['unverified', null, ['Not verified']],
  ] as const)('%s, encrypted: %s', async (state, encrypted, expected) => {
    const people = state === 'unverified' ? [] : [{ userId: ben, trust: state }];
    const app = await open({ people });
    app.answers['trust:look'] = () => ({ trust: state, encrypted });
    app.engine.show(callWith('ben'));
    await settle();
    expect(chips(byRole('region', 'Call with Ben'))).toEqual(expected);
    app.engine.show(ringingFrom('ben'));
    await settle();
    expect(chips(byRole('alertdialog'))).toEqual(expected);
  });

  it('changed: warned, and the person can accept it or verify again', async () => {
    const app = await open({ people: [{ userId: ben, trust: 'changed' }] });
    app.answers['trust:acceptIdentity'] = () => ({ ok: true });
    app.answers['trust:verify'] = () => ({ ok: false, reason: 'noIdentity' });
    await click(allByRole('button').find((button) => textOf(button).startsWith('Ben')) ?? document.body);
    const pane = byRole('region', 'Ben');
    expect(textOf(byRole('alert', undefined, pane))).toContain('somebody else pretends to be Ben');
    await press('Accept new identity');
    expect(app.asked('trust:acceptIdentity')).toEqual([{ account: anna, userId: ben }]);
    await press('Verify Ben');
    expect(app.asked('trust:verify')).toEqual([
      { account: anna, userId: ben, deviceId: null, roomId: person('ben').roomId },
    ]);
    expect(textOf(pane)).toContain('Ben has not set up an identity yet');
  });
});

describe('the security page', () => {
  const devices = [
    { id: 'ANNASDEVICE', name: 'Carillon', lastSeen: null, current: true, verified: true },
    { id: 'OLD', name: null, lastSeen: 0, current: false, verified: false },
  ];

  it('shows this device, the identity, recovery, backup, devices and the keyring', async () => {
    const app = await open({ backup: { state: 'on', waiting: 3 } });
    app.answers['trust:devices'] = () => ({ ok: true, devices });
    await openSecurity();
    const page = textOf(byRole('main'));
    expect(page).toContain('aaaa bbbb cccc');
    expect(page).toContain('Verified by your identity.');
    expect(page).toContain('Keys that are not in it yet: 3');
    expect(page).toContain('Sealed by the keyring');
    expect(allByRole('button').map(nameOf)).toEqual(
      expect.arrayContaining(['Make a new one…', 'Start over…', 'Verify Unnamed device', 'Sign out Unnamed device']),
    );
    await tell(app, { backup: { state: 'on', waiting: 0 } });
    expect(textOf(byRole('main'))).toContain('On, and complete.');
    await tell(app, { backup: { state: 'untrusted', waiting: null } });
    app.answers['trust:turnOnBackup'] = () => ({ ok: true });
    await press('Turn on…');
    await type(byRole('textbox', 'Recovery key'), key);
    await press('Turn on');
    expect(app.asked('trust:turnOnBackup')).toEqual([{ account: anna, key }]);
  });

  it('signs out another device, with the password', async () => {
    const app = await open();
    app.answers['trust:devices'] = () => ({ ok: true, devices });
    await openSecurity();
    await press('Sign out Unnamed device');
    const end = Promise.withResolvers<{ ok: true }>();
    app.answers['trust:removeDevice'] = () => end.promise;
    app.answers['trust:password'] = () => null;
    await click(byRole('button', 'Sign out', byRole('dialog')));
    await tell(app, { task: { what: 'removeDevice', stage: 'password' } });
    await type(byRole('textbox', `Password of ${anna}`), 'secret');
    await press('Continue');
    end.resolve({ ok: true });
    await settle();
    expect(app.asked('trust:removeDevice')).toEqual([{ account: anna, deviceId: 'OLD' }]);
    expect(queryByRole('dialog')).toBeNull();
  });

  it('says when the devices cannot be fetched, and tries again', async () => {
    const app = await open();
    app.answers['trust:devices'] = () => ({ ok: false, reason: 'unreachable' });
    await openSecurity();
    expect(textOf(byRole('alert'))).toContain('could not be fetched');
    app.answers['trust:devices'] = () => ({ ok: true, devices });
    await press('Try again');
    expect(queryByRole('alert')).toBeNull();
  });

  it('is of the account that was chosen', async () => {
    const work = account({ userId: '@anna:work.example' as UserId });
    const app = await openApp({
      accounts: [account(), work],
      trust: [trust(), trust({ account: work.userId, identity: 'unverified' })],
    });
    app.answers['trust:devices'] = () => ({ ok: true, devices: [] });
    await openSecurity();
    await click(byRole('radio', work.userId));
    expect(textOf(byRole('main'))).toContain('Not verified: others are warned');
    expect(app.asked('trust:check').map((asked) => asked.account)).toEqual([anna, work.userId]);
  });
});

describe('signing out', () => {
  async function leave(app: Awaited<ReturnType<typeof open>>): Promise<Element> {
    const button = allByRole('button').find((each) => nameOf(each).startsWith('Account '));
    button?.focus();
    button?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    await settle();
    await click(byRole('menuitem', 'Sign out'));
    app.answers['account:signOut'] = () => null;
    return byRole('alertdialog');
  }

  it('says what is lost with the last device, and with a backup that is off', async () => {
    const app = await open();
    app.answers['trust:signOutRisk'] = () => ({ keysWaiting: null, backup: 'off', lastDevice: true, recovery: 'none' });
    const dialog = await leave(app);
    expect(textOf(dialog)).toContain('last device of the account');
    expect(textOf(dialog)).toContain('The key backup is off');
  });

  it.each([
    ['the account is not connected', null],
    ['the homeserver does not say', { keysWaiting: null, backup: 'unknown', lastDevice: null, recovery: 'unknown' }],
  ] as const)(
    'says that it cannot tell what is lost where %s, and that it looks while it does',
    async (_what, risk) => {
      const app = await open();
      const looking = Promise.withResolvers<undefined>();
      app.answers['trust:signOutRisk'] = async () => {
        await looking.promise;
        return risk;
      };
      const dialog = await leave(app);
      expect(textOf(byRole('status', undefined, dialog))).toBe('Looking what would be lost…');
      looking.resolve(undefined);
      await settle();
      expect(queryByRole('status', undefined, dialog)).toBeNull();
      expect(textOf(dialog)).toContain('cannot be told now');
    },
  );

  it('waits for the backup with its progress, can stop waiting, and then signs out by itself', async () => {
    const app = await open({ backup: { state: 'on', waiting: 5 } });
    app.answers['trust:signOutRisk'] = () => ({ keysWaiting: 5, backup: 'on', lastDevice: false, recovery: 'ready' });
    const dialog = await leave(app);
    expect(textOf(dialog)).toContain('not in the backup yet: 5');
    await press('Wait for the backup, then sign out');
    expect(queryByRole('status', undefined, dialog)).not.toBeNull();
    await press('Do not wait');
    await press('Wait for the backup, then sign out');
    await tell(app, { backup: { state: 'on', waiting: 2 } });
    expect(textOf(dialog)).toContain('not in the backup yet: 2');
    expect(app.asked('account:signOut')).toEqual([]);
    await tell(app, { backup: { state: 'on', waiting: 0 } });
    expect(app.asked('account:signOut')).toEqual([{ account: anna }]);
  });
});

describe('axe finds no fault', () => {
  const shown = { kind: 'emoji', emoji: [0, 1, 2, 3, 4, 5, 6] } as const;

  it.each<[string, Partial<AccountTrust>, string | null]>([
    ['with a new recovery key', { recovery: 'none' }, 'Set up'],
    ['with a device to verify', { identity: 'unverified' }, 'Verify'],
    ['with emoji', { verifications: [verification({ stage: { name: 'comparing', shown } })] }, null],
    [
      'with a request',
      { verifications: [verification({ direction: 'incoming', userId: ben, stage: { name: 'requested' } })] },
      null,
    ],
  ])('%s', async (_what, over, button) => {
    const app = await open(over);
    app.answers['trust:newRecoveryKey'] = () => ({ ok: true, key });
    if (button !== null) await press(button);
    expect((await axe.run(byRole('dialog'))).violations).toEqual([]);
  });

  it('on the security page', async () => {
    const app = await open();
    const device = { id: 'OLD', name: 'Old', lastSeen: 0, current: false, verified: false };
    app.answers['trust:devices'] = () => ({ ok: true, devices: [device] });
    await openSecurity();
    expect((await axe.run(byRole('main'))).violations).toEqual([]);
  });
});
