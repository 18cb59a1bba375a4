/** The app as something that stays: hidden in the tray, restarted, started twice. */
import { expect, test, tones } from './support/fixtures.ts';
import { launchCarillon } from './support/launch.ts';
import { phoneOf } from './support/phone.ts';
import { hearTone } from './support/tones.ts';

test.describe(() => {
  test.use({ lasting: true });

  test('a closed window is hidden in the tray, rings, and is answered from there', async ({ phones }) => {
    const { alice, bob } = phones;
    const window = await bob.app.browserWindow(bob.page);
    await window.evaluate((shown: Electron.BrowserWindow) => {
      shown.close();
    });
    await expect.poll(() => window.evaluate((shown: Electron.BrowserWindow) => shown.isVisible())).toBe(false);
    await alice.place('Bob');
    await expect.poll(async () => (await bob.tray.state()).toolTip).toContain('Alice');
    await bob.tray.menu('Answer');
    await expect(alice.status).toContainText('Connected');
    await hearTone(alice.page, tones.bob);
    await hearTone(bob.page, tones.alice);
  });

  test('the notification of a call brings the window back', async ({ phones }) => {
    const { alice, bob } = phones;
    const window = await bob.app.browserWindow(bob.page);
    await window.evaluate((shown: Electron.BrowserWindow) => {
      shown.close();
    });
    await alice.place('Bob');
    await expect.poll(async () => (await bob.notifications.list()).filter(({ open }) => open).length).toBe(1);
    await bob.notifications.click(0);
    await expect.poll(() => window.evaluate((shown: Electron.BrowserWindow) => shown.isVisible())).toBe(true);
    await bob.alert.getByRole('button', { name: 'Answer', exact: true }).click();
    await expect(alice.status).toContainText('Connected');
  });
});

test('the session is there again after a restart, and a call that was placed meanwhile still rings', async ({
  phones,
  people,
}) => {
  const { alice, bob } = phones;
  const { profile } = bob;
  await bob.close({ keepProfile: true });
  await alice.place('Bob');
  await expect(alice.status).toContainText('Calling');
  const again = phoneOf(await launchCarillon({ profile, tone: tones.bob }), people.bob);
  await expect(again.alert).toHaveAccessibleName('Incoming call from Alice');
  await again.alert.getByRole('button', { name: 'Answer', exact: true }).click();
  await expect(alice.status).toContainText('Connected');
  await hearTone(alice.page, tones.bob);
  await again.close();
});

test('quitting during a call hangs up', async ({ phones }) => {
  const { alice, bob } = phones;
  await alice.place('Bob');
  await bob.alert.getByRole('button', { name: 'Answer', exact: true }).click();
  await expect(alice.status).toContainText('Connected');
  await bob.app.evaluate(({ app }) => app.quit()).catch(() => undefined);
  await expect(alice.status).toContainText('Ended');
});

test('AN-27: a window that crashes during a call does not leave the other end in it, and it is told', async ({
  phones,
}) => {
  const { alice, bob } = phones;
  await alice.place('Bob');
  await bob.alert.getByRole('button', { name: 'Answer', exact: true }).click();
  await expect(alice.status).toContainText('Connected');
  await bob.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  );
  await expect(alice.status).toContainText('Ended');
  await expect
    .poll(async () => (await bob.notifications.list()).at(-1))
    .toMatchObject({ title: 'Call with Alice lost', body: 'Carillon’s window broke down, and the call was hung up.' });
});

test('AN-25, AN-27: with a window that crashes, an outgoing call rings no more, and an incoming one rings on', async ({
  phones,
}) => {
  const { alice, bob } = phones;
  const crash = (): Promise<void> =>
    bob.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .find((window) => window.webContents.getURL().endsWith('index.html'))
        ?.webContents.forcefullyCrashRenderer(),
    );
  await bob.place('Alice');
  await expect(alice.alert).toBeVisible();
  await crash();
  await expect(alice.alert).toBeHidden();
  await alice.place('Bob');
  await expect.poll(async () => (await bob.tray.state()).toolTip).toContain('Alice');
  await crash();
  // What answers is the page that comes after.
  await bob.tray.menu('Answer');
  await expect(alice.status).toContainText('Connected');
});
