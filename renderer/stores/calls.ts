/**
 * The calls as the engine last told. Views are replaced whole and never made reactive inside: a MediaStream behind a
 * proxy cannot be played.
 */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { callKeyOf, callNameOf } from '../../preload/contract/call-key';
import type { CallAction } from '../../preload/contract/calls';
import type { Person } from '../../preload/contract/people';
import type { CallKey } from '../../preload/contract/signalling';
import { bridge } from '../bridge';
import type { CallControls, CallKind, CallView } from '../call/call-view';
import type { TransferTarget } from '../call/transfer-events';

/** Sent digits that are kept for the screen. */
const mostDigits = 100;

/** What the screen needs of the engine. */
export interface CallEngine {
  readonly controls: CallControls;
  /** Tells the calls at once and after every change. @returns a function that ends the subscription. */
  readonly subscribe: (listener: (calls: readonly CallView[]) => void) => () => void;
}

export const isRinging = (call: CallView): boolean => call.direction === 'incoming' && call.state.name === 'ringing';

export const isRunning = (call: CallView): boolean => call.state.name !== 'ended' && !isRinging(call);

/** What is said or dialled reaches the far end now: nothing does while either side holds. */
export const isTalking = (call: CallView): boolean =>
  call.state.name === 'connected' && !call.heldByUs && !call.heldByPeer;

/** Somebody who calls five times leaves one note, not five: the list of calls has them all. */
const isOvertaken = (ended: CallView, calls: readonly CallView[]): boolean =>
  calls
    .slice(calls.indexOf(ended) + 1)
    .some(({ account, peer, verdict }) => account === ended.account && peer === ended.peer && verdict.ring);

/** Somebody talks here, or is about to: an answer to another call needs a decision about this one. */
const isOccupied = (call: CallView): boolean => isRunning(call) && !call.heldByUs;

