/** The crypto module's machine on an account store, as matrix-js-sdk starts it. */
import {
  DecryptionSettings,
  DeviceId,
  initAsync,
  OlmMachine,
  RoomId,
  StoreHandle,
  TrustRequirement,
  UserId,
} from '@matrix-org/matrix-sdk-crypto-wasm';

import type { AccountStore } from '../../../../main/store/account-store';

export async function startMachine({ crypto }: AccountStore, userId: string, deviceId: string): Promise<OlmMachine> {
  await initAsync();
  const handle = await StoreHandle.openWithKey(crypto.cryptoDatabasePrefix, crypto.storageKey);
  return OlmMachine.initFromStore(new UserId(userId), new DeviceId(deviceId), handle);
}

export function identityOf({ identityKeys }: OlmMachine): { ed25519: string; curve25519: string } {
  return { ed25519: identityKeys.ed25519.toBase64(), curve25519: identityKeys.curve25519.toBase64() };
}

/** @throws when the machine has no key for it. */
export async function decrypt(machine: OlmMachine, roomId: string, event: object): Promise<unknown> {
  const settings = new DecryptionSettings(TrustRequirement.Untrusted);
  const { event: plain } = await machine.decryptRoomEvent(JSON.stringify(event), new RoomId(roomId), settings);
  return JSON.parse(plain) as unknown;
}
