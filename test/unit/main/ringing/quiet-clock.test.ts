import { expect, it, vi } from 'vitest';
import { watchQuiet } from '../../../../main/ringing/quiet-clock';
import { defaultSettings } from '../../../../preload/contract/default-settings';
import { turnedClock } from '../turned-clock';

it('tells when quiet ends by the clock, and after a change', () => {
  const clock = turnedClock();
  const changed = vi.fn();
  let doNotDisturb = { ...defaultSettings.doNotDisturb, byHand: (5 * 3_600_000) as number | 'off' };
  const again = watchQuiet({ clock, date: clock.now, settings: () => ({ doNotDisturb }), changed });
  clock.turn(5 * 3_600_000 - 1);
  changed.mockClear();
  clock.turn(1);
  expect(changed).toHaveBeenCalledOnce();
  clock.turn(24 * 3_600_000);
  expect(changed).toHaveBeenCalledOnce();
  doNotDisturb = { ...doNotDisturb, byHand: clock.now() + 1000 };
  again();
  clock.turn(1000);
  expect(changed).toHaveBeenCalledTimes(3);
});
