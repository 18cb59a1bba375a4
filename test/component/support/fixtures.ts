/** Accounts, people and calls for the tests, each with only what a test says different. */
import type { Snapshot } from '../../../preload/contract';
import { defaultSettings } from '../../../preload/contract/default-settings';
import type { Account } from '../../../preload/contract/accounts';
import type { CallId, RoomId, UserId } from '../../../preload/contract/ids';
import type { Person } from '../../../preload/contract/people';
import type { AccountTrust } from '../../../preload/contract/trust';
import type { CallView } from '../../../renderer/call/call-view';

export const anna = '@anna:example.org' as UserId;
export const ben = '@ben:example.org' as UserId;

export const account = (over: Partial<Account> = {}): Account => ({
  userId: anna,
  name: 'Anna',
  server: 'example.org',
  connection: 'online',
  trouble: null,
  ...over,
});

/** `ben` becomes @ben:example.org, called Ben, in a room of his own. */
export const person = (local: string, over: Partial<Person> = {}): Person => ({
  account: anna,
  userId: `@${local}:example.org` as UserId,
  name: local.charAt(0).toUpperCase() + local.slice(1),
  roomId: `!${local}:example.org` as RoomId,
  standing: 'joined',
  barred: null,
  favourite: false,
  avatar: null,
  ...over,
});

/** A person of the directory with whom there is no room. */
export const stranger = (local: string, over: Partial<Person> = {}): Person =>
  person(local, { roomId: null, standing: 'none', ...over });

export const callWith = (local: string, over: Partial<CallView> = {}): CallView => ({
  account: anna,
  roomId: `!${local}:example.org` as RoomId,
  callId: `call-${local}` as CallId,
  direction: 'outgoing',
  peer: `@${local}:example.org` as UserId,
  kind: 'voice',
  state: { name: 'connected' },
  verdict: { ring: true },
  connectedAt: null,
  endedAt: null,
  microphoneMuted: false,
  cameraOn: false,
  canUseCamera: true,
  peerMuted: false,
  peerCameraOn: false,
  heldByUs: false,
  heldByPeer: false,
  holdIsLocal: false,
  canShareScreen: true,
  localScreen: null,
  remoteScreen: null,
  peerTakesDigits: false,
  receivedDigits: '',
  peerIdentity: null,
  canTransfer: false,
  transfer: null,
  localStream: null,
  remoteStream: null,
  notice: null,
  ...over,
});

export const ringingFrom = (local: string, over: Partial<CallView> = {}): CallView =>
  callWith(local, { direction: 'incoming', state: { name: 'ringing' }, ...over });

/** All is well, unless the test says otherwise. */
export const trust = (over: Partial<AccountTrust> = {}): AccountTrust => ({
  account: anna,
  available: true,
  device: { id: 'ANNASDEVICE', fingerprint: 'aaaa bbbb cccc dddd eeee ffff gggg hhhh iiii jjjj kkk' },
  identity: 'verified',
  recovery: 'ready',
  passphrase: false,
  hasOtherDevices: true,
  backup: { state: 'on', waiting: 0 },
  task: null,
  people: [],
  verifications: [],
  ...over,
});

export const snapshot = (over: Partial<Snapshot> = {}): Snapshot => ({
  accounts: [account()],
  people: [person('ben'), person('clara')],
  settings: { ...defaultSettings, language: 'en', theme: 'light' },
  systemLanguage: 'en-GB',
  secretsProtected: true,
  accountsLost: false,
  settingsTrouble: null,
  trust: [trust()],
  sequence: 0,
  signals: [],
  ...over,
});
