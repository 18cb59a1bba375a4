/** Who is not killed: clients that keep their keys in memory, and strangers who come once. */
import {
  DeviceId,
  EncryptionSettings,
  OlmMachine,
  RequestType,
  RoomId,
  type ToDeviceRequest,
  UserId,
} from '@matrix-org/matrix-sdk-crypto-wasm';
import { ClientEvent, createClient, type MatrixClient, SyncState } from 'matrix-js-sdk';

import type { Answer, TestUser } from '../../../homeserver/client';
import type { Homeserver } from '../../../homeserver/homeserver';

/** Resolves after the first sync. */
export async function startPeer(baseUrl: string, user: TestUser): Promise<MatrixClient> {
  const { userId, deviceId, accessToken } = user;
  const kept = new Map<string, Uint8Array<ArrayBuffer>>();
  const client = createClient({
    baseUrl,
    userId,
    deviceId,
    accessToken,
    disableVoip: true,
    cryptoCallbacks: {
      cacheSecretStorageKey: (id, _description, key) => void kept.set(id, key),
      getSecretStorageKey: ({ keys }) => Promise.resolve([...kept].find(([id]) => id in keys) ?? null),
    },
  });
  await client.initRustCrypto({ useIndexedDB: false });
  const first = new Promise<void>((resolve) => {
    client.on(ClientEvent.Sync, (state) => {
      if (state === SyncState.Prepared) resolve();
    });
  });
  await client.startClient({ initialSyncLimit: 20, disablePresence: true });
  await first;
  return client;
}

/** Cross-signing, secret storage and a key backup. @returns the recovery key. */
export async function setUpBackup(client: MatrixClient): Promise<Uint8Array> {
  const crypto = client.getCrypto();
  if (crypto === undefined) throw new Error('a client without crypto');
  await crypto.bootstrapCrossSigning({ authUploadDeviceSigningKeys: (send) => send(null) });
  const recovery = await crypto.createRecoveryKeyFromPassphrase();
  await crypto.bootstrapSecretStorage({
    createSecretStorageKey: () => Promise.resolve(recovery),
    setupNewSecretStorage: true,
    setupNewKeyBackup: true,
  });
  return recovery.privateKey;
}

/** Joins with a device that nobody knows yet, says one thing, and leaves: that takes a one-time key of each device there. */
export async function visit(homeserver: Homeserver, user: TestUser, roomId: string, others: string[]): Promise<void> {
  const device = await homeserver.login(user.localpart, user.password);
  const machine = await OlmMachine.initialize(new UserId(device.userId), new DeviceId(device.deviceId));
  const ask = async (method: 'POST' | 'PUT', path: string, body: unknown): Promise<Answer['body']> => {
    const answer = await homeserver.request(device.accessToken, method, `/_matrix/client/v3${path}`, body);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const perform = async (request: MachineRequest): Promise<void> => {
    const answer = await ask(...addressOf(request), JSON.parse(request.body));
    await machine.markRequestAsSent(request.id, request.type, JSON.stringify(answer));
  };
  const users = (): UserId[] => [...others, device.userId].map((id) => new UserId(id));

  const flush = async (): Promise<void> => {
    for (const request of (await machine.outgoingRequests()) as MachineRequest[]) await perform(request);
  };
  await flush();
  await machine.updateTrackedUsers(users());
  await flush();
  const claim = await machine.getMissingSessions(users());
  if (claim != null) await perform(claim);
  const room = new RoomId(roomId);
  const shares: ToDeviceRequest[] = await machine.shareRoomKey(room, users(), new EncryptionSettings());
  for (const share of shares) await perform(share);
  const message = JSON.stringify({ msgtype: 'm.text', body: 'I am new here' });
  const content = await machine.encryptRoomEvent(new RoomId(roomId), 'm.room.message', message);
  await ask('PUT', `/rooms/${encodeURIComponent(roomId)}/send/m.room.encrypted/visit`, JSON.parse(content));
  machine.close();
}

interface MachineRequest {
  readonly id: string;
  readonly type: RequestType;
  readonly body: string;
  readonly event_type?: string;
  readonly txn_id?: string;
}

function addressOf({ type, event_type = '', txn_id = '' }: MachineRequest): ['POST' | 'PUT', string] {
  switch (type) {
    case RequestType.KeysUpload:
      return ['POST', '/keys/upload'];
    case RequestType.KeysQuery:
      return ['POST', '/keys/query'];
    case RequestType.KeysClaim:
      return ['POST', '/keys/claim'];
    case RequestType.ToDevice:
      return ['PUT', `/sendToDevice/${event_type}/${txn_id}`];
    default:
      throw new Error(`no visitor needs request ${type}`);
  }
}
