/** A call that goes on with somebody else: three apps, a real homeserver, real media. MSC2747; X-01 */
import type { TestUser } from '../homeserver/client.ts';
import { expect, test as base, tones } from './support/fixtures.ts';
import type { Phone } from './support/phone.ts';
import { hearTone } from './support/tones.ts';

/** Hz of Carol's microphone. */
const carolTone = 620;

const test = base.extend<{ readonly third: Phone }>({
  /** Carol, whom both others know. */
  third: async ({ homeserver, people, start }, use, info) => {
    const name = `carol-${info.testId.replaceAll(/[^a-z0-9]/g, '')}${String(info.repeatEachIndex)}`;
    const carol: TestUser = await homeserver.register(name, 'carol-password', 'Carol');
    await homeserver.directRoom(carol, people.alice);
    await homeserver.directRoom(carol, people.bob);
    await use(await start(carol, { tone: carolTone }));
  },
});

const callWith = (phone: Phone, name: string) => phone.page.getByRole('region', { name: `Call with ${name}` });
const connected = (phone: Phone, name: string) =>
  expect(callWith(phone, name).getByRole('status').first()).toHaveText('Connected');

async function connect(caller: Phone, callee: Phone, names: readonly [caller: string, callee: string]): Promise<void> {
  await caller.place(names[1]);
  await callee.alert.getByRole('button', { name: 'Answer', exact: true }).click();
  await connected(caller, names[1]);
  await connected(callee, names[0]);
}

const transferTo = async (phone: Phone, whom: RegExp): Promise<void> => {
  await phone.press('More');
  await phone.press('Transfer…');
  await phone.page.getByRole('dialog').getByRole('button', { name: whom }).click();
};

const accept = (phone: Phone, words: string) =>
  phone.page.getByRole('alertdialog', { name: words }).getByRole('button', { name: 'Accept' }).click();

test('blind: Bob is asked, calls Carol, and they hear each other; declined, nothing changes', async ({
  phones: { alice, bob },
  third,
}) => {
  await connect(alice, bob, ['Alice', 'Bob']);

  await transferTo(alice, /^Transfer to Carol @/);
  const question = bob.page.getByRole('alertdialog', { name: 'Alice wants to transfer you to Carol' });
  await question.getByRole('button', { name: 'Decline' }).click();
  await expect(callWith(alice, 'Bob')).toContainText('Bob does not want to be transferred to Carol.');
  await hearTone(alice.page, tones.bob);

  await transferTo(alice, /^Transfer to Carol @/);
  await accept(bob, 'Alice wants to transfer you to Carol');
  await third.alert.getByRole('button', { name: 'Answer', exact: true }).click();
  await connected(bob, 'Carol');
  await connected(third, 'Bob');
  await hearTone(third.page, tones.bob);
  await hearTone(bob.page, carolTone);
  await expect(callWith(alice, 'Bob')).toContainText('The call was transferred.');
  await expect(callWith(bob, 'Alice')).toBeHidden();
});

test('attended: Alice has spoken with Carol, connects her with Bob, and is out of it', async ({
  phones: { alice, bob },
  third,
}) => {
  await connect(alice, bob, ['Alice', 'Bob']);
  await alice.place('Carol');
  await third.alert.getByRole('button', { name: 'Answer', exact: true }).click();
  await connected(alice, 'Carol');
  await hearTone(third.page, tones.alice);

  // From either of the two calls: here from the one that waits.
  await callWith(alice, 'Bob').getByRole('button', { name: 'Swap' }).click();
  await connected(alice, 'Bob');
  await transferTo(alice, /^Transfer to Carol @.* \(in call\)$/);
  await expect(third.page.getByText('Alice connects you with Bob, who will call you.')).toBeVisible();
  await accept(bob, 'Alice wants to transfer you to Carol');
  await third.alert.getByRole('button', { name: 'Hold and answer' }).click();
  await connected(bob, 'Carol');
  await connected(third, 'Bob');
  await hearTone(third.page, tones.bob);
  await hearTone(bob.page, carolTone);
  await expect(callWith(alice, 'Bob')).toContainText('The call was transferred.');
  await expect(callWith(third, 'Alice')).toBeHidden();
});
