/**
 * A client of version 0 of the call events, as they were before MSC2746: raw events through the client-server API and a
 * real peer connection. It knows invite, candidates, answer and hangup, has no parties, and never negotiates again.
 */
import type { Kind, Session, ZeroCall, ZeroPage } from './contract.ts';
import { showStreams } from './show-streams.ts';

interface Content {
  readonly call_id: string;
  readonly offer?: RTCSessionDescriptionInit;
  readonly answer?: RTCSessionDescriptionInit;
  readonly candidates?: readonly RTCIceCandidateInit[];
}

interface RoomEvent {
  readonly type: string;
  readonly sender: string;
  readonly content: Content;
}

interface SyncAnswer {
  readonly next_batch: string;
  readonly rooms?: {
    readonly join?: Record<string, { readonly timeline?: { readonly events: readonly RoomEvent[] } }>;
  };
}

interface Call {
  readonly callId: string;
  readonly roomId: string;
  readonly connection: RTCPeerConnection;
  /** Ours may leave once the far end knows of the call. */
  readonly candidates: RTCIceCandidateInit[];
  announced: boolean;
  state: ZeroCall['state'];
  endedBy: ZeroCall['endedBy'];
  readonly strange: string[];
}

const filter = {
  account_data: { types: [] },
  presence: { types: [] },
  room: {
    account_data: { types: [] },
    ephemeral: { types: [] },
    state: { types: [] },
    timeline: { types: ['m.call.*'] },
  },
};

let session: Session;
let call: Call | undefined;
let transactions = 0;
/** One event after the other: order matters, and so does a peer connection's. */
let handled: Promise<unknown> = Promise.resolve();

window.zero = {
  start: async (given) => {
    session = given;
    const { next_batch: since } = await sync(null);
    void follow(since);
  },

  place: async (roomId, kind) => {
    call = newCall(`zero${Date.now()}`, roomId, 'inviting');
    const placed = call;
    await openMedia(placed, kind);
    await placed.connection.setLocalDescription();
    const { type, sdp } = described(placed.connection);
    await send(placed, 'm.call.invite', { lifetime: 60_000, offer: { type, sdp } });
    await announced(placed);
  },

  answer: async (kind) => {
    const ringing = living();
    await openMedia(ringing, kind);
    await ringing.connection.setLocalDescription();
    const { type, sdp } = described(ringing.connection);
    await send(ringing, 'm.call.answer', { answer: { type, sdp } });
    ringing.state = 'answered';
    await announced(ringing);
  },

  hangUp: async () => {
    const ending = living();
    end(ending, 'us');
    await send(ending, 'm.call.hangup', {});
  },

  call: () =>
    call === undefined
      ? null
      : {
          callId: call.callId,
          state: call.state,
          connection: call.connection.connectionState,
          endedBy: call.endedBy,
          strange: call.strange,
        },
} satisfies ZeroPage;

function newCall(callId: string, roomId: string, state: Call['state']): Call {
  const connection = new RTCPeerConnection();
  const made: Call = {
    callId,
    roomId,
    connection,
    candidates: [],
    announced: false,
    state,
    endedBy: null,
    strange: [],
  };
  connection.ontrack = ({ streams: [stream] }) => {
    if (stream !== undefined) showStreams([{ stream, purpose: 'm.usermedia' }]);
  };
  connection.onicecandidate = ({ candidate }) => {
    if (!candidate?.candidate) return;
    made.candidates.push(candidate.toJSON());
    if (made.announced) void sendCandidates(made);
  };
  return made;
}

async function openMedia({ connection }: Call, kind: Kind): Promise<void> {
  const audio = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
  const stream = await navigator.mediaDevices.getUserMedia({ audio, video: kind === 'video' });
  for (const track of stream.getTracks()) connection.addTrack(track, stream);
}

async function announced(told: Call): Promise<void> {
  told.announced = true;
  await sendCandidates(told);
}

async function sendCandidates(from: Call): Promise<void> {
  const candidates = from.candidates.splice(0);
  if (candidates.length > 0) await send(from, 'm.call.candidates', { candidates });
}

async function send({ callId, roomId }: Call, type: string, content: object): Promise<void> {
  transactions += 1;
  const path = `rooms/${encodeURIComponent(roomId)}/send/${type}/zero${transactions}`;
  await request('PUT', path, { call_id: callId, version: 0, ...content });
}

async function follow(since: string): Promise<void> {
  for (let next = since; ;) {
    const answer = await sync(next);
    next = answer.next_batch;
    for (const [roomId, room] of Object.entries(answer.rooms?.join ?? {})) {
      for (const event of room.timeline?.events ?? []) {
        if (event.sender !== session.userId) handled = handled.then(() => receive(roomId, event));
      }
    }
  }
}

async function receive(roomId: string, { type, content }: RoomEvent): Promise<void> {
  if (type === 'm.call.invite') {
    call = newCall(content.call_id, roomId, 'ringing');
    if (content.offer !== undefined) await call.connection.setRemoteDescription(content.offer);
    return;
  }
  if (call?.callId !== content.call_id) return;
  switch (type) {
    case 'm.call.answer':
      if (content.answer !== undefined) await call.connection.setRemoteDescription(content.answer);
      call.state = 'answered';
      break;
    case 'm.call.candidates':
      for (const candidate of content.candidates ?? []) {
        if (call.state !== 'ended') await call.connection.addIceCandidate(candidate);
      }
      break;
    case 'm.call.hangup':
      end(call, 'them');
      break;
    default:
      call.strange.push(type);
  }
}

function end(ended: Call, by: 'us' | 'them'): void {
  ended.state = 'ended';
  ended.endedBy = by;
  for (const { track } of ended.connection.getSenders()) track?.stop();
  ended.connection.close();
  showStreams([]);
}

function living(): Call {
  if (call === undefined || call.state === 'ended') throw new Error('no living call');
  return call;
}

function described({ localDescription }: RTCPeerConnection): RTCSessionDescription {
  if (localDescription === null) throw new Error('no local description');
  return localDescription;
}

/** @param since null for the first one, which only says where to begin. */
async function sync(since: string | null): Promise<SyncAnswer> {
  const query = new URLSearchParams({ filter: JSON.stringify(filter), timeout: since === null ? '0' : '30000' });
  if (since !== null) query.set('since', since);
  return (await request('GET', `sync?${query.toString()}`)) as SyncAnswer;
}

async function request(method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${session.baseUrl}/_matrix/client/v3/${path}`, {
    method,
    headers: { authorization: `Bearer ${session.accessToken}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
  return response.json();
}
