import { describe, expect, it, vi } from 'vitest';
import { makeRuleLines } from '../../../main/calls/rule-lines';
import { type Carillon, commands } from '../../../preload/contract';
import type { Capture } from '../../../renderer/call/environment';
import { makeEngine } from '../../../renderer/engine';
import { event } from '../main/call-facts';
import { quietLog } from '../main/quiet-log';
import { turnedClock } from '../main/turned-clock';

describe('the engine of the page', () => {
  it("says in main's log by which rule it ignores an event, and why", () => {
    const log = quietLog();
    const write = makeRuleLines({ clock: turnedClock(), log });
    const invoke = vi.fn((name: string, argument: unknown) => {
      if (name === 'log:rule') write(commands['log:rule'].parse(argument));
      return Promise.resolve(null);
    });
    const carillon = { invoke, on: () => () => undefined } as unknown as Carillon;
    const { switchboard } = makeEngine(carillon, {} as Capture, () => ({ inviteLifetime: 90, relayOnly: false }));
    switchboard.receive({ ...event('m.call.negotiate'), sequence: 0 });
    expect(log.debug.mock.calls).toEqual([
      ['call engine', { rule: 'NG-08', reason: 'negotiate without a usable description' }],
    ]);
  });
});
