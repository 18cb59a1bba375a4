import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultSettings } from '../../preload/contract/default-settings';
import type { TurnServers } from '../../preload/contract/signalling';
import { account } from './support/fixtures';
import { click, openApp, type OpenApp, press, settle } from './support/open-app';
import { byRole, queryByRole, textOf } from './support/roles';

type Found = { readonly type: RTCIceCandidateType } | { readonly errorCode: number };

/** What gathering finds, by the address that was asked; each connection is remembered. */
let finds: (url: string | undefined, policy: RTCIceTransportPolicy | undefined) => readonly Found[];
const opened: { closed: boolean }[] = [];

class FakeConnection {
  onicecandidate: ((event: { candidate: object | null }) => void) | null = null;
  onicecandidateerror: ((event: { errorCode: number }) => void) | null = null;
  closed = false;
  readonly #configuration: RTCConfiguration;

  constructor(configuration: RTCConfiguration) {
    this.#configuration = configuration;
    opened.push(this);
  }

  createDataChannel(): void {
    // Something to gather for.
  }

  setLocalDescription(): Promise<void> {
    const { iceServers = [], iceTransportPolicy } = this.#configuration;
    for (const found of finds(iceServers[0]?.urls[0], iceTransportPolicy)) {
      if ('type' in found) this.onicecandidate?.({ candidate: found });
      else this.onicecandidateerror?.(found);
    }
    this.onicecandidate?.({ candidate: null });
    return Promise.resolve();
  }

  close(): void {
    this.closed = true;
  }
}

beforeEach(() => {
  opened.length = 0;
  vi.stubGlobal('RTCPeerConnection', FakeConnection);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const servers = (...urls: string[]): TurnServers => ({ urls, username: 'u', credential: 'c', expiresAt: 1e15 });
const udp = 'turn:turn.x?transport=udp';
const tcp = 'turn:turn.x?transport=tcp';
const tls = 'turns:turn.x';

async function openAdvanced(over: Parameters<typeof openApp>[0] = {}): Promise<OpenApp> {
  const app = await openApp(over);
  await press('Settings');
  await press('Advanced');
  return app;
}

const connection = (): string => textOf(byRole('region', 'Connection test'));

async function test(turn: TurnServers | null, over: Parameters<typeof openApp>[0] = {}): Promise<string> {
  const app = await openAdvanced(over);
  app.answers['turn:get'] = () => turn;
  await press('Test connection');
  await settle();
  await settle();
  return connection();
}

describe('the connection test', () => {
  it('says that every relay works, how fast, and which addresses were found', async () => {
    finds = (_url, policy) => (policy === 'relay' ? [{ type: 'relay' }] : [{ type: 'host' }, { type: 'srflx' }]);
    const words = await test(servers(udp, tcp, tls));
    expect(words).toContain('The relay works.');
    expect(words).toMatch(/your address on the internet was found after \d+ ms/);
    for (const transport of ['UDP', 'TCP', 'TLS']) {
      expect(words).toMatch(new RegExp(`Relay over ${transport}: works, after \\d+ ms`));
    }
    expect(opened.every(({ closed }) => closed)).toBe(true);
    expect(queryByRole('button', 'Test again')).not.toBeNull();
  });

  it('says which relay works and which does not, and why', async () => {
    finds = (url, policy) => {
      if (policy !== 'relay') return [{ type: 'host' }];
      return url === udp ? [{ type: 'relay' }] : [{ errorCode: url === tcp ? 401 : 701 }];
    };
    const words = await test(servers(udp, tcp, tls));
    expect(words).toContain('not in every way');
    expect(words).toContain('Relay over TCP: refuses the homeserver’s credentials.');
    expect(words).toContain('Relay over TLS: does not answer.');
    expect(words).toContain('none on the internet');
  });

  it('says as an alert when no relay can be used', async () => {
    finds = (_url, policy) => (policy === 'relay' ? [{ errorCode: 701 }] : []);
    await test(servers(udp));
    expect(textOf(byRole('alert'))).toMatch(/relay cannot be used.*Is there a network\?/);
  });

  it('says when the homeserver has no relay', async () => {
    finds = () => [{ type: 'host' }];
    expect(await test(null)).toContain('offers no relay');
  });

  it('says when the homeserver could not be asked', async () => {
    expect(await test(null, { accounts: [account({ connection: 'offline' })] })).toContain('is not connected');
  });
});

describe('the log', () => {
  it('is saved where main asks, and either outcome is told', async () => {
    const app = await openAdvanced();
    app.answers['log:export'] = () => ({ ok: false, reason: 'cancelled' });
    await press('Save log…');
    expect(textOf(byRole('region', 'Log'))).not.toMatch(/was saved|could not/);
    app.answers['log:export'] = () => ({ ok: true });
    await press('Save log…');
    expect(textOf(byRole('region', 'Log'))).toContain('The log was saved.');
    app.answers['log:export'] = () => Promise.reject(new Error('gone'));
    await press('Save log…');
    expect(textOf(byRole('alert'))).toContain('could not be saved');
  });
});

describe('resetting', () => {
  it('asks, and then puts every setting back', async () => {
    const app = await openAdvanced({ settings: { ...defaultSettings, language: 'en', theme: 'dark' } });
    await press('Reset settings…');
    const dialog = byRole('alertdialog', 'Reset all settings?');
    expect(textOf(dialog)).toContain('Accounts, keys and the list of calls stay.');
    await click(byRole('button', 'Cancel', dialog));
    expect(app.asked('settings:change')).toEqual([]);
    await press('Reset settings…');
    await press('Reset settings');
    expect(app.asked('settings:change')).toEqual([defaultSettings]);
    expect(queryByRole('alertdialog')).toBeNull();
    expect(textOf(byRole('region', 'Reset'))).toContain('as they were');
  });

  it('says when it could not be done', async () => {
    const app = await openAdvanced();
    app.answers['settings:change'] = () => Promise.reject(new Error('disk full'));
    await press('Reset settings…');
    await press('Reset settings');
    expect(textOf(byRole('alertdialog'))).toContain('could not be reset');
  });
});
