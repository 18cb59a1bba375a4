/** matrix-js-sdk's own calls, as an application would use them, under the command of a test. */
import {
  CallEvent,
  ClientEvent,
  createClient,
  createNewMatrixCall,
  type MatrixCall,
  type MatrixClient,
} from 'matrix-js-sdk';
import { CallErrorCode, type CallError } from 'matrix-js-sdk/lib/webrtc/call.js';
import { CallEventHandlerEvent } from 'matrix-js-sdk/lib/webrtc/callEventHandler.js';

import type { SdkCall, SdkPage } from './contract.ts';
import { showStreams } from './show-streams.ts';

interface Known {
  readonly call: MatrixCall;
  readonly errors: string[];
}

const known: Known[] = [];
let client: MatrixClient | undefined;
/** ms, for the next invite. */
let nextLifetime: number | undefined;

const sdk: SdkPage = {
  start: async ({ baseUrl, userId, deviceId, accessToken, crypto = false }) => {
    const started = createClient({ baseUrl, userId, deviceId, accessToken, fetchFn: fetchWithLifetime });
    client = started;
    if (crypto) await started.initRustCrypto({ useIndexedDB: false });
    // A test tone comes through as it is.
    const raw = { autoGainControl: false, echoCancellation: false, noiseSuppression: false };
    await started.getMediaHandler().setAudioSettings(raw);
    started.on(CallEventHandlerEvent.Incoming, follow);
    const synced = new Promise<void>((resolve) => {
      started.on(ClientEvent.Sync, () => {
        if (started.isInitialSyncComplete()) resolve();
      });
    });
    await started.startClient({ initialSyncLimit: 1, disablePresence: true });
    await synced;
  },

  place: (roomId, kind, { invitee, lifetime, callId }) => {
    if (client === undefined) throw new Error('not started');
    nextLifetime = lifetime;
    const call = createNewMatrixCall(client, roomId, invitee === undefined ? {} : { invitee });
    if (call === null) throw new Error('matrix-js-sdk finds no WebRTC here');
    if (callId !== undefined) call.callId = callId;
    follow(call);
    void (kind === 'voice' ? call.placeVoiceCall() : call.placeVideoCall());
    return call.callId;
  },

  answer: (kind) => living().answer(true, kind === 'video'),
  reject: () => {
    living().reject();
  },
  hangUp: () => {
    living().hangup(CallErrorCode.UserHangup, false);
  },
  hold: (held) => {
    living().setRemoteOnHold(held);
  },
  muteMicrophone: async (muted) => {
    await living().setMicrophoneMuted(muted);
  },
  muteCamera: async (muted) => {
    await living().setLocalVideoMuted(muted);
  },
  shareScreen: async (shared) => {
    const sharing = await living().setScreensharingEnabled(shared, { audio: false });
    if (sharing !== shared) throw new Error('the screen is not shared as asked');
  },
  dial: (digit) => {
    living().sendDtmfDigit(digit);
  },
  restartIce: () => {
    living().peerConn?.restartIce();
  },
  calls: () => known.map(describe),
};
window.sdk = sdk;

function follow(call: MatrixCall): void {
  const errors: string[] = [];
  known.push({ call, errors });
  call.on(CallEvent.Error, (error: CallError) => {
    errors.push(error.code);
  });
  // A call that replaced another one is not announced as incoming.
  call.on(CallEvent.Replaced, follow);
  call.on(CallEvent.FeedsChanged, show);
  call.on(CallEvent.State, show);
  show();
}

function show(): void {
  const feeds = known.filter(({ call }) => !call.callHasEnded()).flatMap(({ call }) => call.getRemoteFeeds());
  showStreams(feeds.map(({ stream, purpose }) => ({ stream, purpose })));
}

function living(): MatrixCall {
  const found = known.findLast(({ call }) => !call.callHasEnded());
  if (found === undefined) throw new Error('no living call');
  return found.call;
}

function describe({ call, errors }: Known): SdkCall {
  const { hangupReason: reason, hangupParty: by } = call;
  return {
    callId: call.callId,
    direction: call.direction ?? 'outbound',
    state: call.state,
    connection: call.peerConn?.connectionState ?? null,
    hangup: call.callHasEnded() ? { reason: reason ?? '', by: by ?? '' } : null,
    heldByUs: call.isRemoteOnHold(),
    heldByThem: call.isLocalOnHold(),
    feeds: call.getRemoteFeeds().map((feed) => ({
      purpose: feed.purpose,
      audioMuted: feed.isAudioMuted(),
      videoMuted: feed.isVideoMuted(),
      hasVideo: feed.stream.getVideoTracks().length > 0,
    })),
    errors,
  };
}

/** matrix-js-sdk has one lifetime for all its invites. */
async function fetchWithLifetime(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const url = input instanceof Request ? input.url : input.toString();
  if (nextLifetime === undefined || !url.includes('/send/m.call.invite/') || typeof init?.body !== 'string') {
    return fetch(input, init);
  }
  const content = { ...(JSON.parse(init.body) as object), lifetime: nextLifetime };
  nextLifetime = undefined;
  return fetch(input, { ...init, body: JSON.stringify(content) });
}
