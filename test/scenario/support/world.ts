/**
 * People, their phones and the homeserver between them. What a test asserts is what was sent (`world.sent`), what a screen
 * knows (`phone.call()`), and what can be heard.
 */
import type { RoomId, UserId } from '../../../preload/contract/ids';
import type { SentEventType } from '../../../preload/contract/signalling';
import type { CallKind } from '../../../renderer/call/call-view';
import { validateCallEvent } from '../../spec/call-event';
import { FakeClock } from './fake-clock';
import { FakeNetwork } from './fake-network';
import type { FakePeerConnection } from './fake-peer-connection';
import { Homeserver, type SentEvent } from './homeserver';
import { OtherClient, type Traits } from './other-client';
import { Phone } from './phone';

export class World {
  readonly clock = new FakeClock();
  /** Clock time at which everything began. */
  readonly start = this.clock.now();
  readonly network = new FakeNetwork<FakePeerConnection>(this.clock);
  readonly homeserver = new Homeserver(this.clock);
  readonly phones: Phone[] = [];
  #random = 0;
  #validated = 0;

  phone(user: string): Phone {
    const device = `DEVICE${String(this.phones.length)}`;
    this.homeserver.join(user as UserId);
    const phone = new Phone(this, user as UserId, device);
    this.phones.push(phone);
    return phone;
  }

  /** Lets `ms` pass. @throws when a phone of ours has sent what the specification does not know. */
  async pass(ms: number): Promise<void> {
    await this.clock.advance(ms);
    const ours = this.sent.slice(this.#validated).filter(({ device }) => device !== null);
    this.#validated = this.sent.length;
    const faults = ours.flatMap(({ type, content }) => validateCallEvent(type, content));
    if (faults.length > 0) throw new Error(faults.join('\n'));
  }

  /** A client that is not ours, by its user. */
  other(user: string, traits: Traits): OtherClient {
    return new OtherClient(this, user, traits);
  }

  /** Call ids (the longest of ids) do not differ: a fault that must not stop two people from talking. GL-08 */
  sameIds = false;

  /** Ids that differ from call to call and are the same in every run. */
  readonly randomId = (length: number): string => {
    if (this.sameIds && length === 20) return 'x'.repeat(length);
    this.#random += 1;
    return String(this.#random).padStart(length, 'x');
  };

  /** Every call event that the homeserver took, in its order. */
  get sent(): readonly SentEvent[] {
    return this.homeserver.events.filter(({ type }) => type.startsWith('m.call.'));
  }

  /** Types that left a phone, or any client of a user, in order. */
  types(of: Phone | UserId): readonly string[] {
    return this.sentBy(of).map(({ type }) => type);
  }

  sentBy(of: Phone | UserId): readonly SentEvent[] {
    return this.sent.filter(({ sender, device }) => (typeof of === 'string' ? sender === of : device === of.device));
  }

  /** The newest event of a type. */
  last(type: SentEventType, of?: Phone | UserId): SentEvent {
    const found = (of === undefined ? this.sent : this.sentBy(of)).filter((event) => event.type === type).at(-1);
    if (found === undefined) throw new Error(`no ${type} was sent`);
    return found;
  }

  count(type: SentEventType, of?: Phone | UserId): number {
    return (of === undefined ? this.sent : this.sentBy(of)).filter((event) => event.type === type).length;
  }

  /** A room more, with these people in it. */
  room(name: string, ...users: readonly string[]): RoomId {
    const room = `!${name}:carillon.test` as RoomId;
    for (const user of users) this.homeserver.join(user as UserId, room);
    return room;
  }
}

export const annas = '@anna:carillon.test' as UserId;
export const bens = '@ben:carillon.test' as UserId;

export interface Two {
  readonly world: World;
  readonly anna: Phone;
  readonly ben: Phone;
}

/** Two people with one phone each in a direct room. */
export function twoPhones(): Two {
  const world = new World();
  return { world, anna: world.phone(annas), ben: world.phone(bens) };
}

/** A call from Anna that rings at Ben's. */
export async function ringing(kind: CallKind = 'voice'): Promise<Two> {
  const phones = twoPhones();
  phones.anna.place(bens, kind);
  await phones.world.pass(400);
  return phones;
}

/** With a second device of Ben's. */
export interface Three extends Two {
  readonly tablet: Phone;
}

/** Anna's call rings on two phones of Ben's. */
export async function ringingTwice(): Promise<Three> {
  const world = new World();
  const [anna, ben, tablet] = [world.phone(annas), world.phone(bens), world.phone(bens)];
  anna.place(bens);
  await world.pass(400);
  return { world, anna, ben, tablet };
}

/** A call that Anna placed and Ben answered, connected at both ends. */
export async function connected(kind: CallKind = 'voice'): Promise<Two> {
  const phones = await ringing(kind);
  const { world, anna, ben } = phones;
  ben.answer(kind);
  await world.pass(400);
  if (anna.state !== 'connected' || ben.state !== 'connected') throw new Error(`${anna.outcome}, ${ben.outcome}`);
  return phones;
}

/** Anna's phone, and Ben with a client that is not ours. */
export function phoneAnd(traits: Traits): { readonly world: World; readonly anna: Phone; readonly other: OtherClient } {
  const world = new World();
  return { world, anna: world.phone(annas), other: world.other(bens, traits) };
}
