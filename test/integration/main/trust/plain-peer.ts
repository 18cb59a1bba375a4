/** A plain client of the SDK that verifies by emoji as told: the far end of our verifications. */
import type { MatrixClient } from 'matrix-js-sdk';
import {
  CryptoEvent,
  type GeneratedSas,
  type ShowSasCallbacks,
  VerificationPhase,
  type VerificationRequest,
  VerificationRequestEvent,
  type Verifier,
  VerifierEvent,
} from 'matrix-js-sdk/lib/crypto-api/index.js';

/** What it does when it sees the emoji. */
export type Verdict = 'match' | 'mismatch' | 'cancel' | 'nothing';

export interface PlainVerification {
  readonly request: VerificationRequest;
  /** Null: it never came to that. */
  readonly saw: Promise<GeneratedSas | null>;
  /** The error's words, or null when all went well. */
  readonly ended: Promise<string | null>;
}

export const nextRequest = (client: MatrixClient): Promise<VerificationRequest> =>
  new Promise((resolve) => client.once(CryptoEvent.VerificationRequestReceived, resolve));

/** Accepts the next request, and waits for the other side to begin. */
export async function acceptNext(client: MatrixClient, verdict: Verdict): Promise<PlainVerification> {
  const request = await nextRequest(client);
  await request.accept();
  const verifier = reach(request, VerificationPhase.Started).then(() => request.verifier);
  return { request, ...compare(verifier, verdict) };
}

/** Waits for the other side to accept, and begins. */
export function askFor(request: VerificationRequest, verdict: Verdict): PlainVerification {
  const verifier = reach(request, VerificationPhase.Ready).then(() => request.startVerification('m.sas.v1'));
  return { request, ...compare(verifier, verdict) };
}

function compare(found: Promise<Verifier | undefined>, verdict: Verdict): Omit<PlainVerification, 'request'> {
  const { promise: saw, resolve: see } = Promise.withResolvers<GeneratedSas | null>();
  const ended = found
    .then(async (verifier) => {
      if (!verifier) return 'no verifier';
      const show = (callbacks: ShowSasCallbacks): void => {
        see(callbacks.sas);
        if (verdict === 'match') void callbacks.confirm();
        else if (verdict === 'mismatch') callbacks.mismatch();
        else if (verdict === 'cancel') callbacks.cancel();
      };
      verifier.on(VerifierEvent.ShowSas, show);
      const ready = verifier.getShowSasCallbacks();
      if (ready) show(ready);
      await verifier.verify();
      return null;
    })
    .catch((error: unknown) => String(error));
  void ended.then(() => see(null));
  return { saw, ended };
}

export function reach(request: VerificationRequest, phase: VerificationPhase): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (request.phase === phase) resolve();
      else if (request.phase !== VerificationPhase.Cancelled) return;
      else reject(new Error(`cancelled: ${request.cancellationCode ?? ''}`));
      request.off(VerificationRequestEvent.Change, look);
    };
    request.on(VerificationRequestEvent.Change, look);
    look();
  });
}
