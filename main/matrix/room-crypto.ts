/**
 * What an account sends into a room, encrypted where the room is, and what it makes of what was encrypted for it.
 * Nothing that belongs into an encrypted room leaves in clear: where it is not known yet how a room stands, it waits.
 * Checklist EN-01, EN-02, EN-03. Spec: client-server API, "End-to-End Encryption"; MSC4153 for devices without a signature.
 */
import { ClientEvent, type MatrixClient, MatrixEvent, type Room, SyncState } from 'matrix-js-sdk';
import type { CryptoBackend } from 'matrix-js-sdk/lib/common-crypto/CryptoBackend.js';
import {
  AllDevicesIsolationMode,
  type DeviceIsolationMode,
  EventShieldReason,
  OnlySignedDevicesIsolationMode,
} from 'matrix-js-sdk/lib/crypto-api/index.js';

import type { CallTrust } from '../../preload/contract/settings';
import { NotTrusted } from './not-trusted';
import { requestFailure } from './request-failure';

export interface RoomCrypto {
  /**
   * What goes over the wire in place of an event.
   * @throws NotTrusted; any other error passes with time.
   */
  readonly seal: (roomId: string, type: string, content: object) => Promise<WireEvent>;
  /** Shares the room's key ahead, so that the first event of a call does not wait for it. EN-01 */
  readonly prepare: (roomId: string) => void;
  readonly isEncrypted: (roomId: string) => boolean;
  /** Of an event that was decrypted. */
  readonly standingOf: (event: MatrixEvent) => Promise<Standing>;
}

export interface WireEvent {
  readonly type: string;
  readonly content: object;
}

/**
 * What the encryption says of whoever sent an event. `forged`: not the one whose name it bears. `stranger`: a person or
 * a device whom the person at this end does not let call.
 */
export type Standing = 'trusted' | 'stranger' | 'forged';

export interface RoomCryptoEnv {
  readonly client: MatrixClient;
  /** Whom calls may reach and come from. */
  readonly trust: () => CallTrust;
}

export function makeRoomCrypto({ client, trust }: RoomCryptoEnv): RoomCrypto {
  let isSynced = false;
  client.on(ClientEvent.Sync, (state, _before, data) => {
    if ((state === SyncState.Prepared || state === SyncState.Syncing) && data?.fromCache !== true) isSynced = true;
  });
  const backend = (): CryptoBackend => {
    const crypto = client.getCrypto();
    if (crypto === undefined) throw new Error('no crypto');
    return crypto as CryptoBackend;
  };

  /** A room once encrypted stays so, whatever its state says later: the store remembers. */
  async function isSecret(room: Room): Promise<boolean> {
    return room.hasEncryptionStateEvent() || (await backend().isEncryptionEnabledInRoom(room.roomId));
  }

  /** Rooms of which the homeserver itself has said so, or is being asked: the call need not ask again. */
  const plain = new Map<string, Promise<void>>();

  function assertPlain(roomId: string): Promise<void> {
    const known = plain.get(roomId);
    if (known !== undefined) return known;
    const asked = askWhetherPlain(roomId);
    plain.set(roomId, asked);
    asked.catch(() => plain.delete(roomId));
    return asked;
  }

  /** A sync may bring a room that was just made in parts, without its encryption: silence proves nothing. */
  async function askWhetherPlain(roomId: string): Promise<void> {
    try {
      await client.getStateEvent(roomId, 'm.room.encryption', '');
    } catch (error) {
      if (requestFailure(error).reason === 'notFound') return;
      throw error;
    }
    throw new Error('the room is encrypted, which sync has yet to say');
  }

  /** The mode is read when the work begins, and means another thing for what is received, which is judged by itself. */
  function withMode<T>(begin: (crypto: CryptoBackend) => T): T {
    const crypto = backend();
    crypto.globalBlacklistUnverifiedDevices = trust() === 'verified';
    crypto.setDeviceIsolationMode(modeFor(trust()));
    try {
      return begin(crypto);
    } finally {
      crypto.setDeviceIsolationMode(lenient);
    }
  }

  async function assertVerified(room: Room): Promise<void> {
    const own = client.getUserId();
    for (const { userId } of await room.getEncryptionTargetMembers()) {
      if (userId === own) continue;
      const status = await backend().getUserVerificationStatus(userId);
      if (!status.isVerified()) throw new NotTrusted('not verified');
    }
  }

  async function seal(roomId: string, type: string, content: object): Promise<WireEvent> {
    const room = client.getRoom(roomId);
    if (!isSynced || room === null) throw new Error('not known yet whether the room is encrypted');
    if (!(await isSecret(room))) {
      await assertPlain(roomId);
      return { type, content };
    }
    if (trust() === 'verified') await assertVerified(room);
    const event = new MatrixEvent({ type, content, room_id: roomId, sender: client.getSafeUserId() });
    try {
      await withMode((crypto) => crypto.encryptEvent(event, room));
    } catch (error) {
      throw isRefusal(error) ? new NotTrusted('refused', { cause: error }) : error;
    }
    return { type: event.getWireType(), content: event.getWireContent() };
  }

  /**
   * By the SDK's own means, one level below its `prepareToEncrypt`: that leaves its promise to nobody, and a refusal would
   * surface as an unhandled rejection.
   */
  async function prepare(roomId: string): Promise<void> {
    const room = client.getRoom(roomId);
    if (!isSynced || room === null) return;
    if (!(await isSecret(room))) return assertPlain(roomId);
    await withMode((crypto) => {
      const { roomEncryptors } = crypto as unknown as { readonly roomEncryptors: Readonly<Record<string, Encryptor>> };
      return roomEncryptors[roomId]?.prepareForEncryption(trust() === 'verified', modeFor(trust()));
    });
  }

  return {
    seal,
    prepare: (roomId) => {
      // Whatever fails now is said when something is to be sent.
      prepare(roomId).catch(() => undefined);
    },
    isEncrypted: (roomId) => client.getRoom(roomId)?.hasEncryptionStateEvent() === true,
    standingOf: async (event) => {
      const info = await backend().getEncryptionInfoForEvent(event);
      if (info?.shieldReason === EventShieldReason.MISMATCHED_SENDER) return 'forged';
      if (trust() === 'all') return 'trusted';
      if (info === null || strangeDevices.has(info.shieldReason)) return 'stranger';
      if (trust() === 'signed') return 'trusted';
      const status = await backend().getUserVerificationStatus(event.getSender() ?? '');
      return status.isVerified() ? 'trusted' : 'stranger';
    },
  };
}

/** What is used of the SDK's class of that name. */
interface Encryptor {
  readonly prepareForEncryption: (blacklistUnverified: boolean, mode: DeviceIsolationMode) => Promise<void>;
}

/** Devices that nobody vouches for, and people who were verified as somebody else. */
const strangeDevices: ReadonlySet<EventShieldReason | null> = new Set([
  EventShieldReason.UNKNOWN,
  EventShieldReason.UNKNOWN_DEVICE,
  EventShieldReason.UNSIGNED_DEVICE,
  EventShieldReason.VERIFICATION_VIOLATION,
]);

const lenient = new AllDevicesIsolationMode(true);

/** With `true`, a person who was verified and has now an unsigned device, or another identity, is a reason not to send. */
function modeFor(trust: CallTrust): DeviceIsolationMode {
  return trust === 'signed' ? new OnlySignedDevicesIsolationMode() : lenient;
}

/** matrix-sdk-crypto throws plain errors; this is what its `SessionRecipientCollectionError` says. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && /collecting the recipient devices|verified/i.test(error.message);
}
