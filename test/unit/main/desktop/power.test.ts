import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { keepAwake, watchPower } from '../../../../main/desktop/power';
import { otherCall, report } from '../call-facts';
import { turnedClock } from '../turned-clock';

describe('sleep', () => {
  function watched() {
    const monitor = new EventEmitter();
    const clock = turnedClock();
    const wall = { now: 1_000_000 };
    const woke = vi.fn();
    const shutDown = vi.fn();
    watchPower({ monitor: monitor as never, clock, wallClock: () => wall.now, woke, shutDown });
    return { monitor, clock, wall, woke, shutDown };
  }

  it.each([
    ['a clock that stands still in sleep (Linux)', 0, 60_000],
    ['a clock that goes on (Windows, macOS)', 60_000, 0],
    ['a wall clock that was set back meanwhile', 120_000, 0],
  ])('LV-14: %s', (_what, counted, stoodStill) => {
    const { monitor, clock, wall, woke } = watched();
    monitor.emit('suspend');
    wall.now += 60_000;
    clock.turn(counted);
    monitor.emit('resume');
    expect(woke.mock.calls).toEqual([[stoodStill]]);
  });

  it('tells of a waking without a falling asleep', () => {
    const { monitor, wall, woke } = watched();
    wall.now += 60_000;
    monitor.emit('resume');
    expect(woke.mock.calls).toEqual([[0]]);
  });

  it('passes on that the machine shuts down', () => {
    const { monitor, shutDown } = watched();
    monitor.emit('shutdown');
    expect(shutDown).toHaveBeenCalledOnce();
  });
});

describe('staying awake', () => {
  it('a voice call keeps the machine up, a video call the display, nothing else does either', () => {
    const held = new Map<number, string>();
    let id = 0;
    const calls = keepAwake({
      start: (kind) => {
        held.set(++id, kind);
        return id;
      },
      stop: (started) => held.delete(started),
    });
    const holds = () => [...held.values()];
    calls([report('ringing', { kind: 'video' })]);
    expect(holds()).toEqual([]);
    calls([report('connecting')]);
    calls([report('connected')]);
    expect(holds()).toEqual(['prevent-app-suspension']);
    calls([report('connected'), report('connected', { ...otherCall, kind: 'video' })]);
    expect(holds()).toEqual(['prevent-display-sleep']);
    calls([report('connected', { picture: true })]);
    expect(holds()).toEqual(['prevent-display-sleep']);
    calls([report('connected')]);
    expect(holds()).toEqual(['prevent-app-suspension']);
    calls([]);
    expect(holds()).toEqual([]);
  });
});
