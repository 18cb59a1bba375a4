/** Encrypted calls between the app and matrix-js-sdk with its own crypto, placed by either. */
import { seeMotion } from '../e2e/support/pictures.ts';
import { hearTone } from '../e2e/support/tones.ts';
import { type FarEnd, startFarEnd } from './support/far-end.ts';
import { expect, test as base, tones } from './support/fixtures.ts';

/** Carla, whom Alice knows from an encrypted room. */
interface Carla {
  readonly far: FarEnd;
  readonly roomId: string;
}

const test = base.extend<object, { readonly carla: Carla }>({
  carla: [
    async ({ homeserver, people, foreign, farBrowser, origin }, use) => {
      const user = await homeserver.register('carla', 'password', 'Carla');
      foreign.push(user);
      const roomId = await homeserver.directRoom(people.alice, user, { encrypted: true });
      await use({ far: await startFarEnd(farBrowser, origin, homeserver.baseUrl, user, true), roomId });
    },
    { scope: 'worker' },
  ],
});

test('the app calls with voice, matrix-js-sdk answers; nobody else can read it', async ({
  alice,
  carla,
  homeserver,
}) => {
  const { far, roomId } = carla;
  await alice.place('Carla');
  await far.reach('ringing');
  await far.answer();
  await expect(alice.status).toContainText('Connected');
  await far.hears(tones.alice);
  await hearTone(alice.page, tones.far);
  await far.hangUp();
  await expect(alice.call).toContainText('Carla ended the call');
  const sent = homeserver.sentEvents({ roomId }).filter(({ stateKey }) => stateKey === null);
  expect(new Set(sent.map(({ type }) => type))).toEqual(new Set(['m.room.encrypted']));
});

test('matrix-js-sdk calls with video, the app answers with video', async ({ alice, carla }) => {
  const { far, roomId } = carla;
  await far.place(roomId, 'video');
  await expect(alice.alert).toHaveAccessibleName('Incoming video call from Carla');
  await alice.press('Answer with video');
  await far.sees();
  await seeMotion(alice.picture);
  await far.hears(tones.alice);
  await hearTone(alice.page, tones.far);
  await alice.press('Hang up');
  await far.reach('ended');
});
