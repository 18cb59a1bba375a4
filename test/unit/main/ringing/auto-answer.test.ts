import { beforeEach, describe, expect, it, vi } from 'vitest';
import { autoAnswering, forewarning } from '../../../../main/ringing/auto-answer';
import { anna, ben, call, cleo } from '../call-facts';
import { turnedClock } from '../turned-clock';

const answer = vi.fn();
let clock: ReturnType<typeof turnedClock>;
let busy: boolean;
let autoAnswer: { account: typeof anna; userId: typeof ben }[];
const raise = (caller = ben) =>
  autoAnswering({ clock, settings: () => ({ autoAnswer }), isBusy: () => busy, answer })({
    ...call,
    caller,
    kind: 'video',
    silenced: false,
  });
beforeEach(() => {
  vi.clearAllMocks();
  clock = turnedClock();
  busy = false;
  autoAnswer = [{ account: anna, userId: ben }];
});

describe('a call of somebody in the list', () => {
  it('is answered after it has rung for a moment', () => {
    raise();
    clock.turn(forewarning - 1);
    expect(answer).not.toHaveBeenCalled();
    clock.turn(1);
    expect(answer).toHaveBeenCalledExactlyOnceWith(expect.objectContaining(call));
  });

  it('is not answered once it has stopped ringing', () => {
    raise()();
    clock.turn(forewarning);
    expect(answer).not.toHaveBeenCalled();
  });

  it('is not answered into another call, whenever that began', () => {
    raise();
    busy = true;
    raise();
    clock.turn(forewarning);
    expect(answer).not.toHaveBeenCalled();
  });

  it('is not answered when the person changes their mind meanwhile', () => {
    raise();
    autoAnswer = [];
    clock.turn(forewarning);
    expect(answer).not.toHaveBeenCalled();
  });
});

it('nobody else is answered', () => {
  raise(cleo);
  clock.turn(forewarning);
  expect(answer).not.toHaveBeenCalled();
});
