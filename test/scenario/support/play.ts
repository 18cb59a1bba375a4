/**
 * Random play: what people press, what networks and homeservers do, in any order; afterwards what must be true of any of
 * it. Moves are plain data, so that a run that fails can be read, made shorter and played again.
 */
import fc from 'fast-check';
import type { RoomId, UserId } from '../../../preload/contract/ids';
import type { CallView } from '../../../renderer/call/call-view';
import { roomId, type Homeserver } from './homeserver';
import type { Phone } from './phone';
import { World } from './world';

/** Numbers choose among what there is at that moment. */
export interface Move {
  readonly who: number;
  readonly what: keyof typeof moves;
  readonly which: number;
  /** ms until the next move. */
  readonly then: number;
}

export interface Cast {
  /** Devices of each person. */
  readonly devices: readonly number[];
  /** Persons may call themselves. */
  readonly selfCalls: boolean;
}

interface Scene {
  readonly world: World;
  readonly users: readonly UserId[];
  readonly rooms: readonly RoomId[];
  readonly selfCalls: boolean;
  /** A request was lost without an answer: main may have to hang up what it cannot know to be unheard. */
  lostRequests: boolean;
}

const pick = <T>(list: readonly T[], number: number): T | undefined => list[number % Math.max(list.length, 1)];

/** Mostly a living call; now and then one that is over, for which nothing may happen any more. */
function callOf(phone: Phone, which: number): CallView | undefined {
  const living = phone.views.filter(isAlive);
  return pick(which % 10 === 9 || living.length === 0 ? phone.views : living, which);
}

/** Mostly somebody for whom the move means something. */
function actor({ phones }: World, { who, what }: Move): Phone | undefined {
  const ringing = (phone: Phone): boolean => phone.views.some(({ state }) => state.name === 'ringing');
  const talking = (phone: Phone): boolean => phone.views.some(isAlive);
  const apt = what === 'answer' || what === 'decline' ? phones.filter(ringing) : phones.filter(talking);
  const any = what === 'place' || what === 'expect' || apt.length === 0 || who % 10 === 9;
  return pick(any ? phones : apt, who);
}

/** For `ms` the homeserver says something else than yes. */
function trouble(scene: Scene, ms: number, begin: (homeserver: Homeserver) => () => void): void {
  const { homeserver, clock } = scene.world;
  clock.after(ms, begin(homeserver));
}

