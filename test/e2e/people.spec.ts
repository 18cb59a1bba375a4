/** The list of people: favourites over restarts, thousands of contacts, hostile names, and that everybody can use it. */
import type { Person } from '../../preload/contract/people.ts';
import { expectAccessible } from './support/axe.ts';
import { expect, test, tones } from './support/fixtures.ts';
import { launchCarillon } from './support/launch.ts';
import { type Phone, phoneOf } from './support/phone.ts';

const list = (phone: Phone) => phone.page.getByRole('region', { name: 'People', exact: true });
const goTo = (phone: Phone, place: string): Promise<void> =>
  phone.page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: place }).click();

test('a favourite comes first, also after a restart', async ({ phones, people, homeserver }) => {
  const { alice } = phones;
  const aaron = await homeserver.register(`aaron-${people.alice.localpart}`, 'x', 'Aaron');
  await homeserver.directRoom(people.alice, aaron);
  const rows = (phone: Phone) => list(phone).getByRole('listitem');
  await expect(rows(alice)).toHaveText([/Aaron/, /Bob/]);
  await list(alice).getByRole('button', { name: /^Bob/ }).click({ button: 'right' });
  await alice.page.getByRole('menuitem', { name: 'Add to favourites' }).click();
  await expect(list(alice).getByRole('heading')).toHaveText(['People', 'Favourites', 'People']);
  await expect(rows(alice)).toHaveText([/Bob/, /Aaron/]);

  await alice.close({ keepProfile: true });
  const again = phoneOf(await launchCarillon({ profile: alice.profile, tone: tones.alice }), people.alice);
  await expect(rows(again)).toHaveText([/Bob/, /Aaron/]);
  await list(again).getByRole('button', { name: /^Bob/ }).click();
  const star = again.page.getByRole('region', { name: 'Bob' }).getByRole('button', { name: 'Favourite' });
  await expect(star).toHaveAttribute('aria-pressed', 'true');
  await star.click();
  await expect(rows(again)).toHaveText([/Aaron/, /Bob/]);
  await again.close();
});

test('five thousand people are scrolled through and searched, and only those in sight are drawn', async ({
  people,
  start,
}) => {
  const alice = await start(people.alice);
  await list(alice).getByRole('listitem').first().waitFor();
  await tellCrowd(alice, people.alice.userId, 5000);
  const rows = list(alice).getByRole('listitem');
  await expect(rows.first()).toContainText('Person 0000');
  const scroll = list(alice).locator('[data-scroll]');
  const end = async (): Promise<void> => {
    await scroll.evaluate((element) => {
      element.scrollTop = element.scrollHeight;
    });
    await expect(rows.last()).toContainText('Person 4999', { timeout: 500 });
  };
  await expect(end).toPass({ timeout: 20_000 });
  expect(await rows.count()).toBeLessThan(300);
  await alice.page.getByRole('searchbox').fill('person 4321');
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('Person 4321');
});

test('people, history and keypad can be used by everybody, in both themes, whatever people are called', async ({
  people,
  start,
}) => {
  const alice = await start(people.alice);
  await list(alice).getByRole('listitem').first().waitFor();
  const names = ['x'.repeat(300), 'فاطمة الزهراء', '\u{1F984}'.repeat(40), '<b>bold</b>'];
  await tellCrowd(alice, people.alice.userId, 30, names);
  for (const theme of ['light', 'dark'] as const) {
    await alice.page.evaluate((to) => window.carillon.invoke('settings:change', { theme: to }), theme);
    await expect(alice.page.locator('html')).toHaveCSS('color-scheme', theme);
    for (const width of [1100, 360]) {
      await alice.page.setViewportSize({ width, height: 720 });
      await goTo(alice, 'People');
      await list(alice).locator('[data-row]').first().waitFor();
      await expectAccessible(alice.page, `people, ${theme}, ${String(width)} px`);
      await list(alice).locator('[data-row]').first().click();
      await expectAccessible(alice.page, `a person, ${theme}, ${String(width)} px`);
      expect(await overflows(alice)).toBe(false);
      await goTo(alice, 'History');
      await expectAccessible(alice.page, `history, ${theme}, ${String(width)} px`);
      await goTo(alice, 'Keypad');
      await alice.page.getByRole('textbox', { name: 'Address or number' }).fill('+4930901820');
      await expect(alice.page.getByText('cannot reach telephone numbers')).toBeVisible();
      await expectAccessible(alice.page, `keypad, ${theme}, ${String(width)} px`);
      expect(await overflows(alice)).toBe(false);
    }
  }
});

const overflows = ({ page }: Phone): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

/** As main tells them when the homeserver does; to make so many rooms there takes an hour. */
async function tellCrowd(phone: Phone, account: string, count: number, names: readonly string[] = []): Promise<void> {
  const crowd = Array.from({ length: count }, (_, at) => ({
    account,
    userId: `@p${String(at)}:example.org`,
    name: names[at] ?? `Person ${String(at).padStart(4, '0')}`,
    roomId: `!p${String(at)}:example.org`,
    standing: 'joined',
    barred: null,
    favourite: at < 2 && names.length > 0,
    avatar: null,
  })) as unknown as readonly Person[];
  await phone.main(
    ({ BrowserWindow }, payload) => {
      for (const window of BrowserWindow.getAllWindows()) window.webContents.send('people:changed', payload);
    },
    { account, people: crowd },
  );
}
