/** A way to the relay that can be made bad: it passes datagrams on between clients and coturn, on loopback, or loses them. */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** `lossy`: a quarter of the media that clients send is lost, nothing that comes to them. `cut`: everything is lost. */
export type Way = 'good' | 'lossy' | 'cut';

export interface BadWay {
  /** What a client is told instead of the relay's own. */
  readonly uri: string;
  /** Where the relay listens; nothing passes before this is known. */
  readonly leadTo: (port: number) => void;
  readonly be: (way: Way) => void;
  readonly close: () => void;
}

const loopback = '127.0.0.1';

/** RFC 8656, section 12: what flows through a channel begins with 01, and what sets it up does not. */
const isMedia = (datagram: Buffer): boolean => ((datagram[0] ?? 0) & 0xc0) === 0x40;

export async function openBadWay(): Promise<BadWay> {
  const front = createSocket('udp4');
  /** One socket towards the relay per client, by the client's port. */
  const behind = new Map<number, Socket>();
  let relay: number | null = null;
  let way: Way = 'good';
  let sent = 0;

  function socketFor(client: number): Socket {
    const known = behind.get(client);
    if (known !== undefined) return known;
    const socket = createSocket('udp4');
    behind.set(client, socket);
    socket.on('message', (datagram) => {
      if (way !== 'cut') front.send(datagram, client, loopback);
    });
    return socket;
  }

  front.on('message', (datagram, { port }) => {
    if (relay === null || way === 'cut') return;
    if (way === 'lossy' && isMedia(datagram) && ++sent % 4 === 0) return;
    socketFor(port).send(datagram, relay, loopback);
  });
  front.bind(0, loopback);
  await once(front, 'listening');
  const { port } = front.address();

  return {
    uri: `turn:${loopback}:${port}?transport=udp`,
    leadTo: (to) => {
      relay = to;
    },
    be: (next) => {
      way = next;
    },
    close: () => {
      for (const socket of [front, ...behind.values()]) socket.close();
    },
  };
}
