import { EventEmitter } from 'node:events';
import {
  type ShowSasCallbacks,
  VerificationPhase,
  type VerificationRequest,
  type Verifier,
} from 'matrix-js-sdk/lib/crypto-api/index.js';
import { describe, expect, it, vi } from 'vitest';
import { followVerification } from '../../../../main/trust/verification';
import { turnedClock } from '../turned-clock';

const dogs = Array.from({ length: 7 }, (): [string, string] => ['🐶', 'Dog']);

/** The SDK's request and verifier, as far as one verification needs them. */
function far(sas: ShowSasCallbacks['sas'] = { emoji: dogs, decimal: [1, 2, 3] }) {
  const ended = Promise.withResolvers<undefined>();
  ended.promise.catch(() => undefined);
  const callbacks = { sas, confirm: vi.fn(() => Promise.resolve()), mismatch: vi.fn(), cancel: vi.fn() };
  const verifier = Object.assign(new EventEmitter(), {
    hasBeenCancelled: false,
    getShowSasCallbacks: () => null,
    verify: () => ended.promise,
  });
  const request = Object.assign(new EventEmitter(), {
    phase: VerificationPhase.Requested,
    timeout: 600_000,
    cancellationCode: null as string | null,
    verifier: undefined as Verifier | undefined,
    otherPartySupportsMethod: vi.fn(() => true),
    accept: vi.fn(() => Promise.resolve()),
    cancel: vi.fn(() => Promise.resolve()),
    startVerification: vi.fn(() => Promise.resolve(verifier as unknown as Verifier)),
  });
  const reach = (phase: VerificationPhase): void => {
    request.phase = phase;
    if (phase === VerificationPhase.Started) request.verifier = verifier as unknown as Verifier;
    request.emit('change');
  };
  return {
    request,
    callbacks,
    reach,
    show: () => verifier.emit('show_sas', callbacks),
    finish: () => {
      ended.resolve(undefined);
    },
    break: (error: Error, cancelled: boolean) => {
      verifier.hasBeenCancelled = cancelled;
      ended.reject(error);
    },
  };
}