export const useCalls = defineStore('calls', () => {
  const views = shallowRef<readonly CallView[]>([]);
  const silenced = shallowRef<ReadonlySet<string>>(new Set());
  const openKey = shallowRef<string | null>(null);
  const engine = shallowRef<CallEngine | null>(null);
  /** Digits sent in each call, oldest first. */
  const sentDigits = shallowRef<ReadonlyMap<string, string>>(new Map());
  /** Calls that this person has just ended on purpose, so that nobody needs to be told of it. */
  const settled = new Set<string>();

  /** A call that may not ring is for the history alone. RG-04 */
  const visible = computed(() => views.value.filter((call) => call.verdict.ring));
  const running = computed(() => visible.value.filter(isRunning));
  const ringing = computed(() => visible.value.filter(isRinging));
  const opened = computed(() => visible.value.find((call) => callKeyOf(call) === openKey.value) ?? null);

  function find(key: CallKey): CallView | undefined {
    return views.value.find((call) => callKeyOf(call) === callKeyOf(key));
  }

  function receive(calls: readonly CallView[]): void {
    const before = new Set(running.value.map(callKeyOf));
    views.value = calls;
    const begun = running.value.find((call) => !before.has(callKeyOf(call)));
    if (begun !== undefined) openKey.value = callKeyOf(begun);
    else if (openKey.value !== null && opened.value === null) openKey.value = nextToShow();
    const alive = new Set(calls.map(callKeyOf));
    if ([...silenced.value].some((key) => !alive.has(key))) {
      silenced.value = new Set([...silenced.value].filter((key) => alive.has(key)));
    }
    if ([...sentDigits.value.keys()].some((key) => !alive.has(key))) {
      sentDigits.value = new Map([...sentDigits.value].filter(([key]) => alive.has(key)));
    }
    for (const call of calls) {
      if (call.state.name === 'ended' && (settled.delete(callKeyOf(call)) || isOvertaken(call, calls))) dismiss(call);
    }
  }

  function nextToShow(): string | null {
    const call = running.value.at(-1);
    return call === undefined ? null : callKeyOf(call);
  }

  function follow(to: CallEngine): () => void {
    engine.value = to;
    const unsubscribe = [
      to.subscribe(receive),
      bridge().on('call:action', act),
      bridge().on('call:place', (whom) => place(whom, 'voice')),
    ];
    return () => {
      for (const end of unsubscribe) end();
      engine.value = null;
    };
  }

  function act({ action, ...key }: CallKey & { readonly action: CallAction }): void {
    if (action === 'answer') answer(key, 'voice');
    else if (action === 'answerWithVideo') answer(key, 'video');
    else if (action === 'autoAnswer') answerByItself(key);
    else if (action === 'endAndAnswer') endAndAnswer(key, 'voice');
    else if (action === 'decline') decline(key);
    else if (action === 'hangUp') engine.value?.controls.hangUp(key);
    else if (action === 'silence') silence(key);
    else if (action === 'stopSharing') engine.value?.controls.stopSharing(key);
    else if (action === 'toggleHold') toggleHold(key);
    else setMuted(key, !(find(key)?.microphoneMuted ?? true));
  }

  /** Calls a person; with a call to them already running, shows that one. Does nothing without a room in common. */
  function place(person: Pick<Person, 'account' | 'roomId' | 'userId'>, kind: CallKind): void {
    if (engine.value === null || person.roomId === null) return;
    const startTime = performance.now();
    const { account, roomId, userId } = person;
    for (const call of visible.value) {
      if (call.state.name === 'ended' && call.roomId === roomId && call.account === account) dismiss(call);
    }
    const known = new Set(views.value.map(callKeyOf));
    const key = engine.value.controls.place({ account, roomId, peer: userId }, kind);
    openKey.value = callKeyOf(key);
    if (!known.has(callKeyOf(key))) performance.mark('call:clicked', { startTime, detail: { callId: key.callId } });
  }

  /** Calls again, or back, the person of an ended call, in the same room and kind. */
  function repeat({ account, roomId, peer, kind }: CallView): void {
    place({ account, roomId, userId: peer }, kind);
  }

  /** Somebody looks at this person, or points at a call button: what can be ready for the click is made ready. */
  function expect({ account, roomId, userId }: Pick<Person, 'account' | 'roomId' | 'userId'>, kind: CallKind): void {
    if (roomId === null) return;
    engine.value?.controls.expect({ account, roomId, peer: userId }, kind);
    void bridge().invoke('call:prepare', { account, roomId });
  }

  function answer(key: CallKey, kind: CallKind): void {
    performance.mark('call:answer-clicked', { detail: { callId: key.callId } });
    engine.value?.controls.answer(key, kind);
  }

  /** By the person's own list. Main saw no other call; one that began since is not interrupted. */
  function answerByItself(key: CallKey): void {
    const call = find(key);
    if (call !== undefined && isRinging(call) && running.value.length === 0) answer(key, 'voice');
  }

  /** Answers in place of the call that goes on now; calls on hold stay. */
  function endAndAnswer(key: CallKey, kind: CallKind): void {
    for (const call of running.value.filter(isOccupied)) {
      settled.add(callKeyOf(call));
      engine.value?.controls.hangUp(call);
    }
    answer(key, kind);
  }

  function decline(key: CallKey): void {
    settled.add(callKeyOf(key));
    engine.value?.controls.decline(key);
  }

  function dismiss(key: CallKey): void {
    engine.value?.controls.dismiss(key);
  }

  function silence(call: CallKey): void {
    const key = callNameOf(call);
    if (silenced.value.has(callKeyOf(key))) return;
    silenced.value = new Set(silenced.value).add(callKeyOf(key));
    void bridge().invoke('call:silence', key);
  }

  function setMuted(key: CallKey, muted: boolean): void {
    engine.value?.controls.setMicrophoneMuted(key, muted);
  }

  function open(key: CallKey): void {
    openKey.value = callKeyOf(key);
  }

  /** Goes on with a held call, in the pane; the one that goes on now is held in its place. */
  function resume(key: CallKey): void {
    open(key);
    engine.value?.controls.setHeld(key, false);
  }

  /** A call that was not connected yet is not held. */
  function toggleHold(key: CallKey): void {
    const call = find(key);
    if (call?.heldByUs === true) resume(call);
    else if (call !== undefined && call.connectedAt !== null) engine.value?.controls.setHeld(key, true);
  }

  /** @param digit 0 to 9, * or #. @returns whether it could be sent now. */
  function sendDigit(key: CallKey, digit: string): boolean {
    const call = find(key);
    if (engine.value === null || call === undefined || !isTalking(call)) return false;
    const sent = `${sentDigits.value.get(callKeyOf(key)) ?? ''}${digit}`.slice(-mostDigits);
    sentDigits.value = new Map(sentDigits.value).set(callKeyOf(key), sent);
    engine.value.controls.sendDigits(key, digit);
    return true;
  }

  return {
    ready: computed(() => engine.value !== null),
    visible,
    running,
    ringing,
    /** Another call than `key` that the person is in. */
    occupiedBeside: (key: CallKey) =>
      running.value.find((call) => isOccupied(call) && callKeyOf(call) !== callKeyOf(key)) ?? null,
    /** The call that has the pane, if any. */
    opened,
    /** Keys (`callKeyOf`) of ringing calls whose sound was stopped. */
    silenced: computed(() => silenced.value),
    follow,
    expect,
    place,
    repeat,
    answer,
    endAndAnswer,
    decline,
    dismiss,
    silence,
    setMuted,
    sendDigit,
    /** All digits sent in a call, oldest first; the last hundred. */
    digitsSentIn: (key: CallKey) => sentDigits.value.get(callKeyOf(key)) ?? '',
    hold: (key: CallKey) => engine.value?.controls.setHeld(key, true),
    resume,
    toggleHold,
    hangUp: (key: CallKey) => engine.value?.controls.hangUp(key),
    setCameraOn: (key: CallKey, on: boolean) => engine.value?.controls.setCameraOn(key, on),
    /** The stream belongs to the call from now on. */
    shareScreen: (key: CallKey, screen: MediaStream) => engine.value?.controls.shareScreen(key, screen),
    /** Asks the other person to go on with `target`; they may refuse. X-01 */
    transfer: (key: CallKey, target: TransferTarget) => engine.value?.controls.transfer(key, target),
    /** Asks the people of two calls to talk to each other. X-01 */
    connect: (key: CallKey, to: CallKey) => engine.value?.controls.connect(key, to),
    sample: (key: CallKey) => engine.value?.controls.sample(key) ?? Promise.resolve(null),
    acceptTransfer: (key: CallKey) => engine.value?.controls.acceptTransfer(key),
    declineTransfer: (key: CallKey) => engine.value?.controls.declineTransfer(key),
    stopSharing: (key: CallKey) => engine.value?.controls.stopSharing(key),
    open,
    /** Another view gets the pane: a living call goes on in a bar above it, an ended one has been read. */
    leave: () => {
      const left = opened.value;
      openKey.value = null;
      if (left?.state.name === 'ended') dismiss(left);
    },
  };
});

/** Hands the engine to the screen, once. @returns a function that takes it away again. */
export function installCalls(engine: CallEngine): () => void {
  return useCalls().follow(engine);
}
