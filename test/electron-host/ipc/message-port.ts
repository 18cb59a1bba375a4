/** `MessageChannelMain`: a port is entangled either with another one here, or with a real one in a page. */
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { decode, type Encoded } from '../agents/codec.ts';
import type { ToPage } from '../agents/messages.ts';
import { asElectron, completeClass, type Part } from '../surface.ts';
import { cloneEncoded } from './ipc-main.ts';

/** Whatever carries messages to a page. */
export interface PortCarrier {
  deliver(message: ToPage): void;
}

interface Delivery {
  readonly data: Encoded;
  readonly ports: readonly MessagePortMain[];
}

type Peer =
  | { readonly kind: 'here'; readonly port: MessagePortMain }
  | { readonly kind: 'page'; readonly carrier: PortCarrier; readonly id: string };

/** Ports whose other end is in a page, by the id under which the page knows it. */
const remote = new Map<string, MessagePortMain>();

// What the host does with ports, and apps cannot.
let entangle: (a: MessagePortMain, b: MessagePortMain) => void;
/** A message for the port whose other end a page knows by `id`. */
export let receiveOnPort: (id: string, data: Encoded, ports: readonly MessagePortMain[]) => void;
/** A port of a page arrives here. */
export let takePort: (carrier: PortCarrier, id: string) => MessagePortMain;
/** A port of ours goes to a page. Returns the id under which the page will know it. */
export let givePort: (port: MessagePortMain, carrier: PortCarrier) => string;

export class MessagePortMain extends EventEmitter implements Part<Electron.MessagePortMain> {
  #peer: Peer | undefined;
  #queue: Delivery[] = [];
  #started = false;
  #moved = false;

  static {
    entangle = (a, b) => {
      a.#peer = { kind: 'here', port: b };
      b.#peer = { kind: 'here', port: a };
    };
    receiveOnPort = (id, data, ports) => {
      const port = remote.get(id);
      if (port) port.#receive({ data, ports });
    };
    takePort = (carrier, id) => {
      const port = new MessagePortMain();
      port.#peer = { kind: 'page', carrier, id };
      remote.set(id, port);
      return port;
    };
    givePort = (given, carrier) => given.#give(carrier);
  }

  start(): void {
    this.#started = true;
    for (const delivery of this.#queue.splice(0)) this.#emit(delivery);
  }

  postMessage(message: unknown, transfer: Electron.MessagePortMain[] = []): void {
    const ports = transfer as unknown as MessagePortMain[];
    const data = cloneEncoded(message);
    if (this.#peer?.kind === 'here') this.#peer.port.#receive({ data, ports: ports.map((port) => port.#move()) });
    if (this.#peer?.kind === 'page') {
      const { carrier, id } = this.#peer;
      carrier.deliver({ op: 'port', id, data, ports: ports.map((port) => givePort(port, carrier)) });
    }
  }

  close(): void {
    const peer = this.#peer;
    this.#peer = undefined;
    if (peer?.kind === 'page') peer.carrier.deliver({ op: 'portClose', id: peer.id });
    if (peer?.kind === 'here') peer.port.#closed();
    this.#closed();
  }

  /** The page makes a channel of its own and keeps one end as relay; what waited in the port follows. */
  #give(carrier: PortCarrier): string {
    const port = this.#move();
    if (port.#peer?.kind !== 'here') {
      throw new Error('electron-host: handing a port that came from a page to a page is not supported');
    }
    const id = `host:${randomUUID()}`;
    const kept = port.#peer.port;
    kept.#peer = { kind: 'page', carrier, id };
    remote.set(id, kept);
    const waiting = port.#queue;
    setImmediate(() => {
      for (const { data } of waiting) carrier.deliver({ op: 'port', id, data, ports: [] });
    });
    return id;
  }

  #receive(delivery: Delivery): void {
    if (this.#started) setImmediate(() => this.#emit(delivery));
    else this.#queue.push(delivery);
  }

  #emit({ data, ports }: Delivery): void {
    this.emit('message', { data: decode(data), ports });
  }

  #closed(): void {
    this.#peer = undefined;
    setImmediate(() => this.emit('close'));
  }

  /** A transferred port is of no use to whoever gave it away. */
  #move(): MessagePortMain {
    if (this.#moved) throw new Error('Port at index 0 is already neutered');
    this.#moved = true;
    const port = new MessagePortMain();
    [port.#queue, port.#peer] = [this.#queue, this.#peer];
    if (port.#peer?.kind === 'here') port.#peer.port.#peer = { kind: 'here', port };
    if (port.#peer?.kind === 'page') remote.set(port.#peer.id, port);
    return port;
  }
}
completeClass(MessagePortMain, 'MessagePortMain');

export class MessageChannelMain implements Part<Electron.MessageChannelMain> {
  readonly port1 = asPort(new MessagePortMain());
  readonly port2 = asPort(new MessagePortMain());

  constructor() {
    entangle(this.port1 as unknown as MessagePortMain, this.port2 as unknown as MessagePortMain);
  }
}

function asPort(port: MessagePortMain): Electron.MessagePortMain {
  return asElectron<Electron.MessagePortMain>(port);
}
