import { describe, expect, it } from 'vitest';
import { type Asking, mayAsk } from '../../../../main/trust/asking';

const asking = (over: Partial<Asking>): Asking => ({
  own: false,
  roomId: '!ours:example.org',
  directRoom: '!ours:example.org',
  ignored: false,
  before: [],
  open: 0,
  ...over,
});

describe('a request to verify', () => {
  it.each<[string, Partial<Asking>, boolean]>([
    ['from another device of ours', { own: true, roomId: null, directRoom: null }, true],
    ['from a person, in our direct room', {}, true],
    ['from a person, to a device', { roomId: null }, false],
    ['from a person, in another room', { roomId: '!lobby:example.org' }, false],
    ['from a stranger', { directRoom: null }, false],
    ['from somebody who is ignored', { ignored: true }, false],
    ['the fifth within ten minutes', { before: [1, 2, 3, 4] }, true],
    ['the sixth within ten minutes', { before: [1, 2, 3, 4, 5] }, false],
    ['the sixth of our own devices', { own: true, before: [1, 2, 3, 4, 5] }, false],
    ['while three wait already', { open: 3 }, false],
  ])('%s', (_what, over, may) => {
    expect(mayAsk(asking(over))).toBe(may);
  });
});
