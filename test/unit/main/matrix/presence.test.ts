import { beforeEach, expect, it, vi } from 'vitest';

import { makePresence } from '../../../../main/matrix/presence';
import type { UserId } from '../../../../preload/contract/ids';
import { turnedClock } from '../turned-clock';

const [anna, ben, carl] = ['@anna:x', '@ben:x', '@carl:x'] as [UserId, UserId, UserId];

let clock: ReturnType<typeof turnedClock>;
let presence: ReturnType<typeof makePresence>;
const ask = vi.fn<(userId: UserId) => Promise<unknown>>();

beforeEach(() => {
  vi.resetAllMocks();
  clock = turnedClock();
  presence = makePresence({ ask, now: clock.now });
});

it.each([
  [{ presence: 'online', last_active_ago: 1 }, 'online'],
  [{ presence: 'unavailable' }, 'unavailable'],
  [{ presence: 'offline', last_active_ago: 86_400_000 }, 'offline'],
  // Synapse with presence off.
  [{ presence: 'offline' }, null],
  [{ presence: 'busy' }, null],
  ['offline', null],
  [null, null],
])('%j is %s', async (answer, told) => {
  ask.mockResolvedValue(answer);
  expect(await presence([anna])).toEqual([told]);
});

it('answers stand in the order of the question, and are good for 45 s', async () => {
  ask.mockImplementation((userId) =>
    userId === ben ? Promise.reject(new Error('403')) : Promise.resolve({ presence: 'online' }),
  );
  expect(await presence([anna, ben, carl])).toEqual(['online', null, 'online']);
  clock.turn(44_999);
  expect(await presence([carl, ben])).toEqual(['online', null]);
  expect(ask).toHaveBeenCalledTimes(3);
  clock.turn(1);
  await presence([carl]);
  expect(ask).toHaveBeenCalledTimes(4);
});

it('a homeserver that tells nobody’s presence is left in peace for ten minutes', async () => {
  ask.mockResolvedValue({ presence: 'offline' });
  await presence([anna, ben]);
  clock.turn(599_999);
  expect(await presence([anna, ben])).toEqual([null, null]);
  expect(ask).toHaveBeenCalledTimes(2);
  clock.turn(1);
  ask.mockResolvedValue({ presence: 'online' });
  expect(await presence([anna, ben])).toEqual(['online', 'online']);
});

it('asks for four at a time', async () => {
  const answers: (() => void)[] = [];
  ask.mockImplementation(() => new Promise((resolve) => answers.push(() => resolve({ presence: 'online' }))));
  const told = presence(Array.from({ length: 6 }, (_, index) => `@p${String(index)}:x` as UserId));
  expect(answers).toHaveLength(4);
  for (let done = 0; done < 6; done++) {
    answers[done]?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await told).toHaveLength(6);
});
