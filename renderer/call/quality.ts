/**
 * How good a call is: from two looks at `getStats` to figures, a score, and whose side is the weak one. Pure.
 * W3C webrtc-stats; ITU-T G.107 (E-model) with G.107.1's idea of a loss robustness, Opus with FEC.
 */

/** One entry of an `RTCStatsReport`, as far as it is read here. */
export interface StatsEntry {
  readonly id: string;
  readonly type: string;
  readonly [field: string]: unknown;
}

/** Whether media go straight or through a relay, and by which kind of candidate. Never an address. */
export interface Route {
  readonly relayed: boolean;
  readonly own: string;
  readonly theirs: string;
  /** `udp`, `tcp`, or `tls` to the relay. */
  readonly protocol: string;
}

/** What the counters stood at. Times in ms, sizes in bytes. */
export interface Sample {
  readonly at: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly packetsIn: number;
  readonly lostIn: number;
  readonly samples: number;
  readonly concealed: number;
  readonly bufferDelay: number;
  readonly buffered: number;
  readonly jitter: number | null;
  readonly roundTrip: number | null;
  /** 0 to 1 of our packets in the far end's last interval, by its own report. */
  readonly lostOut: number | null;
  readonly audioCodec: string | null;
  readonly videoCodec: string | null;
  readonly encryption: string | null;
  readonly route: Route | null;
}

/** Since the look before. Null: nothing can be said (yet). */
export interface Figures {
  /** ms there and back. */
  readonly roundTrip: number | null;
  /** ms */
  readonly jitter: number | null;
  /** 0 to 1 of what the far end sent. */
  readonly lostIn: number | null;
  /** 0 to 1 of what we sent. */
  readonly lostOut: number | null;
  /** 0 to 1 of the sound that had to be made up. */
  readonly concealed: number | null;
  /** bit/s */
  readonly bitrateIn: number | null;
  readonly bitrateOut: number | null;
  readonly audioCodec: string | null;
  readonly videoCodec: string | null;
  /** Of the media: DTLS version and cipher of SRTP. */
  readonly encryption: string | null;
  readonly route: Route | null;
  /** Mean opinion score, 1 to 4.5, as this side hears it. */
  readonly score: number | null;
}

/**
 * Whose side is weak: theirs where much of what they send is lost and ours arrives, ours the other way round. `both` ways,
 * or `unclear` where one direction alone is known; `slow` where the way there and back is only long.
 */
export type Weakness = 'theirs' | 'ours' | 'both' | 'unclear' | 'slow';

const number = (entry: StatsEntry | undefined, field: string): number | null => {
  const value = entry?.[field];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
};
const text = (entry: StatsEntry | undefined, field: string): string | null => {
  const value = entry?.[field];
  return typeof value === 'string' ? value : null;
};

