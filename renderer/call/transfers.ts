/**
 * Transfers of all calls, in each of the three roles: we ask a far end to go on with somebody else, are asked to, or are
 * the one with whom it is to go on. Nobody is sent anywhere without having been asked. MSC2747; X-01, W24
 */
import type { RoomId } from '../../preload/contract/ids';
import type { CallKey } from '../../preload/contract/signalling';
import type { Call } from './call';
import type { CallKind, PlaceTarget } from './call-view';
import type { Cancel, CallEnvironment } from './environment';
import type { RejectReplacement, Replaces } from './events';
import { newCallId, newReplacementId } from './ids';
import type { Replacement, TransferTarget } from './transfer-events';

export interface TransfersEnvironment extends Pick<CallEnvironment, 'clock' | 'randomId' | 'roomWith' | 'log'> {
  /** Calls `target` under this id. Null where a call has that id, or there is one with that person. */
  readonly place: (target: PlaceTarget, kind: CallKind, callId: CallKey['callId']) => Call | null;
  /** Takes a call off the screen, on which another one has taken its place. */
  readonly dismiss: (call: Call) => void;
  /** Goes on with a call that was put on hold for another one. */
  readonly resume: (call: Call) => void;
}

/** What we asked of a far end. */
interface Asked {
  readonly replacement: string;
  readonly target: TransferTarget;
  /** The call with the target, which ends with this one. */
  readonly other: Call | null;
  readonly stop: Cancel;
}

/** What a far end asked of us. */
interface Wanted {
  readonly event: Replaces;
  /** The call that takes the place of the one that was to be transferred. */
  successor: Call | null;
}

/** ms; a person is asked at the far end. Afterwards a transfer may still come about, but nobody should wait for it. */
const patience = 60_000;
/** ms for which it is said that nothing came of a transfer. */
const saidFor = 20_000;
/** ms in which the target's app ends its call with us by itself, once the far ends talk to each other. */
const partingTime = 3000;

export class Transfers {
  readonly #env: TransfersEnvironment;
  readonly #asked = new Map<Call, Asked>();
  readonly #wanted = new Map<Call, Wanted>();

  constructor(env: TransfersEnvironment) {
    this.#env = env;
  }

  // --- We ask

  /** A blind transfer. */
  ask(call: Call, target: TransferTarget): void {
    if (!call.canTransfer || target.user === call.peerUser || target.user === call.key.account) return;
    void this.#ask(call, { target, how: 'create', newCall: newCallId(this.#env.randomId) }, null);
  }

