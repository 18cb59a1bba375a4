/** What goes wrong, and what the person is told: the cause, and what to do next, where they look. */
import { expect, test } from './support/fixtures.ts';
import { launchCarillon } from './support/launch.ts';
import { signIn } from './support/phone.ts';

test.describe('signing in', () => {
  test('every refusal names its cause, and nothing typed is lost', async ({ homeserver, people }) => {
    const carillon = await launchCarillon();
    const { page } = carillon;
    const alert = page.getByRole('alert').first();
    const attempts = [
      { server: homeserver.baseUrl, user: people.alice.userId, password: 'wrong', says: /password is wrong/ },
      { server: 'http://example.org', user: 'alice', password: 'x', says: /http:\/\/.*unprotected/ },
      { server: 'no-such-server.invalid', user: 'alice', password: 'x', says: /no server with this name/ },
      { server: 'http://127.0.0.1:1', user: 'alice', password: 'x', says: /does not answer/ },
      { server: 'not a server', user: 'alice', password: 'x', says: /not a server name/ },
    ];
    for (const { server, user, password, says } of attempts) {
      await signIn(page, server, user, password);
      await expect(alert).toHaveText(says);
      await expect(page.getByRole('textbox', { name: 'Homeserver' })).toHaveValue(server);
      await expect(page.getByRole('textbox', { name: 'User name' })).toHaveValue(user);
      await expect(page.getByRole('textbox', { name: 'Password' })).toHaveValue(password);
    }
    await signIn(page, homeserver.baseUrl, people.alice.userId, people.alice.password);
    await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
    await carillon.close();
  });

  test('a homeserver that goes away meanwhile is told, and signing in works once it is back', async ({
    homeserver,
    people,
  }) => {
    const carillon = await launchCarillon();
    const { page } = carillon;
    await homeserver.stopServer();
    await signIn(page, homeserver.baseUrl, people.alice.userId, people.alice.password);
    await expect(page.getByRole('alert').first()).toHaveText(/does not answer/);
    await homeserver.startServer();
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
    await carillon.close();
  });

  test('a desktop without a keyring: said once, and the person may go on', async ({ homeserver, people }) => {
    const bare = { env: { ELECTRON_HOST_SAFE_STORAGE: 'basic_text' }, args: ['--password-store=basic'] };
    const first = await launchCarillon(bare);
    await expect(first.page.getByRole('heading', { name: 'This desktop has no keyring' })).toBeFocused();
    await expect(first.page.getByRole('textbox')).toHaveCount(0);
    await signIn(first.page, homeserver.baseUrl, people.alice.userId, people.alice.password);
    await expect(first.page.getByRole('navigation', { name: 'Main' })).toBeVisible();
    await first.close({ keepProfile: true });

    const next = await launchCarillon({ ...bare, profile: first.profile });
    await expect(next.page.getByRole('navigation', { name: 'Main' })).toBeVisible();
    await next.close();
    await first.close();
  });
});

test.describe('devices', () => {
  test('no microphone: the call is not placed, and the way out is said', async ({ people, start }) => {
    const alice = await start(people.alice, { noMicrophone: true });
    await alice.place('Bob');
    await expect(alice.status).toContainText('Ended');
    await expect(alice.call).toContainText(/microphone/i);
  });

  test('no camera: a video call goes on with voice', async ({ people, start }) => {
    const [alice, bob] = await Promise.all([start(people.alice, { noCamera: true }), start(people.bob)]);
    await alice.place('Bob', 'Video call');
    await bob.alert.getByRole('button', { name: 'Answer', exact: true }).click();
    await expect(alice.status).toContainText('Connected');
    await expect(alice.call).toContainText(/camera/i);
  });

  test.describe(() => {
    test.use({ lasting: true });

    for (const { name, says } of [
      { name: 'NotAllowedError', says: /not allowed|allow/i },
      { name: 'NotReadableError', says: /another program|in use/i },
    ]) {
      test(`${name} while answering: the call goes on ringing and can be tried again`, async ({ phones }) => {
        const { alice, bob } = phones;
        await bob.page.evaluate((exception) => {
          const { mediaDevices } = navigator;
          const real = mediaDevices.getUserMedia.bind(mediaDevices);
          let failures = 1;
          mediaDevices.getUserMedia = (constraints) =>
            failures-- > 0 ? Promise.reject(new DOMException('', exception)) : real(constraints);
        }, name);
        await alice.place('Bob');
        await bob.alert.getByRole('button', { name: 'Answer', exact: true }).click();
        await expect(bob.alert).toContainText(says);
        await bob.alert.getByRole('button', { name: 'Answer', exact: true }).click();
        await expect(alice.status).toContainText('Connected');
      });
    }
  });
});

test.describe('people', () => {
  test('a person who does not exist', async ({ people, start, homeserver }) => {
    const alice = await start(people.alice);
    const nobody = `@nobody-at-all:${homeserver.serverName}`;
    await alice.page.getByRole('searchbox', { name: 'Search people or enter an address' }).fill(nobody);
    await expect(alice.page.getByText(/nobody with the address/)).toBeVisible();
  });

  test('a new person: found by address, invited, called once the invitation is accepted', async ({
    homeserver,
    people,
    start,
  }, info) => {
    const carol = await homeserver.register(
      `carol-${info.testId.replaceAll(/[^a-z0-9]/g, '')}`,
      'carol-password',
      'Carol',
    );
    const alice = await start(people.alice);
    await alice.page.getByRole('searchbox', { name: 'Search people or enter an address' }).fill(carol.userId);
    await alice.page
      .getByRole('button', { name: /^Start a conversation with Carol/ })
      .first()
      .click();
    await expect(alice.page.getByText(/has not accepted your invitation/).first()).toBeVisible();
    const other = await start(carol);
    await other.page.getByRole('button', { name: 'Accept Alice' }).first().click();
    await alice.place('Carol');
    await expect(other.alert).toHaveAccessibleName('Incoming call from Alice');
  });
});

test.describe('the homeserver', () => {
  test('goes away during a call: the call goes on, the loss is said, hanging up is not lost', async ({
    phones,
    homeserver,
    people,
  }) => {
    const { alice, bob } = phones;
    await alice.place('Bob');
    await bob.alert.getByRole('button', { name: 'Answer', exact: true }).click();
    await expect(alice.status).toContainText('Connected');
    await homeserver.stopServer();
    await expect(alice.page.getByText(/No connection to/)).toBeVisible({ timeout: 30_000 });
    await expect(alice.status).toContainText('Connected');
    await alice.press('Hang up');
    await homeserver.startServer();
    await expect(bob.status).toContainText('Ended', { timeout: 30_000 });
    await expect(alice.page.getByText(/No connection to/)).toBeHidden({ timeout: 30_000 });
    expect(homeserver.sentEvents({ roomId: people.roomId, type: 'm.call.hangup' })).toHaveLength(1);
  });

  test('a callee who is offline is called until the caller gives up', async ({ people, start }) => {
    const alice = await start(people.alice);
    await alice.place('Bob');
    await expect(alice.status).toContainText('Calling');
    await alice.press('Hang up');
    await expect(alice.call).toContainText('Ended');
  });
});
