import { describe, expect, it } from 'vitest';
import {
  figuresOf,
  readSample,
  score,
  SteadyWeakness,
  weaknessOf,
  type Figures,
  type StatsEntry,
} from '../../../../renderer/call/quality';

interface Counters {
  readonly received?: number;
  readonly lost?: number;
  readonly bytes?: number;
  readonly samples?: number;
  readonly concealed?: number;
  readonly silent?: number;
  readonly fractionLost?: number;
  readonly rtt?: number;
  readonly own?: string;
}

/** A report as Chromium gives it, addresses and all. */
function report(counters: Counters = {}): readonly StatsEntry[] {
  const {
    received = 0,
    lost = 0,
    bytes = 0,
    samples = 0,
    concealed = 0,
    silent = 0,
    rtt = 0.08,
    own = 'host',
  } = counters;
  return [
    {
      id: 'in',
      type: 'inbound-rtp',
      kind: 'audio',
      codecId: 'opus',
      packetsReceived: received,
      packetsLost: lost,
      bytesReceived: bytes,
      jitter: 0.004,
      totalSamplesReceived: samples,
      concealedSamples: concealed,
      silentConcealedSamples: silent,
      jitterBufferDelay: received * 0.04,
      jitterBufferEmittedCount: received,
    },
    { id: 'out', type: 'outbound-rtp', kind: 'audio', codecId: 'opus', bytesSent: bytes / 2 },
    {
      id: 'far',
      type: 'remote-inbound-rtp',
      kind: 'audio',
      fractionLost: counters.fractionLost ?? 0,
      roundTripTime: 0.1,
    },
    { id: 'opus', type: 'codec', mimeType: 'audio/opus' },
    {
      id: 'transport',
      type: 'transport',
      selectedCandidatePairId: 'pair',
      tlsVersion: 'FEFC',
      srtpCipher: 'SRTP_AES128_CM_HMAC_SHA1_80',
    },
    {
      id: 'pair',
      type: 'candidate-pair',
      localCandidateId: 'local',
      remoteCandidateId: 'remote',
      currentRoundTripTime: rtt,
    },
    {
      id: 'local',
      type: 'local-candidate',
      candidateType: own,
      protocol: 'udp',
      address: '192.0.2.1',
      ...(own === 'relay' ? { relayProtocol: 'tls' } : {}),
    },
    { id: 'remote', type: 'remote-candidate', candidateType: 'srflx', protocol: 'udp', address: '198.51.100.7' },
  ];
}

/** Figures of two looks, two seconds apart. */
const between = (before: Counters, now: Counters): Figures =>
  figuresOf(readSample(report(before), 10_000), readSample(report(now), 12_000));

describe('figures', () => {
  it('are what happened between two looks', () => {
    const figures = between(
      { received: 100, lost: 2, bytes: 10_000, samples: 96_000, concealed: 960 },
      { received: 195, lost: 7, bytes: 20_000, samples: 192_000, concealed: 5760, silent: 960 },
    );
    expect(figures).toMatchObject({
      roundTrip: 80,
      jitter: 4,
      lostIn: 0.05,
      bitrateIn: 40_000,
      bitrateOut: 20_000,
      concealed: 0.04,
      audioCodec: 'opus',
      videoCodec: null,
      encryption: 'DTLS 1.3, SRTP AES128_CM_HMAC_SHA1_80',
    });
  });

  it('at the first look are only what needs no counting', () => {
    expect(figuresOf(null, readSample(report({ received: 50 }), 0))).toMatchObject({
      roundTrip: 80,
      lostIn: null,
      bitrateIn: null,
      score: null,
    });
  });

  it('name the way by its kinds and never by an address', () => {
    const direct = between({}, {});
    expect(direct.route).toEqual({ relayed: false, own: 'host', theirs: 'srflx', protocol: 'udp' });
    const relayed = between({ own: 'relay' }, { own: 'relay' });
    expect(relayed.route).toEqual({ relayed: true, own: 'relay', theirs: 'srflx', protocol: 'tls' });
    expect(JSON.stringify([direct, relayed])).not.toMatch(/\d+\.\d+\.\d+\.\d+/);
  });

  it('of counters that begin anew are not below zero', () => {
    expect(between({ received: 500, bytes: 90_000 }, { received: 10, bytes: 100 })).toMatchObject({
      bitrateIn: 0,
      lostIn: null,
    });
  });

  it('of an empty report are unknown', () => {
    const nothing = readSample([], 0);
    expect(figuresOf(nothing, readSample([], 2000))).toMatchObject({
      roundTrip: null,
      lostIn: null,
      audioCodec: null,
      route: null,
      encryption: null,
      score: null,
    });
  });
});

describe('the score', () => {
  it.each([
    ['a clean line nearby', 20, 40, 0, 4.3, 4.5],
    ['300 ms there and back', 300, 60, 0, 4.0, 4.3],
    ['3 % lost', 80, 40, 0.03, 3.2, 3.9],
    ['10 % lost', 80, 40, 0.1, 1.8, 2.5],
    ['a second there and back', 1000, 80, 0, 1.4, 2.5],
    ['nothing arrives', 80, 40, 1, 1, 1.2],
  ])('of %s', (_what, roundTrip, buffer, lost, from, to) => {
    const mos = score(roundTrip, buffer, lost);
    expect(mos).toBeGreaterThanOrEqual(from);
    expect(mos).toBeLessThanOrEqual(to);
  });

  it('falls with every loss and every delay', () => {
    const losses = [0, 0.01, 0.05, 0.1, 0.3].map((lost) => score(50, 40, lost));
    const delays = [10, 200, 400, 800, 1600].map((roundTrip) => score(roundTrip, 40, 0));
    for (const list of [losses, delays]) expect(list).toEqual([...list].sort((a, b) => b - a));
  });
});

describe('whose side is weak', () => {
  const second = (over: Counters): Figures => between({}, { received: 100, samples: 96_000, ...over });

  it('is nobody’s while people understand each other', () => {
    expect(weaknessOf(second({ lost: 1, concealed: 960, fractionLost: 0.01 }))).toBeNull();
  });
  it('is theirs when what they send arrives badly', () => {
    expect(weaknessOf(second({ lost: 12, concealed: 9600, fractionLost: 0 }))).toBe('theirs');
  });
  it('is ours when what we send arrives badly', () => {
    expect(weaknessOf(second({ fractionLost: 0.2 }))).toBe('ours');
  });
  it('is both when both do', () => {
    expect(weaknessOf(second({ lost: 12, fractionLost: 0.2 }))).toBe('both');
  });
  it('cannot be told from one direction, or from sound that is only late', () => {
    expect(weaknessOf({ ...second({ lost: 12 }), lostOut: null })).toBe('unclear');
    expect(weaknessOf({ ...second({ fractionLost: 0.2 }), lostIn: null })).toBe('unclear');
    expect(weaknessOf(second({ concealed: 9600 }))).toBe('unclear');
  });
  it('is the way itself when it only takes long', () => {
    expect(weaknessOf(second({ rtt: 0.9 }))).toBe('slow');
  });
  it('is nobody’s where nothing is known', () => {
    expect(weaknessOf(figuresOf(null, readSample([], 0)))).toBeNull();
  });
});

describe('the sign', () => {
  it('comes and goes only when two looks agree', () => {
    const steady = new SteadyWeakness();
    const shown = (['ours', null, 'ours', 'ours', null, 'ours', null, null] as const).map((measured) =>
      steady.take(measured),
    );
    expect(shown).toEqual([null, null, null, 'ours', 'ours', 'ours', 'ours', null]);
  });
});