/** @param at clock time, ms. */
export function readSample(report: Iterable<StatsEntry>, at: number): Sample {
  const entries = [...report];
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const of = (type: string, kind?: string): readonly StatsEntry[] =>
    entries.filter((entry) => entry.type === type && (kind === undefined || entry.kind === kind));
  const sum = (list: readonly StatsEntry[], field: string): number =>
    list.reduce((total, entry) => total + (number(entry, field) ?? 0), 0);
  const audioIn = of('inbound-rtp', 'audio');
  const far = of('remote-inbound-rtp', 'audio');
  const transport = of('transport')[0];
  const pair = pairOf(transport, byId, of('candidate-pair'));
  const seconds = far.map((entry) => number(entry, 'roundTripTime')).find((value) => value !== null);
  const jitter = audioIn.map((entry) => number(entry, 'jitter')).find((value) => value !== null);
  const roundTrip = number(pair, 'currentRoundTripTime') ?? seconds ?? null;
  const codecOf = (list: readonly StatsEntry[]): string | null => {
    const codec = list.map((entry) => byId.get(text(entry, 'codecId') ?? '')).find((entry) => entry !== undefined);
    return text(codec, 'mimeType')?.replace(/^\w+\//, '') ?? null;
  };
  return {
    at,
    bytesIn: sum(of('inbound-rtp'), 'bytesReceived'),
    bytesOut: sum(of('outbound-rtp'), 'bytesSent'),
    packetsIn: sum(audioIn, 'packetsReceived'),
    lostIn: sum(audioIn, 'packetsLost'),
    samples: sum(audioIn, 'totalSamplesReceived'),
    // Silence that is made up is not heard as a fault: nobody spoke, or DTX.
    concealed: Math.max(sum(audioIn, 'concealedSamples') - sum(audioIn, 'silentConcealedSamples'), 0),
    bufferDelay: sum(audioIn, 'jitterBufferDelay') * 1000,
    buffered: sum(audioIn, 'jitterBufferEmittedCount'),
    jitter: jitter == null ? null : jitter * 1000,
    roundTrip: roundTrip === null ? null : roundTrip * 1000,
    lostOut: far.map((entry) => number(entry, 'fractionLost')).find((value) => value !== null) ?? null,
    audioCodec: codecOf(audioIn) ?? codecOf(of('outbound-rtp', 'audio')),
    videoCodec: codecOf(of('inbound-rtp', 'video')) ?? codecOf(of('outbound-rtp', 'video')),
    encryption: encryptionOf(transport),
    route: routeOf(pair, byId),
  };
}

function pairOf(
  transport: StatsEntry | undefined,
  byId: ReadonlyMap<string, StatsEntry>,
  pairs: readonly StatsEntry[],
): StatsEntry | undefined {
  const selected = byId.get(text(transport, 'selectedCandidatePairId') ?? '');
  return selected ?? pairs.find((pair) => pair.nominated === true && pair.state === 'succeeded');
}

function routeOf(pair: StatsEntry | undefined, byId: ReadonlyMap<string, StatsEntry>): Route | null {
  const local = byId.get(text(pair, 'localCandidateId') ?? '');
  const remote = byId.get(text(pair, 'remoteCandidateId') ?? '');
  const [own, theirs] = [text(local, 'candidateType'), text(remote, 'candidateType')];
  if (own === null || theirs === null) return null;
  const protocol = text(local, 'relayProtocol') ?? text(local, 'protocol') ?? '';
  return { relayed: own === 'relay' || theirs === 'relay', own, theirs, protocol };
}

/** `FEFD` and `FEFC` are DTLS 1.2 and 1.3 on the wire. RFC 6347, RFC 9147 */
function encryptionOf(transport: StatsEntry | undefined): string | null {
  const version = text(transport, 'tlsVersion')?.toUpperCase();
  const cipher = text(transport, 'srtpCipher');
  if (cipher === null) return null;
  const dtls = version === 'FEFC' ? 'DTLS 1.3' : version === 'FEFD' ? 'DTLS 1.2' : 'DTLS';
  return `${dtls}, SRTP ${cipher.replace(/^SRTP_/, '')}`;
}

/** @param before the look before, or null at the first one: then only what is not counted can be told. */
export function figuresOf(before: Sample | null, now: Sample): Figures {
  const ms = before === null ? 0 : now.at - before.at;
  const grown = (field: 'bytesIn' | 'bytesOut' | 'packetsIn' | 'lostIn' | 'samples' | 'concealed'): number =>
    before === null ? 0 : Math.max(now[field] - before[field], 0); // counters begin anew with a new stream
  const rate = (bytes: number): number | null => (ms > 0 ? (bytes * 8 * 1000) / ms : null);
  const share = (part: number, whole: number): number | null => (whole > 0 ? Math.min(part / whole, 1) : null);
  const lostIn = share(grown('lostIn'), grown('lostIn') + grown('packetsIn'));
  const concealed = share(grown('concealed'), grown('samples'));
  const { roundTrip, jitter, lostOut, audioCodec, videoCodec, encryption, route } = now;
  return {
    roundTrip,
    jitter,
    lostIn,
    lostOut,
    concealed,
    bitrateIn: rate(grown('bytesIn')),
    bitrateOut: rate(grown('bytesOut')),
    audioCodec,
    videoCodec,
    encryption,
    route,
    score: roundTrip === null || lostIn === null ? null : score(roundTrip, bufferOf(before, now), concealed ?? lostIn),
  };
}

/** ms that sound waits in the jitter buffer. */
function bufferOf(before: Sample | null, now: Sample): number {
  const [delay, count] =
    before === null ? [0, 0] : [now.bufferDelay - before.bufferDelay, now.buffered - before.buffered];
  return count > 0 && delay >= 0 ? delay / count : 40;
}

/** ms of a frame and of what encoder and decoder hold back. */
const codecDelay = 30;
/** Per cent of loss at which half of the quality is gone; Opus with FEC stands more than the 4.3 of G.711. */
const robustness = 10;

/**
 * The E-model with the defaults of G.107, where nothing else of the line is known.
 * @param roundTrip ms @param buffer ms @param lost 0 to 1 of what would have been heard.
 */
export function score(roundTrip: number, buffer: number, lost: number): number {
  const delay = roundTrip / 2 + buffer + codecDelay;
  const delayImpairment = 0.024 * delay + (delay > 177.3 ? 0.11 * (delay - 177.3) : 0);
  const percent = lost * 100;
  const lossImpairment = (95 * percent) / (percent + robustness);
  const r = Math.min(Math.max(93.2 - delayImpairment - lossImpairment, 0), 100);
  const mos = 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6;
  return Math.min(Math.max(mos, 1), 4.5);
}

/** 0 to 1; below it people understand each other without effort. */
const muchLoss = 0.05;
/** ms; above, people talk into each other's words. G.114 */
const longWay = 600;
/** "Many users dissatisfied", G.109. */
const lowScore = 3.1;

/**
 * Null while nobody would complain. A side is named by the loss in both directions, what we count and what the far end
 * reports: a network that loses whatever passes it does so both ways. Sound that had to be made up although no packet is
 * missing came late, or was played late: that tells nothing of a side.
 */
export function weaknessOf({ lostIn, lostOut, concealed, roundTrip, score: mos }: Figures): Weakness | null {
  const [losesIn, losesOut] = [lostIn, lostOut].map((lost) => (lost === null ? null : lost >= muchLoss));
  if (losesIn === true && losesOut === true) return 'both';
  if (losesOut === true) return losesIn === null ? 'unclear' : 'ours';
  if (losesIn === true) return losesOut === null ? 'unclear' : 'theirs';
  if ((concealed ?? 0) >= muchLoss) return 'unclear';
  return (roundTrip ?? 0) >= longWay || (mos !== null && mos < lowScore) ? 'slow' : null;
}

/** Looks in a row that must agree before the sign comes or goes: it must not flicker. */
const agreement = 2;

/** What is shown follows what is measured, a little later. */
export class SteadyWeakness {
  #shown: Weakness | null = null;
  #candidate: Weakness | null = null;
  #times = 0;

  /** @returns what to show after this look. */
  take(measured: Weakness | null): Weakness | null {
    this.#times = measured === this.#candidate ? this.#times + 1 : 1;
    this.#candidate = measured;
    if (this.#times >= agreement) this.#shown = measured;
    return this.#shown;
  }
}