  /** An attended transfer: the target hears of it first, so that it expects the call. */
  connect(call: Call, other: Call): void {
    if (call === other || !call.canTransfer || other.state.name !== 'connected') return;
    const newCall = newCallId(this.#env.randomId);
    if (other.canTransfer) {
      const transferee = { user: call.peerUser, name: null };
      void this.#send(other, { target: transferee, how: 'await', newCall });
    }
    void this.#ask(call, { target: { user: other.peerUser, name: null }, how: 'create', newCall }, other);
    other.showTransfer({ step: 'promised', target: { user: call.peerUser, name: null } });
  }

  async #ask(call: Call, what: Omit<Replacement, 'replacement'>, other: Call | null): Promise<void> {
    const { target } = what;
    const stop = this.#env.clock.after(patience, () => {
      this.#settle(call, 'silent');
    });
    this.#asked.get(call)?.stop();
    const replacement = newReplacementId(this.#env.randomId);
    this.#asked.set(call, { replacement, target, other, stop });
    call.showTransfer({ step: 'asking', target });
    const sent = await call.replace({ ...what, replacement });
    if (!sent && this.#asked.get(call)?.replacement === replacement) this.#settle(call, 'silent');
  }

  async #send(call: Call, what: Omit<Replacement, 'replacement'>): Promise<void> {
    await call.replace({ ...what, replacement: newReplacementId(this.#env.randomId) });
  }

  /** Nothing came of it. */
  #settle(call: Call, step: 'refused' | 'silent'): void {
    const asked = this.#asked.get(call);
    if (asked === undefined) return;
    asked.stop();
    this.#asked.delete(call);
    this.#say(call, step, asked.target);
    if (asked.other?.transfer?.step === 'promised') asked.other.showTransfer(null);
  }

  #say(call: Call, step: 'refused' | 'silent' | 'failed', target: TransferTarget): void {
    const said = { step, target };
    call.showTransfer(said);
    this.#env.clock.after(saidFor, () => {
      if (call.transfer === said) call.showTransfer(null);
    });
  }

  // --- We are asked

  receive(call: Call, event: Replaces | RejectReplacement): void {
    if (event.type === 'm.call.reject_replacement') {
      if (this.#asked.get(call)?.replacement === event.replacement) this.#settle(call, 'refused');
      else this.#env.log('X-01', 'refuses what we did not ask for');
      return;
    }
    const talking = call.state.name === 'connected' || call.state.name === 'reconnecting';
    const busy = this.#wanted.get(call)?.successor != null || this.#asked.has(call);
    if (!talking || busy || event.target.user === call.key.account) {
      this.#env.log('X-01', 'a transfer out of place');
      if (talking) call.rejectReplacement(event.replacement);
      return;
    }
    this.#wanted.set(call, { event, successor: null });
    call.showTransfer({ step: event.how === 'create' ? 'asked' : 'awaited', target: event.target });
  }

  /** The person agrees: the target is called, and our call stays until that one is answered. */
  async accept(call: Call): Promise<void> {
    const wanted = this.#wanted.get(call);
    if (wanted === undefined || call.transfer?.step !== 'asked') return;
    const { target, newCall } = wanted.event;
    call.showTransfer({ step: 'going', target });
    const roomId = await this.#env.roomWith(call.key.account, target.user).catch(() => null);
    if (this.#wanted.get(call) !== wanted) return;
    wanted.successor = roomId === null ? null : this.#place(call, target, roomId, newCall);
    if (wanted.successor === null) this.#failed(call, wanted);
  }

  decline(call: Call): void {
    const wanted = this.#wanted.get(call);
    if (wanted === undefined || call.transfer?.step !== 'asked') return;
    this.#wanted.delete(call);
    call.rejectReplacement(wanted.event.replacement);
    call.showTransfer(null);
  }

  #place(call: Call, { user }: TransferTarget, roomId: RoomId, newCall: CallKey['callId']): Call | null {
    return this.#env.place({ account: call.key.account, roomId, peer: user }, call.kind, newCall);
  }

  #failed(call: Call, { event, successor }: Wanted): void {
    this.#wanted.delete(call);
    call.rejectReplacement(event.replacement);
    this.#say(call, 'failed', event.target);
    if (call.hasEnded()) return;
    if (successor !== null) this.#env.dismiss(successor);
    this.#env.resume(call);
  }

  // --- What becomes of the calls

  /** To be told of every change of every call. */
  changed(call: Call): void {
    for (const [original, wanted] of [...this.#wanted]) this.#follow(original, wanted, call);
    if (!call.hasEnded()) return;
    const asked = this.#asked.get(call);
    if (asked !== undefined) this.#ended(call, asked);
    // What we were asked to do outlives the call: whoever asks may hang up at once. What we were to expect does not.
    if (call.transfer?.step === 'awaited') this.#wanted.delete(call);
  }

  /** A call that was taken off the screen is asked about no more. */
  forget(call: Call): void {
    this.#wanted.delete(call);
  }

  #follow(original: Call, wanted: Wanted, call: Call): void {
    const { event } = wanted;
    const comes = event.how === 'await' && call.key.callId === event.newCall && call.peerUser === event.target.user;
    if (call !== wanted.successor && !comes) return;
    if (call.state.name === 'connecting' || call.state.name === 'connected') {
      this.#wanted.delete(original);
      original.endTransferred();
      this.#env.dismiss(original);
    } else if (call.hasEnded() && call === wanted.successor) {
      this.#failed(original, wanted);
    }
  }

  #ended(call: Call, { other, stop }: Asked): void {
    stop();
    this.#asked.delete(call);
    const transferred = call.state.name === 'ended' && call.state.reason === 'transferred';
    if (other !== null && transferred) this.#env.clock.after(partingTime, () => other.endTransferred());
  }
}
