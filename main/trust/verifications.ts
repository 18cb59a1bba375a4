/** All verifications of an account: those that its person began, and those that others ask for. */
import type { MatrixClient } from 'matrix-js-sdk';
import { type CryptoApi, CryptoEvent, type VerificationRequest } from 'matrix-js-sdk/lib/crypto-api/index.js';

import type { UserId } from '../../preload/contract/ids';
import type { TrustArgument, TrustResult, Verification } from '../../preload/contract/trust';
import type { Clock } from '../clock';
import { type Asking, mayAsk, WINDOW } from './asking';
import { readable } from './devices';
import { failed, trustFailure } from './failure';
import { followVerification, type RunningVerification } from './verification';

export interface VerificationsEnv {
  readonly client: MatrixClient;
  readonly account: UserId;
  readonly clock: Clock;
  readonly directRoom: (userId: string) => string | null;
  readonly changed: () => void;
  /** A verification ended well: who is trusted is another question now. */
  readonly verified: (userId: UserId) => void;
}

export interface Verifications {
  readonly list: () => readonly Verification[];
  /** Never rejects. */
  readonly begin: (crypto: CryptoApi, whom: Omit<TrustArgument<'trust:verify'>, 'account'>) => Promise<TrustResult>;
  readonly answer: (id: string, answer: TrustArgument<'trust:answer'>['answer']) => void;
  readonly stop: () => void;
}

interface Entry {
  readonly id: string;
  readonly request: VerificationRequest;
  readonly direction: Verification['direction'];
  readonly userId: UserId;
  deviceName: string | null;
  readonly running: RunningVerification;
  /** The person was asked, and has answered. */
  taken: boolean;
}

export function makeVerifications(env: VerificationsEnv): Verifications {
  const { client, account, clock, changed } = env;
  const entries = new Map<string, Entry>();
  const asked = new Map<string, readonly number[]>();
  let count = 0;

  const isOver = (entry: Entry): boolean => ['done', 'cancelled'].includes(entry.running.stage().name);

  client.on(CryptoEvent.VerificationRequestReceived, (request) => {
    const { otherUserId } = request;
    const now = clock.now();
    const before = (asked.get(otherUserId) ?? []).filter((at) => now - at < WINDOW);
    if (!mayAsk(facts(request, before))) return;
    asked.set(otherUserId, [...before, now]);
    add(request, 'incoming');
  });

  function facts(request: VerificationRequest, before: readonly number[]): Asking {
    const { otherUserId, roomId } = request;
    return {
      own: otherUserId === account,
      roomId: roomId ?? null,
      directRoom: env.directRoom(otherUserId),
      ignored: client.isUserIgnored(otherUserId),
      before,
      open: [...entries.values()].filter((entry) => entry.direction === 'incoming' && !isOver(entry)).length,
    };
  }

  function add(request: VerificationRequest, direction: Entry['direction']): void {
    const id = String(++count);
    const told = (): void => {
      const entry = entries.get(id);
      if (entry === undefined) return;
      const stage = entry.running.stage();
      // What ended before the person said a word needs none either.
      if (stage.name === 'cancelled' && direction === 'incoming' && !entry.taken) entries.delete(id);
      if (stage.name === 'done') env.verified(entry.userId);
      changed();
    };
    const running = followVerification({ clock, changed: told }, request, direction);
    const userId = request.otherUserId as UserId;
    entries.set(id, { id, request, direction, userId, deviceName: null, running, taken: direction === 'outgoing' });
    told();
    void learnName(id, request);
  }

  async function learnName(id: string, { otherUserId, otherDeviceId }: VerificationRequest): Promise<void> {
    if (otherDeviceId === undefined) return;
    const devices = await client
      .getCrypto()
      ?.getUserDeviceInfo([otherUserId])
      .catch(() => undefined);
    const name = readable(devices?.get(otherUserId)?.get(otherDeviceId)?.displayName) ?? otherDeviceId;
    const entry = entries.get(id);
    if (entry === undefined) return;
    entry.deviceName = name;
    changed();
  }

  async function begin(...[crypto, { userId, deviceId, roomId }]: Parameters<Verifications['begin']>) {
    const same = [...entries.values()].find((entry) => entry.userId === userId && !isOver(entry));
    if (same?.direction === 'incoming') {
      answer(same.id, 'accept');
      return { ok: true } as const;
    }
    same?.running.cancel();
    for (const entry of entries.values()) if (isOver(entry)) entries.delete(entry.id);
    try {
      const request = await (userId === account ? askOwn(crypto, deviceId) : askPerson(crypto, userId, roomId));
      if (typeof request === 'string') return failed(request);
      add(request, 'outgoing');
      return { ok: true } as const;
    } catch (error) {
      return failed(trustFailure(error));
    }
  }

  async function askOwn(crypto: CryptoApi, deviceId: string | null) {
    if (!(await crypto.userHasCrossSigningKeys(account, true))) return 'noIdentity' as const;
    if (deviceId === null) return crypto.requestOwnUserVerification();
    const devices = await crypto.getUserDeviceInfo([account], true);
    if (devices.get(account)?.has(deviceId) !== true) return 'unknownDevice' as const;
    return crypto.requestDeviceVerification(account, deviceId);
  }

  async function askPerson(crypto: CryptoApi, userId: UserId, roomId: string | null) {
    if (roomId === null || client.getRoom(roomId)?.getMyMembership() !== 'join') return 'noRoom' as const;
    if (!(await crypto.getUserVerificationStatus(userId)).known) return 'noIdentity' as const;
    return crypto.requestVerificationDM(userId, roomId);
  }

  function answer(...[id, given]: Parameters<Verifications['answer']>): void {
    const entry = entries.get(id);
    if (entry === undefined) return;
    entry.taken = true;
    if (given === 'close' || (given === 'cancel' && entry.running.stage().name === 'requested')) {
      entries.delete(id);
      entry.running.cancel();
      changed();
      return;
    }
    entry.running[given]();
  }

  return {
    list: () =>
      [...entries.values()].map(({ id, userId, deviceName, direction, running }) => ({
        id,
        userId,
        deviceName,
        direction,
        stage: running.stage(),
      })),
    begin,
    answer,
    stop: () => {
      for (const { running } of entries.values()) running.cancel();
      entries.clear();
    },
  };
}