const moves = {
  place: ({ users, rooms, selfCalls }: Scene, phone: Phone, which: number): void => {
    const others = selfCalls ? users : users.filter((user) => user !== phone.user);
    const room = pick(rooms, which >> 4) ?? roomId;
    phone.place(pick(others, which) ?? phone.user, which % 3 === 0 ? 'video' : 'voice', room);
  },
  expect: ({ users }: Scene, phone: Phone, which: number): void => {
    const peer = pick(users, which) ?? phone.user;
    phone.controls.expect({ account: phone.user, roomId, peer }, which % 2 === 0 ? 'voice' : 'video');
  },
  answer: (_scene: Scene, phone: Phone, which: number): void => {
    const ringing = phone.views.filter(({ state }) => state.name === 'ringing');
    const call = pick(ringing, which) ?? callOf(phone, which);
    if (call !== undefined) phone.answer(which % 2 === 0 ? 'voice' : 'video', call);
  },
  decline: (_scene: Scene, phone: Phone, which: number): void => {
    const call = callOf(phone, which);
    if (call !== undefined) phone.decline(call);
  },
  hangUp: (_scene: Scene, phone: Phone, which: number): void => {
    const call = callOf(phone, which);
    if (call !== undefined) phone.hangUp(call);
  },
  mute: (_scene: Scene, phone: Phone, which: number): void => {
    const call = callOf(phone, which);
    if (call !== undefined) phone.controls.setMicrophoneMuted(call, !call.microphoneMuted);
  },
  camera: (_scene: Scene, phone: Phone, which: number): void => {
    const call = callOf(phone, which);
    if (call !== undefined) phone.controls.setCameraOn(call, which % 2 === 0);
  },
  hold: (_scene: Scene, phone: Phone, which: number): void => {
    const call = callOf(phone, which);
    if (call !== undefined) phone.controls.setHeld(call, !call.heldByUs);
  },
  share: (_scene: Scene, phone: Phone, which: number): void => {
    const call = callOf(phone, which);
    if (call === undefined) return;
    if (call.localScreen === null) phone.controls.shareScreen(call, phone.capture.screen(which % 2 === 0));
    else phone.controls.stopSharing(call);
  },
  digits: (_scene: Scene, phone: Phone, which: number): void => {
    const call = callOf(phone, which);
    if (call !== undefined) phone.controls.sendDigits(call, String(which));
  },
  transfer: ({ users }: Scene, phone: Phone, which: number): void => {
    const call = callOf(phone, which);
    const user = pick(users, which >> 3);
    if (call !== undefined && user !== undefined) phone.controls.transfer(call, { user, name: null });
  },
  connect: (_scene: Scene, phone: Phone, which: number): void => {
    const [call, other] = [callOf(phone, which), callOf(phone, which >> 3)];
    if (call !== undefined && other !== undefined) phone.controls.connect(call, other);
  },
  acceptTransfer: (_scene: Scene, phone: Phone, which: number): void => {
    const asked = phone.views.filter(({ transfer }) => transfer?.step === 'asked');
    const call = pick(asked, which) ?? callOf(phone, which);
    if (call !== undefined) phone.controls.acceptTransfer(call);
  },
  declineTransfer: (_scene: Scene, phone: Phone, which: number): void => {
    const asked = phone.views.filter(({ transfer }) => transfer?.step === 'asked');
    const call = pick(asked, which) ?? callOf(phone, which);
    if (call !== undefined) phone.controls.declineTransfer(call);
  },
  dismiss: (_scene: Scene, phone: Phone, which: number): void => {
    const call = callOf(phone, which);
    if (call !== undefined) phone.controls.dismiss(call);
  },
  crash: (_scene: Scene, phone: Phone): void => {
    phone.crash();
    phone.load();
  },
  wake: (_scene: Scene, phone: Phone): void => phone.wake(),
  unplug: (_scene: Scene, phone: Phone, which: number): void => pick(phone.capture.live, which)?.unplug(),
  slowDevices: ({ world }: Scene, phone: Phone, which: number): void => {
    phone.capture.delay = which * 20;
    world.clock.after(3000, () => (phone.capture.delay = 4));
  },
  noMicrophone: ({ world }: Scene, phone: Phone): void => {
    phone.capture.problems = { microphone: 'busy' };
    world.clock.after(2000, () => (phone.capture.problems = {}));
  },
  cut: ({ world }: Scene, _phone: Phone, which: number): void => {
    world.network.cut();
    world.clock.after(1000 + which * 150, () => world.network.heal());
  },
  confuse: ({ world }: Scene, _phone: Phone, which: number): void => {
    world.network.confusesHandshakes = true;
    world.clock.after(200 + which * 20, () => (world.network.confusesHandshakes = false));
  },
  offline: ({ world }: Scene, phone: Phone, which: number): void => {
    world.homeserver.offline(phone);
    world.clock.after(which * 200, () => world.homeserver.online(phone, which % 2 === 0 ? Infinity : 2));
  },
  limit: (scene: Scene, phone: Phone, which: number): void =>
    trouble(scene, which * 50, (homeserver) => {
      homeserver.refuse = ({ device }) =>
        device === phone.device ? { reason: 'rateLimited', retryAfter: 300 + which * 10 } : null;
      return () => (homeserver.refuse = () => null);
    }),
  loseResponses: (scene: Scene, phone: Phone, which: number): void => {
    scene.lostRequests = true;
    trouble(scene, which * 30, (homeserver) => {
      homeserver.losesResponse = ({ device }) => device === phone.device;
      return () => (homeserver.losesResponse = () => false);
    });
  },
  unreachable: (scene: Scene, phone: Phone, which: number): void => {
    scene.lostRequests = true;
    trouble(scene, which * 50, (homeserver) => {
      homeserver.refuse = ({ device }) => (device === phone.device ? { reason: 'unreachable' } : null);
      return () => (homeserver.refuse = () => null);
    });
  },
  slowResponses: (scene: Scene, phone: Phone, which: number): void =>
    trouble(scene, 3000, (homeserver) => {
      homeserver.slowResponse = ({ device }) => (device === phone.device ? which * 20 : 0);
      return () => (homeserver.slowResponse = () => 0);
    }),
  lag: (scene: Scene, phone: Phone, which: number): void =>
    trouble(scene, 3000, (homeserver) => {
      homeserver.lag = (_event, to) => (to === phone ? which * 20 : 0);
      return () => (homeserver.lag = () => 0);
    }),
  /** A client that sends again what it has sent, as another event. Of changes the last word counts: those it keeps to. */
  repeat: ({ world }: Scene, _phone: Phone, which: number): void => {
    const changes = ['m.call.negotiate', 'm.call.sdp_stream_metadata_changed'];
    const event = pick(
      [...world.sent].reverse().filter(({ type }) => !changes.includes(type)),
      which,
    );
    if (event !== undefined) world.homeserver.post(event.sender, event.type, event.content, { room: event.roomId });
  },
} as const;

