/** A client with the program's trust on it, without the rest of a session, and what its screen was told. */
import { ClientEvent, createClient, type MatrixClient, SyncState } from 'matrix-js-sdk';

import { systemClock } from '../../../../main/clock';
import type { Log } from '../../../../main/log';
import { silenceSdk } from '../../../../main/matrix/client';
import type { Trust } from '../../../../main/trust/contract';
import { syncFilter } from '../../../../main/matrix/sync-filter';
import { makeSecretKeys } from '../../../../main/trust/secret-keys';
import { makeTrust } from '../../../../main/trust/trust';
import { SAS } from '../../../../main/trust/verification';
import type { UserId } from '../../../../preload/contract/ids';
import type { Person } from '../../../../preload/contract/people';
import type { AccountTrust } from '../../../../preload/contract/trust';
import type { TestUser } from '../../../homeserver/client';
import { until } from '../../../homeserver/until';

silenceSdk();

const nothing = (): void => undefined;
const quietLog: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing, failure: nothing };

export interface Device {
  readonly user: TestUser;
  readonly client: MatrixClient;
  readonly trust: Trust;
  /** Pages that were to be opened in a browser. */
  readonly opened: readonly string[];
  /** Texts that were to be saved. */
  readonly saved: readonly string[];
  /** Everything that the screen was told, as text. */
  readonly told: readonly string[];
  /** Who has which room. */
  readonly people: Pick<Person, 'userId' | 'roomId'>[];
  /** Waits for the screen to be told that. */
  readonly sees: (what: string, fits: (trust: AccountTrust) => boolean) => Promise<AccountTrust>;
  readonly stop: () => Promise<void>;
}

export interface DeviceOptions {
  /** What was typed at the sign-in. */
  readonly password?: string;
}

export async function startDevice(baseUrl: string, user: TestUser, options: DeviceOptions = {}): Promise<Device> {
  const secretKeys = makeSecretKeys();
  const client = createClient({
    baseUrl,
    userId: user.userId,
    deviceId: user.deviceId,
    accessToken: user.accessToken,
    disableVoip: true,
    cryptoCallbacks: secretKeys.callbacks,
    verificationMethods: [SAS],
  });
  const [opened, saved, told]: string[][] = [[], [], []];
  const people: Pick<Person, 'userId' | 'roomId'>[] = [];
  let password = options.password ?? null;
  const trust = makeTrust({
    client,
    account: user.userId as UserId,
    secretKeys,
    people: () => people,
    takePassword: () => {
      const taken = password;
      password = null;
      return taken;
    },
    openBrowser: (url) => {
      opened?.push(url);
      return Promise.resolve();
    },
    saveText: (text) => {
      saved?.push(text);
      return Promise.resolve({ ok: true });
    },
    clock: systemClock,
    log: quietLog,
    changed: (now) => told?.push(JSON.stringify(now)),
  });
  await client.initRustCrypto({ useIndexedDB: false });
  const first = new Promise<void>((resolve) => {
    client.on(ClientEvent.Sync, (state) => {
      if (state === SyncState.Prepared) resolve();
    });
  });
  await client.startClient({ filter: syncFilter(user.userId), lazyLoadMembers: true, disablePresence: true });
  await first;
  return {
    user,
    client,
    trust,
    opened: opened ?? [],
    saved: saved ?? [],
    told: told ?? [],
    people,
    sees: (what, fits) =>
      until(what, 20_000, () => {
        const now = trust.current();
        return Promise.resolve(fits(now) ? now : undefined);
      }),
    stop: async () => {
      trust.stop();
      await stopQuietly(client);
    },
  };
}

/** The SDK asks for the key backup when crypto starts, does not wait, and dies if it is stopped in between. */
export async function stopQuietly(client: MatrixClient): Promise<void> {
  await client.getCrypto()?.checkKeyBackupAndEnable().catch(nothing);
  client.stopClient();
}
