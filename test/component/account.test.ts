import { describe, expect, it } from 'vitest';
import type { UserId } from '../../preload/contract/ids';
import { account, anna, person } from './support/fixtures';
import { click, openApp, press, settle } from './support/open-app';
import { allByRole, byRole, nameOf, queryByRole, textOf } from './support/roles';

const work = account({ userId: '@anna:work.example' as UserId, name: 'Anna K.', server: 'work.example' });

async function openMenu(): Promise<void> {
  const button = allByRole('button').find((each) => nameOf(each).startsWith('Account '));
  button?.focus();
  button?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  await settle();
}

describe('the account menu', () => {
  it('says who is signed in and how the connection stands, in words', async () => {
    await openApp();
    await openMenu();
    expect(textOf(byRole('menu'))).toMatch(/Anna.*@anna:example\.org.*Connected/);
  });

  it('leads to the form for another account, and back', async () => {
    await openApp();
    await openMenu();
    await click(byRole('menuitem', 'Add account'));
    expect(textOf(byRole('heading'))).toBe('Add account');
    await press('Back');
    expect(queryByRole('navigation', 'Main')).not.toBeNull();
  });

  it('shows the people of the account that was chosen', async () => {
    await openApp({
      accounts: [account(), work],
      people: [person('ben'), person('carl', { account: work.userId })],
    });
    expect(queryByRole('button', 'Call Ben')).not.toBeNull();
    await openMenu();
    await click(allByRole('menuitemradio')[1] ?? document.body);
    expect(queryByRole('button', 'Call Ben')).toBeNull();
    expect(queryByRole('button', 'Call Carl')).not.toBeNull();
  });

  it('asks before signing out, names what is lost, and then does it', async () => {
    const app = await openApp();
    await openMenu();
    await click(byRole('menuitem', 'Sign out'));
    const dialog = byRole('alertdialog', 'Sign out @anna:example.org?');
    expect(textOf(dialog)).toMatch(/no longer reach you on this device.*running calls end.*have to sign in again/);

    await click(byRole('button', 'Cancel', dialog));
    expect(app.asked('account:signOut')).toEqual([]);

    await openMenu();
    await click(byRole('menuitem', 'Sign out'));
    app.answers['account:signOut'] = () => {
      app.tell('accounts:changed', []);
      return null;
    };
    await press('Sign out');
    expect(app.asked('account:signOut')).toEqual([{ account: anna }]);
    expect(queryByRole('button', 'Sign in')).not.toBeNull();
  });

  it('says when signing out failed, and lets one try again', async () => {
    const app = await openApp();
    app.answers['account:signOut'] = () => Promise.reject(new Error('out of order'));
    await openMenu();
    await click(byRole('menuitem', 'Sign out'));
    await press('Sign out');
    expect(textOf(byRole('alert'))).toContain('did not work. Try again.');
    expect(queryByRole('button', 'Sign out')).not.toBeNull();
  });
});
