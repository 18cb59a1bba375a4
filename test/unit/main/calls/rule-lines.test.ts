import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeRuleLines } from '../../../../main/calls/rule-lines';
import { makeLog } from '../../../../main/log';
import { turnedClock } from '../turned-clock';

function setUp({ verbose = true } = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'carillon-rule-lines-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const file = path.join(folder, 'carillon.log');
  const clock = turnedClock();
  const log = makeLog({ file, maxBytes: 100_000, verbose, show: () => undefined, now: () => new Date(0) });
  log.info('started');
  const lines = () => readFileSync(file, 'utf8').trimEnd().split('\n').slice(1);
  return { clock, lines, say: makeRuleLines({ clock, log }) };
}

const refused = { rule: 'NG-08', reason: 'negotiate refused by WebRTC; the call goes on as it was' };

describe('lines of the call engine', () => {
  it('stand in the log as those of main do: rule and reason', () => {
    const { lines, say } = setUp();
    say(refused);
    expect(lines()).toEqual([
      '1970-01-01T00:00:00.000Z debug call engine rule=NG-08 reason=negotiate refused by WebRTC; the call goes on as it was',
    ]);
  });

  it('are written only where details were asked for', () => {
    const { lines, say } = setUp({ verbose: false });
    say(refused);
    expect(lines()).toEqual([]);
  });

  it('hold no address, whatever the page says', () => {
    const { lines, say } = setUp();
    say({ rule: 'NG-08', reason: 'from 192.0.2.17 and fe80:0:0:0:1:2:3:4' });
    expect(lines()[0]).toContain('reason=from [ip] and [ip]');
  });

  it('are twenty in a second at most; of the others their number is written', () => {
    const { clock, lines, say } = setUp();
    for (let count = 0; count < 10_000; count++) say(refused);
    expect(lines()).toHaveLength(20);
    clock.turn(1000);
    expect(lines()).toHaveLength(21);
    expect(lines().at(-1)).toContain('call engine: too many lines leftOut=9980');
    say(refused);
    expect(lines()).toHaveLength(22);
    clock.turn(5000);
    expect(lines()).toHaveLength(22);
  });
});