const names = Object.keys(moves) as readonly (keyof typeof moves)[];
/** What people do most: a run is about calls, and trouble is the exception. */
const frequent: readonly (keyof typeof moves)[] = ['place', 'place', 'place', 'answer', 'answer', 'answer', 'hangUp'];

export const anyMoves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.record({
    who: fc.nat(20),
    what: fc.constantFrom(...frequent, ...names),
    which: fc.nat(100),
    then: fc.oneof(fc.nat(60), fc.nat(600), fc.nat(600), fc.nat(20_000)),
  }),
  { minLength: 2, maxLength: 40, size: 'max' },
);

/** Plays the moves, lets all trouble pass, and looks whether what is left makes sense. @throws where it does not. */
export async function play(cast: Cast, list: readonly Move[]): Promise<void> {
  const world = new World();
  const users = cast.devices.map((_count, index) => `@user${String(index)}:carillon.test` as UserId);
  const rooms = [roomId, world.room('second', ...users)];
  const scene: Scene = { world, users, rooms, selfCalls: cast.selfCalls, lostRequests: false };
  cast.devices.forEach((count, index) => {
    for (let device = 0; device < count; device++) {
      const phone = world.phone(users[index] ?? '');
      for (const user of users) phone.rooms.set(user, rooms[1] ?? roomId);
    }
  });
  for (const move of list) {
    const phone = actor(world, move);
    if (phone !== undefined) moves[move.what](scene, phone, move.which);
    await world.pass(move.then);
  }
  await world.pass(400_000);
  expectAgreement(world);
  expectOrder(scene);
  for (const phone of world.phones) for (const call of phone.views) phone.hangUp(call);
  await world.pass(700_000);
  expectNothingLeft(world);
}

const isAlive = ({ state }: CallView): boolean => state.name !== 'ended';

function mustBe(condition: boolean, what: string, ...facts: readonly unknown[]): void {
  if (!condition) throw new Error(`${what}: ${JSON.stringify(facts)}`);
}

