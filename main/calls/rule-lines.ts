/** What the call engine says of its rules, for the debug log; within bounds, since a far end can make it say much. */
import type { RuleLine } from '../../preload/contract/log';
import type { Clock } from '../clock';
import type { Log } from '../log';

export interface RuleLinesEnv {
  readonly clock: Pick<Clock, 'after'>;
  readonly log: Pick<Log, 'debug'>;
}

/** Far more than an honest call needs: a flood must not push everything else out of the log. */
const mostPerSecond = 20;

/** @returns writes one line; beyond twenty in a second, only how many there were. */
export function makeRuleLines({ clock, log }: RuleLinesEnv): (line: RuleLine) => void {
  let said = 0;

  function nextSecond(): void {
    if (said > mostPerSecond) log.debug('call engine: too many lines', { leftOut: said - mostPerSecond });
    said = 0;
  }

  return ({ rule, reason }) => {
    if (said === 0) clock.after(1000, nextSecond);
    said += 1;
    if (said <= mostPerSecond) log.debug('call engine', { rule, reason });
  };
}
