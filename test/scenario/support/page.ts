/** One page of a phone: the engine with what a renderer gives it. When it dies, all of that dies with it. */
import type { CallReport } from '../../../preload/contract/calls';
import type { RoomId, UserId } from '../../../preload/contract/ids';
import type { OutgoingSignal, SignalOutcome, TurnServers } from '../../../preload/contract/signalling';
import type { CallMark, Cancel } from '../../../renderer/call/environment';
import { Switchboard } from '../../../renderer/call/switchboard';
import type { FakeClock } from './fake-clock';
import type { FakeCapture } from './fake-media';
import { FakePeerConnection, type Network } from './fake-peer-connection';

export interface PageEnvironment {
  readonly clock: FakeClock;
  readonly network: Network;
  readonly randomId: (length: number) => string;
  readonly capture: FakeCapture;
  readonly turn: () => TurnServers | null;
  readonly inviteLifetime: () => number;
  readonly relayOnly: () => boolean;
  readonly receivesDigits: () => boolean;
  readonly roomWith: (account: UserId, peer: UserId) => RoomId | null;
  readonly failsToConnect: () => boolean;
  readonly send: (signal: OutgoingSignal) => Promise<SignalOutcome>;
  readonly report: (report: CallReport) => void;
  readonly connected: (connection: FakePeerConnection) => void;
  readonly mark: (mark: CallMark) => void;
  readonly log: (rule: string, reason: string) => void;
}

const never = <T>(): Promise<T> => new Promise(() => undefined);

export class Page {
  readonly board: Switchboard;
  readonly #env: PageEnvironment;
  readonly #timers = new Set<Cancel>();
  readonly #connections: FakePeerConnection[] = [];
  #alive = true;

  constructor(env: PageEnvironment) {
    this.#env = env;
    this.board = new Switchboard({
      clock: { now: env.clock.now, after: (ms, action) => this.#after(ms, action) },
      randomId: env.randomId,
      createPeerConnection: (configuration, events) => {
        if (env.failsToConnect() || !this.#alive) throw new DOMException('too many connections', 'UnknownError');
        const connection = new FakePeerConnection(env.network, configuration, events);
        this.#connections.push(connection);
        env.connected(connection);
        return connection as unknown as ReturnType<
          ConstructorParameters<typeof Switchboard>[0]['createPeerConnection']
        >;
      },
      capture: {
        newStream: env.capture.newStream,
        open: async (devices) => {
          const captured = await env.capture.open(devices);
          if (this.#alive) return captured;
          for (const track of Object.values(captured.tracks)) track.stop();
          return never();
        },
        isOutdated: env.capture.isOutdated,
        watch: (listener) =>
          env.capture.watch(() => {
            if (this.#alive) listener();
          }),
      },
      send: (signal) => (this.#alive ? env.send(signal) : never()),
      turn: () => (this.#alive ? Promise.resolve(env.turn()) : never()),
      inviteLifetime: env.inviteLifetime,
      roomWith: (account, peer) => Promise.resolve(this.#alive ? env.roomWith(account, peer) : null),
      relayOnly: env.relayOnly,
      get receivesDigits() {
        return env.receivesDigits();
      },
      report: (report) => {
        if (this.#alive) env.report(report);
      },
      mark: env.mark,
      log: env.log,
    });
  }

  /** Nothing of it runs any more, and nothing that it held stays open. */
  die(): void {
    this.#alive = false;
    for (const cancel of this.#timers) cancel();
    for (const connection of this.#connections) connection.close();
    for (const track of this.#env.capture.live) track.stop();
  }

  #after(ms: number, action: () => void): Cancel {
    if (!this.#alive) return () => undefined;
    const cancel = this.#env.clock.after(ms, () => {
      this.#timers.delete(end);
      action();
    });
    const end = (): void => {
      this.#timers.delete(end);
      cancel();
    };
    this.#timers.add(end);
    return end;
  }
}