/** Whoever is in a call is in it with exactly one other, who thinks so, too; nothing rings, nothing hangs in between. */
function expectAgreement(world: World): void {
  const alive = world.phones.flatMap((phone) => phone.views.filter(isAlive).map((view) => ({ phone, view })));
  for (const { phone, view } of alive) {
    mustBe(view.state.name === 'connected', 'a call is neither up nor over', phone.device, view.callId, view.state);
    const ends = alive.filter(({ view: other }) => other.callId === view.callId && other.roomId === view.roomId);
    mustBe(ends.length === 2, 'a call has not two ends', view.callId, ends.length);
    const [far] = ends.filter((end) => end.phone !== phone);
    mustBe(far?.view.heldByUs === view.heldByPeer, 'the ends do not agree who holds', view.callId);
    mustBe(far?.view.microphoneMuted !== true || view.peerMuted, 'mute was not told', view.callId);
    if (!view.heldByUs && !view.heldByPeer) expectMedia(phone, view, far?.view);
  }
  for (const phone of world.phones) {
    const living = phone.views.filter(isAlive);
    const keys = (calls: readonly { readonly callId: string; readonly roomId: string }[]): string =>
      calls
        .map(({ callId, roomId: room }) => `${room} ${callId}`)
        .sort()
        .join();
    mustBe(phone.alerts === 0, 'something still rings in the tray', phone.device);
    mustBe(keys(phone.reported) === keys(living), 'main and page know different calls', phone.device);
    mustBe(living.filter(({ heldByUs }) => !heldByUs).length <= 1, 'two conversations at once', phone.device);
    const open = phone.connections.filter(({ closed }) => !closed).length;
    mustBe(open === living.length, 'connections are left over', phone.device, open, living.length);
    mustBe(living.length > 0 || phone.capture.live.length === 0, 'a device is still open', phone.device);
  }
}

/** What the screen says of the far end is what arrives. */
function expectMedia(phone: Phone, view: CallView, far: CallView | undefined): void {
  const person = view.remoteStream?.id ?? '';
  mustBe(view.peerMuted || phone.gets('audio', person), 'no sound', view.callId, phone.device);
  mustBe(view.peerCameraOn === phone.gets('video', person), 'picture or none', view.callId, phone.device);
  mustBe(view.peerCameraOn === far?.cameraOn, 'the ends do not agree on the picture', view.callId, phone.device);
  const screen = view.remoteScreen?.id;
  mustBe((screen !== undefined) === (far?.localScreen !== null), 'screen or none', view.callId, phone.device);
  mustBe(screen === undefined || phone.gets('video', screen), 'no picture of the screen', view.callId, phone.device);
}

/** Each party of ours begins as it must, ends once, and is silent afterwards. */
function expectOrder({ world, lostRequests }: Scene): void {
  const parties = Map.groupBy(
    world.sent.filter(({ device }) => device !== null),
    ({ device, roomId: room, callId, content }) => `${String(device)} ${room} ${callId} ${String(content.party_id)}`,
  );
  for (const [party, events] of parties) {
    const types = events.map(({ type }) => type.replace('m.call.', ''));
    const first = types[0] ?? '';
    const begins = ['invite', 'answer', 'reject'].includes(first) || (first === 'hangup' && lostRequests);
    mustBe(begins, 'a party begins in the middle', party, types);
    const end = types.findIndex((type) => type === 'hangup' || (type === 'reject' && first === 'reject'));
    mustBe(end < 0 || end === types.length - 1, 'something follows the end', party, types);
    mustBe(types.filter((type) => type === 'invite' || type === 'answer').length <= 1, 'said twice', party, types);
  }
}

function expectNothingLeft(world: World): void {
  for (const phone of world.phones) {
    mustBe(!phone.views.some(isAlive), 'a call outlives its hangup', phone.device, phone.outcome);
    mustBe(phone.capture.live.length === 0, 'a device is still open', phone.device);
    mustBe(
      phone.connections.every(({ closed }) => closed),
      'a connection is still open',
      phone.device,
    );
    mustBe(phone.reported.length === 0, 'main still knows a call', phone.device);
    mustBe(phone.alerts === 0, 'something still rings in the tray', phone.device);
  }
  mustBe(world.clock.pending === 0, 'timers are left over', world.clock.pending);
}
