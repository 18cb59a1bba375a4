/** The air between fake peer connections: finds the other end by its ICE user name fragment, and can be cut. */
import type { FakeClock } from './fake-clock';

/** What the air knows of a connection. */
export interface Station {
  readonly closed: boolean;
  /** User name fragment of the descriptions in force. */
  readonly fragment: string | null;
  /** The path to the far end may have come or gone. */
  readonly pathChanged: () => void;
  /** What DTLS waited for has come. */
  readonly handshakeEnds: () => void;
}

export class FakeNetwork<S extends Station = Station> {
  readonly clock: FakeClock;
  readonly stations = new Set<S>();
  /** ms for checks and DTLS. */
  delay = 20;
  /** ms after which each candidate of a connection is found. */
  candidates: readonly number[] = [3];
  /** ms until gathering is complete; Chromium takes about 120. */
  gathering = 120;
  /** ms after which checks that lead nowhere count as failed. */
  patience = 15_000;
  /** DTLS of connections that find each other from now on has no end. AN-28 */
  confusesHandshakes = false;
  #up = true;
  #fragments = 0;
  #fingerprints = 0;

  constructor(clock: FakeClock) {
    this.clock = clock;
  }

  get up(): boolean {
    return this.#up;
  }
  newFragment(): string {
    this.#fragments += 1;
    return `frag${String(this.#fragments)}`;
  }
  newFingerprint(): string {
    this.#fingerprints += 1;
    return `FF:${String(this.#fingerprints)}`;
  }
  find(fragment: string): S | undefined {
    return [...this.stations].find((station) => !station.closed && station.fragment === fragment);
  }
  /** Nothing gets through any more. */
  cut(): void {
    this.#up = false;
    this.#tell();
  }
  heal(): void {
    this.#up = true;
    this.#tell();
  }
  /** Handshakes that seemed to have no end were only slow. */
  endHandshakes(): void {
    this.confusesHandshakes = false;
    for (const station of this.stations) station.handshakeEnds();
  }
  #tell(): void {
    for (const station of this.stations) station.pathChanged();
  }
}