function follow(direction: 'incoming' | 'outgoing', them = far()) {
  const clock = turnedClock();
  const running = followVerification(
    { clock, changed: () => undefined },
    them.request as unknown as VerificationRequest,
    direction,
  );
  return { clock, running, them };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('a verification that we ask for', () => {
  it('begins as soon as they accept, shows the emoji, and is done when both agree', async () => {
    const { running, them } = follow('outgoing');
    expect(running.stage()).toEqual({ name: 'waiting' });
    them.reach(VerificationPhase.Ready);
    expect(them.request.startVerification).toHaveBeenCalledWith('m.sas.v1');
    await settled();
    them.show();
    expect(running.stage()).toEqual({ name: 'comparing', shown: { kind: 'emoji', emoji: [0, 0, 0, 0, 0, 0, 0] } });
    running.match();
    running.match();
    expect(running.stage()).toEqual({ name: 'confirmed' });
    expect(them.callbacks.confirm).toHaveBeenCalledOnce();
    them.finish();
    await settled();
    expect(running.stage()).toEqual({ name: 'done' });
    running.cancel();
    expect(them.request.cancel).not.toHaveBeenCalled();
  });

  it('ends when nobody answers in time, and tells them', () => {
    const { clock, running, them } = follow('outgoing');
    clock.turn(599_999);
    expect(running.stage().name).toBe('waiting');
    clock.turn(1);
    expect(running.stage()).toEqual({ name: 'cancelled', why: 'timedOut' });
    expect(them.request.cancel).toHaveBeenCalledOnce();
  });

  it('ends at once with an app that knows no emoji comparison', () => {
    const { running, them } = follow('outgoing');
    them.request.otherPartySupportsMethod.mockReturnValue(false);
    them.reach(VerificationPhase.Ready);
    expect(running.stage()).toEqual({ name: 'cancelled', why: 'unsupported' });
  });
});

describe('a verification that they ask for', () => {
  it('leaves the beginning to them, and begins itself when they do not', () => {
    const { clock, running, them } = follow('incoming');
    running.accept();
    expect(running.stage()).toEqual({ name: 'preparing' });
    them.reach(VerificationPhase.Ready);
    them.reach(VerificationPhase.Ready);
    expect(them.request.startVerification).not.toHaveBeenCalled();
    clock.turn(3000);
    expect(them.request.startVerification).toHaveBeenCalledOnce();
  });

  it('follows theirs', () => {
    const { clock, running, them } = follow('incoming');
    running.accept();
    them.reach(VerificationPhase.Ready);
    them.reach(VerificationPhase.Started);
    clock.turn(3000);
    expect(them.request.startVerification).not.toHaveBeenCalled();
    them.show();
    expect(running.stage().name).toBe('comparing');
  });
});

describe('what is compared', () => {
  async function shows(sas: ShowSasCallbacks['sas']) {
    const { running, them } = follow('outgoing', far(sas));
    them.reach(VerificationPhase.Ready);
    await settled();
    them.show();
    return { stage: running.stage(), them };
  }

  it('are numbers where the other side has no emoji', async () => {
    const shown = { kind: 'decimal', numbers: [1, 2, 3] };
    expect((await shows({ decimal: [1, 2, 3] })).stage).toEqual({ name: 'comparing', shown });
    const foxes = dogs.map((): [string, string] => ['🦊', 'Fox']);
    expect((await shows({ emoji: foxes, decimal: [1, 2, 3] })).stage).toEqual({ name: 'comparing', shown });
  });

  it('is never nothing', async () => {
    const { stage, them } = await shows({});
    expect(stage).toEqual({ name: 'cancelled', why: 'unsupported' });
    expect(them.callbacks.cancel).toHaveBeenCalledOnce();
  });
});

describe('a verification that ends badly', () => {
  it.each([
    ['m.user', 'theyCancelled'],
    ['m.timeout', 'timedOut'],
    ['m.mismatched_sas', 'mismatch'],
    ['m.mismatched_commitment', 'mismatch'],
    ['m.key_mismatch', 'mismatch'],
    ['m.accepted', 'elsewhere'],
    ['m.unknown_method', 'unsupported'],
    ['org.example.whatever', 'theyCancelled'],
  ])('by them with %s is %s', (code, why) => {
    const { running, them } = follow('incoming');
    running.accept();
    them.request.cancellationCode = code;
    them.reach(VerificationPhase.Cancelled);
    expect(running.stage()).toEqual({ name: 'cancelled', why });
  });

  it('declined before it began', () => {
    const { running, them } = follow('outgoing');
    them.request.cancellationCode = 'm.user';
    them.reach(VerificationPhase.Cancelled);
    expect(running.stage()).toEqual({ name: 'cancelled', why: 'declined' });
  });

  it('by words alone, where the request has no code', async () => {
    const { running, them } = follow('outgoing');
    them.reach(VerificationPhase.Started);
    them.break(new Error('Verification cancelled by them with code m.mismatched_sas: …'), true);
    await settled();
    expect(running.stage()).toEqual({ name: 'cancelled', why: 'mismatch' });
  });

  it('by us: they are told, once', () => {
    const { running, them } = follow('outgoing');
    running.cancel();
    running.cancel();
    expect(running.stage()).toEqual({ name: 'cancelled', why: 'weCancelled' });
    expect(them.request.cancel).toHaveBeenCalledOnce();
  });

  it('because the emoji differ: they are told so', async () => {
    const { running, them } = follow('outgoing');
    them.reach(VerificationPhase.Ready);
    await settled();
    them.show();
    running.mismatch();
    expect(running.stage()).toEqual({ name: 'cancelled', why: 'mismatch' });
    expect(them.callbacks.mismatch).toHaveBeenCalledOnce();
  });

  it('by a phase that the SDK cannot tell: it waits', () => {
    const { running, them } = follow('outgoing');
    Object.defineProperty(them.request, 'phase', {
      get: () => {
        throw new Error('no verifier');
      },
    });
    them.request.emit('change');
    expect(running.stage()).toEqual({ name: 'waiting' });
  });
});
