/**
 * One verification by emoji, from the request to its end. Spec: client-server API, "Key verification framework", "Short
 * Authentication String (SAS) verification".
 *
 *   waiting ──▶ preparing ──▶ comparing ──▶ confirmed ──▶ done      we ask
 *   requested ─▶                                                    they ask
 *        └────────┴───────────────┴─────────────┴──────▶ cancelled   by either, by time, by the network
 */
import {
  type ShowSasCallbacks,
  VerificationPhase,
  type VerificationRequest,
  VerificationRequestEvent,
  type Verifier,
  VerifierEvent,
} from 'matrix-js-sdk/lib/crypto-api/index.js';

import type { CancelReason, ShortAuthentication, VerificationStage } from '../../preload/contract/trust';
import type { Clock } from '../clock';
import { emojiNumbers } from './emoji';
import { trustFailure } from './failure';

export interface VerificationEnv {
  readonly clock: Clock;
  /** Called after each change, also the last one. */
  readonly changed: () => void;
}

export interface RunningVerification {
  readonly stage: () => VerificationStage;
  readonly accept: () => void;
  readonly match: () => void;
  readonly mismatch: () => void;
  /** Declines, or gives up. Does nothing at the end. */
  readonly cancel: () => void;
}

export const SAS = 'm.sas.v1';

/** ms; spec: a request ends ten minutes after it was made. */
const LIFETIME = 10 * 60_000;

/** ms for the one who asked to begin; then the one who accepted does. */
const THEIR_TURN = 3000;

const isOver = ({ name }: VerificationStage): boolean => name === 'done' || name === 'cancelled';

export function followVerification(
  { clock, changed }: VerificationEnv,
  request: VerificationRequest,
  direction: 'incoming' | 'outgoing',
): RunningVerification {
  let stage: VerificationStage = { name: direction === 'incoming' ? 'requested' : 'waiting' };
  let verifier: Verifier | undefined;
  let sas: ShowSasCallbacks | undefined;
  let isStarting = false;
  let cancelStart: (() => void) | undefined;
  const cancelTimer = clock.after(request.timeout ?? LIFETIME, () => {
    end('timedOut');
    void request.cancel().catch(() => undefined);
  });

  function move(to: VerificationStage): void {
    if (isOver(stage)) return;
    stage = to;
    if (isOver(to)) {
      cancelTimer();
      cancelStart?.();
      request.off(VerificationRequestEvent.Change, look);
      verifier?.off(VerifierEvent.ShowSas, show);
    }
    changed();
  }

  const end = (why: CancelReason): void => {
    move({ name: 'cancelled', why });
  };
  /** The SDK has already tried again for a while. */
  const broken = (error: unknown): void => {
    if (isOver(stage)) return;
    if (isCancelled(request)) return look();
    end(trustFailure(error) === 'unreachable' ? 'unreachable' : 'failed');
    void request.cancel().catch(() => undefined);
  };

  function look(): void {
    if (isOver(stage)) return;
    switch (phaseOf(request)) {
      case VerificationPhase.Ready:
        return ready();
      case VerificationPhase.Started:
        return adopt(request.verifier);
      case VerificationPhase.Done:
        return move({ name: 'done' });
      case VerificationPhase.Cancelled:
        return end(reasonOf(request, stage, null));
      default:
        return;
    }
  }

  function ready(): void {
    if (stage.name === 'requested' || stage.name === 'waiting') move({ name: 'preparing' });
    if (!request.otherPartySupportsMethod(SAS)) {
      end('unsupported');
      void request.cancel().catch(() => undefined);
    } else if (direction === 'outgoing') start();
    else cancelStart ??= clock.after(THEIR_TURN, start);
  }

  function start(): void {
    if (isStarting || isOver(stage) || verifier !== undefined || phaseOf(request) !== VerificationPhase.Ready) return;
    isStarting = true;
    void request.startVerification(SAS).then(adopt, broken);
  }

  function adopt(found: Verifier | undefined): void {
    if (found === undefined || verifier !== undefined || isOver(stage)) return;
    verifier = found;
    cancelStart?.();
    move({ name: 'preparing' });
    verifier.on(VerifierEvent.ShowSas, show);
    const ready = verifier.getShowSasCallbacks();
    if (ready !== null) show(ready);
    void verifier.verify().then(
      () => move({ name: 'done' }),
      (error: unknown) => {
        if (verifier?.hasBeenCancelled === true) end(reasonOf(request, stage, error));
        else broken(error);
      },
    );
  }

  function show(callbacks: ShowSasCallbacks): void {
    sas = callbacks;
    const shown = readSas(callbacks);
    if (shown !== null) return move({ name: 'comparing', shown });
    end('unsupported');
    callbacks.cancel();
  }

  request.on(VerificationRequestEvent.Change, look);
  look();

  return {
    stage: () => stage,
    accept: () => {
      if (stage.name !== 'requested') return;
      move({ name: 'preparing' });
      void request.accept().catch(broken);
    },
    match: () => {
      if (stage.name !== 'comparing') return;
      move({ name: 'confirmed' });
      void sas?.confirm().catch(broken);
    },
    mismatch: () => {
      if (stage.name !== 'comparing') return;
      end('mismatch');
      sas?.mismatch();
    },
    cancel: () => {
      if (isOver(stage)) return;
      end('weCancelled');
      void request.cancel().catch(() => undefined);
    },
  };
}

/** Between two states of it the SDK has no phase to tell. */
function phaseOf(request: VerificationRequest): VerificationPhase | null {
  try {
    return request.phase;
  } catch {
    return null;
  }
}

const isCancelled = (request: VerificationRequest): boolean => phaseOf(request) === VerificationPhase.Cancelled;

/** Emoji are easier to compare; numbers where one side has none. */
function readSas({ sas: { emoji, decimal } }: ShowSasCallbacks): ShortAuthentication | null {
  const numbers = emoji === undefined ? null : emojiNumbers(emoji);
  if (numbers !== null) return { kind: 'emoji', emoji: numbers };
  return decimal === undefined ? null : { kind: 'decimal', numbers: decimal };
}

/** @param error the SDK's of a verification that ended: its words hold the code where the request does not. */
function reasonOf(request: VerificationRequest, stage: VerificationStage, error: unknown): CancelReason {
  const told = error instanceof Error ? /by (us|them) with code (m\.[\w.]+)/.exec(error.message) : null;
  const code = request.cancellationCode ?? told?.[2];
  // Without a word on who it was, it was not this person: that is known here before.
  const byUs = told?.[1] === 'us';
  switch (code) {
    case 'm.timeout':
      return 'timedOut';
    case 'm.mismatched_sas':
    case 'm.key_mismatch':
    case 'm.mismatched_commitment':
    case 'm.user_mismatch':
      return 'mismatch';
    case 'm.accepted':
      return 'elsewhere';
    case 'm.unknown_method':
      return 'unsupported';
    case 'm.user':
      if (byUs) return 'weCancelled';
      return stage.name === 'waiting' ? 'declined' : 'theyCancelled';
    default:
      return code === undefined ? 'failed' : byUs ? 'failed' : 'theyCancelled';
  }
}
