/**
 * All calls of this window: takes in the signals that main passes on and the wishes of the user, and decides which call
 * each is for. V1-09, V1-13
 */
import type { IncomingSignal } from '../../preload/contract/signalling';
import type { Call } from './call';
import { CallList, type NewCallsEnvironment } from './call-list';
import type { CallControls, CallView } from './call-view';
import { Calling } from './calling';
import type { CallEnvironment } from './environment';
import { parseCallEvent } from './events';
import { IncomingCall } from './incoming-call';
import type { Party } from './party';
import { Reception, type EventSignal } from './reception';
import { Transfers } from './transfers';

type CallListener = (calls: readonly CallView[]) => void;

export class Switchboard {
  readonly #env: CallEnvironment;
  readonly #calls = new CallList();
  readonly #calling: Calling;
  readonly #reception: Reception;
  readonly #transfers: Transfers;
  readonly #listeners = new Set<CallListener>();

  constructor(env: CallEnvironment) {
    this.#env = env;
    const board: NewCallsEnvironment = {
      calls: this.#calls,
      transfer: (call, event) => this.#transfers.receive(call, event),
      changed: (call) => this.#changed(call),
      added: () => this.#publish(),
    };
    this.#calling = new Calling(env, board);
    this.#reception = new Reception(env, board);
    this.#transfers = new Transfers({
      clock: env.clock,
      randomId: env.randomId,
      roomWith: env.roomWith,
      log: env.log,
      place: (target, kind, callId) => this.#calling.placeTransferred(target, kind, callId),
      dismiss: (call) => this.#calls.remove(call),
      resume: (call) => this.controls.setHeld(call.key, false),
    });
  }

  readonly controls: CallControls = {
    expect: (target, kind) => this.#calling.expect(target, kind),
    place: (target, kind) => this.#calling.place(target, kind),
    answer: (key, kind) => {
      const call = this.#calls.find(key);
      if (call instanceof IncomingCall) this.#calling.answer(call, kind);
    },
    decline: (key) => {
      const call = this.#calls.find(key);
      if (call instanceof IncomingCall) call.decline();
    },
    hangUp: (key) => this.#calls.find(key)?.hangUp(),
    setMicrophoneMuted: (key, muted) => this.#calls.find(key)?.setMicrophoneMuted(muted),
    setCameraOn: (key, on) => void this.#calls.find(key)?.setCameraOn(on),
    setHeld: (key, held) => {
      const call = this.#calls.find(key);
      if (call !== undefined && !held && !call.hasEnded()) this.#calls.holdOthers(call);
      call?.setHeld(held);
    },
    sendDigits: (key, digits) => this.#calls.find(key)?.sendDigits(digits),
    shareScreen: (key, screen) => {
      const call = this.#calls.find(key);
      if (call !== undefined) call.shareScreen(screen);
      else for (const track of screen.getTracks()) track.stop();
    },
    stopSharing: (key) => this.#calls.find(key)?.stopSharing(),
    transfer: (key, target) => {
      const call = this.#calls.find(key);
      if (call !== undefined) this.#transfers.ask(call, target);
    },
    connect: (key, to) => {
      const [call, other] = [this.#calls.find(key), this.#calls.find(to)];
      if (call !== undefined && other !== undefined) this.#transfers.connect(call, other);
    },
    acceptTransfer: (key) => {
      const call = this.#calls.find(key);
      if (call !== undefined) void this.#transfers.accept(call);
    },
    declineTransfer: (key) => {
      const call = this.#calls.find(key);
      if (call !== undefined) this.#transfers.decline(call);
    },
    sample: (key) => this.#calls.find(key)?.sample() ?? Promise.resolve(null),
    dismiss: (key) => {
      const call = this.#calls.find(key);
      if (call?.hasEnded() === true) {
        this.#calls.remove(call);
        this.#transfers.forget(call);
      }
      this.#publish();
    },
  };

  /** Calls `listener` with every change, and once at the start. @returns ends the subscription. */
  subscribe(listener: CallListener): () => void {
    this.#listeners.add(listener);
    listener(this.#calls.views());
    return () => void this.#listeners.delete(listener);
  }

  /** Takes one signal from main; in order, each once. Never throws, whatever a stranger sent. */
  receive(signal: IncomingSignal): void {
    switch (signal.kind) {
      case 'event':
        this.#receiveEvent(signal);
        return;
      case 'left':
        for (const call of this.#calls.inRoom(signal)) if (!call.hasEnded()) call.memberLeft(signal.userId);
        return;
      case 'redacted': {
        const call = this.#calls.find(signal);
        if (call instanceof IncomingCall) call.redacted();
        this.#reception.forget(signal);
        return;
      }
    }
  }

  /** The machine woke up, or the network changed: what depends on time or on the path is looked at again. LV-14, NG-14 */
  networkChanged(): void {
    this.#calling.networkChanged();
    for (const call of this.#calls.all()) if (!call.hasEnded()) call.wake();
  }

  #receiveEvent(signal: EventSignal): void {
    const parsed = parseCallEvent(signal.type, signal.content);
    if (!parsed.ok) return this.#env.log(parsed.rule, parsed.why);
    const { event } = parsed;
    const from: Party = { user: signal.sender, id: event.party };
    const call = this.#calls.find(signal);
    if (event.type === 'm.call.invite') this.#reception.invited({ signal, invite: event, from });
    else if (call !== undefined) call.receive(event, from, signal);
    else this.#reception.cameEarly(signal, { event, from, arrival: signal });
  }

  #changed(call: Call): void {
    if (call.hasEnded()) {
      this.#calls.remember(call.key);
      for (const shed of this.#calls.shed()) this.#transfers.forget(shed);
    }
    this.#reception.changed(call);
    this.#transfers.changed(call);
    this.#publish();
  }

  #publish(): void {
    const views = this.#calls.views();
    for (const listener of this.#listeners) listener(views);
  }
}
