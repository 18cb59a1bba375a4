import { describe, expect, it } from 'vitest';
import { byOwnRules, type OwnRulesEnv } from '../../../../main/ringing/own-rules';
import { defaultSettings } from '../../../../preload/contract/default-settings';
import type { Settings } from '../../../../preload/contract/settings';
import { anna, event, invite, left } from '../call-facts';

const quiet = { ...defaultSettings.doNotDisturb, byHand: 'untilSwitchedOff' } as const;
const env = (settings: Partial<Settings>, who: 'stranger' | 'listed' | 'favourite' = 'stranger'): OwnRulesEnv => ({
  settings: () => ({ ...defaultSettings, ...settings }),
  date: () => 0,
  caller: () => ({ listed: who !== 'stranger', favourite: who === 'favourite' }),
  isTooMuch: () => false,
});
const verdictOf = (signal: ReturnType<typeof byOwnRules>) => (signal.kind === 'event' ? signal.verdict : undefined);

describe("the person's own rules", () => {
  it.each<[string, Partial<Settings>, 'stranger' | 'listed' | 'favourite', unknown]>([
    ['let everyone ring', {}, 'stranger', { ring: true }],
    ['want no disturbance', { doNotDisturb: quiet }, 'favourite', { ring: false, why: 'doNotDisturb' }],
    ['let people in the list ring', { whoMayRing: 'people' }, 'listed', { ring: true }],
    ['let nobody else ring', { whoMayRing: 'people' }, 'stranger', { ring: false, why: 'notWanted' }],
    ['let favourites ring', { whoMayRing: 'favourites' }, 'favourite', { ring: true }],
    ['let no others of the list ring', { whoMayRing: 'favourites' }, 'listed', { ring: false, why: 'notWanted' }],
  ])('%s', (_what, settings, who, verdict) => {
    expect(verdictOf(byOwnRules(invite(), env(settings, who)))).toEqual(verdict);
  });

  it('V1-07: know another device of the own account', () => {
    expect(verdictOf(byOwnRules(invite({ sender: anna }), env({ whoMayRing: 'people' })))).toEqual({ ring: true });
  });

  it('RG-10: bear so many calls at once and no more', () => {
    const full = { ...env({}), isTooMuch: () => true };
    expect(verdictOf(byOwnRules(invite(), full))).toEqual({ ring: false, why: 'tooMany' });
  });

  it('do not hide a reason that weighs more', () => {
    const held = invite({ verdict: { ring: false, why: 'ignoredUser' } });
    expect(byOwnRules(held, env({ doNotDisturb: quiet }))).toBe(held);
  });

  it.each([event('m.call.hangup'), left(anna)])('leave everything else as it came', (signal) => {
    expect(byOwnRules(signal, env({ doNotDisturb: quiet }))).toBe(signal);
  });
});
