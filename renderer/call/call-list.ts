/**
 * The calls of this window, by (account, room, call): living ones, and ended ones until they are taken off the screen. The
 * ids of many more ended ones are remembered. V1-12
 */
import { callKeyOf } from '../../preload/contract/call-key';
import type { CallKey } from '../../preload/contract/signalling';
import type { Call } from './call';
import type { CallView, PlaceTarget } from './call-view';
import type { RejectReplacement, Replaces } from './events';

/** Ids of ended calls that are remembered, so that a late or repeated invite does not ring again. V1-12 */
const mostEnded = 500;
/** Ended calls that wait to be taken off the screen. */
const mostShown = 20;

/** What makes new calls needs of the switchboard. */
export interface NewCallsEnvironment {
  readonly calls: CallList;
  /** A transfer is asked for, or refused, by the far end of `call`. X-01 */
  readonly transfer: (call: Call, event: Replaces | RejectReplacement) => void;
  readonly changed: (call: Call) => void;
  /** There is one more call, or one in another's place. */
  readonly added: () => void;
}

export class CallList {
  readonly #calls = new Map<string, Call>();
  readonly #ended = new Set<string>();

  find(key: CallKey): Call | undefined {
    return this.#calls.get(callKeyOf(key));
  }

  /** As they are now: who goes through them may add and remove some. */
  all(): readonly Call[] {
    return [...this.#calls.values()];
  }

  inRoom({ account, roomId }: Pick<CallKey, 'account' | 'roomId'>): readonly Call[] {
    return this.all().filter(({ key }) => key.account === account && key.roomId === roomId);
  }

  /** The living call with this person in this room. */
  with(target: PlaceTarget): Call | undefined {
    return this.inRoom(target).find((call) => !call.hasEnded() && call.peerUser === target.peer);
  }

  hasEnded(key: CallKey): boolean {
    return this.#ended.has(callKeyOf(key));
  }

  views(): readonly CallView[] {
    return this.all().map((call) => call.view());
  }

  /** Takes the place of another call of the same id. */
  add(call: Call): void {
    this.#calls.set(callKeyOf(call.key), call);
  }

  remove({ key }: Call): void {
    this.#calls.delete(callKeyOf(key));
  }

  /** One conversation at a time: the others wait. */
  holdOthers(call: Call): void {
    for (const other of this.#calls.values()) if (other !== call && other.isOccupied) other.setHeld(true);
  }

  /** This call, of which there may be no more than the id, is over: its invite does not ring any more. */
  remember(call: CallKey): void {
    const key = callKeyOf(call);
    this.#ended.delete(key);
    this.#ended.add(key);
    const [oldest] = this.#ended;
    if (this.#ended.size > mostEnded && oldest !== undefined) this.#ended.delete(oldest);
  }

  /** Takes the oldest ended calls off the screen. @returns those. */
  shed(): readonly Call[] {
    const ended = this.all().filter((call) => call.hasEnded());
    const shed = ended.slice(0, Math.max(ended.length - mostShown, 0));
    for (const call of shed) this.remove(call);
    return shed;
  }
}
