import { describe, expect, it } from 'vitest';
import type { CallView } from '../../../../renderer/call/call-view';
import { picturesOf } from '../../../../renderer/composables/call-pictures';
import { callWith } from '../../../component/support/fixtures';

/** Told apart by identity alone. */
const stream = (): MediaStream => ({}) as MediaStream;
const [face, screen, mine] = [stream(), stream(), stream()];
const shown = (over: Partial<CallView>) =>
  picturesOf(callWith('ben', { remoteStream: face, localStream: mine, ...over }));

const none = { large: null, kept: null, beside: null, own: null };

describe('the pictures of a call', () => {
  it.each<[string, Partial<CallView>, Partial<typeof none> | Record<string, MediaStream>]>([
    ['are none while both cameras are off', {}, {}],
    ['are of the person', { peerCameraOn: true }, { large: face, kept: face }],
    ['are of their screen, to be read', { remoteScreen: screen }, { large: screen, kept: screen }],
    [
      'are of their screen with the person beside it',
      { remoteScreen: screen, peerCameraOn: true },
      { large: screen, kept: screen, beside: face },
    ],
    ['are of ourselves', { cameraOn: true }, { own: mine }],
    [
      'stay unseen while they hold us, and ours is shown',
      { peerCameraOn: true, cameraOn: true, heldByPeer: true },
      { kept: face, own: mine },
    ],
    [
      'stay unseen while we hold them',
      { remoteScreen: screen, peerCameraOn: true, cameraOn: true, heldByUs: true },
      { kept: screen },
    ],
    [
      'are gone with the call',
      {
        remoteScreen: screen,
        peerCameraOn: true,
        cameraOn: true,
        state: { name: 'ended', reason: 'user_hangup', by: 'us' },
      },
      {},
    ],
  ])('%s', (_when, over, expected) => {
    expect(shown(over)).toEqual({ ...none, ...expected });
  });
});
