/** Session descriptions of fake connections: real SDP text, as short as the engine's reading of it allows. */
import type { Direction } from './fake-transceiver';

export interface Line {
  readonly kind: 'audio' | 'video';
  readonly mid: string;
  readonly direction: Direction;
  readonly streams: readonly string[];
  /** No codec that the fake connections have: they reject it. RFC 3264, 6 */
  readonly foreign?: boolean;
}

export interface Session {
  readonly fragment: string;
  /** Of the certificate; absent in what is made up without one. */
  readonly fingerprint: string;
  readonly candidates: readonly string[];
  readonly lines: readonly Line[];
}

export function writeSdp({ fragment, fingerprint, candidates, lines }: Session): string {
  const sections = lines.flatMap(({ kind, mid, direction, streams, foreign = false }, index) => [
    `m=${kind} ${foreign ? 0 : 9} UDP/TLS/RTP/SAVPF 111`,
    `a=ice-ufrag:${fragment}`,
    `a=fingerprint:sha-256 ${fingerprint}`,
    `a=mid:${mid}`,
    `a=${direction}`,
    ...streams.map((id) => `a=msid:${id} ${kind}`),
    ...(index === 0 ? candidates.map((candidate) => `a=${candidate}`) : []),
  ]);
  return ['v=0', 's=-', ...sections, ''].join('\r\n');
}

/** @throws as Chromium does for what is no SDP. */
export function readSdp(sdp: string): Session {
  if (!sdp.startsWith('v=0')) throw new DOMException('Failed to parse SessionDescription.', 'OperationError');
  const sections = sdp.split(/^(?=m=)/m).slice(1);
  const lines = sections.flatMap((section, index): Line[] => {
    const kind = /^m=(audio|video)/.exec(section)?.[1];
    if (kind !== 'audio' && kind !== 'video') return [];
    return [
      {
        kind,
        foreign: !/^m=\S+ [1-9]\d* \S+ .*\b111\b/.test(section),
        mid: /^a=mid:(\S+)/m.exec(section)?.[1] ?? String(index),
        direction: (/^a=(sendrecv|sendonly|recvonly|inactive)/m.exec(section)?.[1] ?? 'sendrecv') as Direction,
        streams: [...section.matchAll(/^a=msid:(\S+)/gm)].map((match) => match[1] ?? ''),
      },
    ];
  });
  return {
    fragment: /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1] ?? '',
    fingerprint: /^a=fingerprint:sha-256 (\S+)/m.exec(sdp)?.[1] ?? '',
    candidates: [...sdp.matchAll(/^a=(candidate:.*?)\r?$/gm)].map((match) => match[1] ?? ''),
    lines,
  };
}
