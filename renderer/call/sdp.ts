/** The little that the engine reads in an SDP or takes out of it. RFC 8866, RFC 8829 */

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

export interface MediaSection {
  readonly kind: string;
  readonly mid: string | null;
  readonly direction: Direction;
  /** Port 0: the section is not in use. RFC 8829, 5.2.2 */
  readonly rejected: boolean;
}

/** The media sections, in order; a session without any gives an empty list. */
export function mediaSections(sdp: string): readonly MediaSection[] {
  const [session = '', ...sections] = sdp.split(/^(?=m=)/m);
  const ofSession = directionIn(session) ?? 'sendrecv';
  return sections.map((section) => {
    const [, kind = '', port] = /^m=(\S+)(?: (\d+))?/.exec(section) ?? [];
    const mid = /^a=mid:(\S+)/m.exec(section)?.[1] ?? null;
    return { kind, mid, direction: directionIn(section) ?? ofSession, rejected: port === '0' };
  });
}

const directionIn = (part: string): Direction | null =>
  (/^a=(sendrecv|sendonly|recvonly|inactive)\s*$/m.exec(part)?.[1] as Direction | undefined) ?? null;

/** Does the offer ask for a picture? */
export const hasVideo = (sdp: string): boolean => mediaSections(sdp).some(({ kind }) => kind === 'video');

/** Is there a voice in it that is not rejected? An answer without has found no codec that both have. RFC 3264, 6 */
export const hasVoice = (sdp: string): boolean =>
  mediaSections(sdp).some(({ kind, rejected }) => kind === 'audio' && !rejected);

/**
 * The SDP with the line ends that WebRTC knows and no others. Expressions of ours see four kinds, WebRTC only the line
 * feed: what we read as two lines and it reads as one, or the other way round, would get past us.
 */
export const withPlainLines = (sdp: string): string => sdp.replace(/\r(?!\n)|[\u2028\u2029]/g, '');

/** However they are written: what is not taken for one here must not be one for WebRTC. */
const candidateLines = /^[ \t]*a[ \t]*=[ \t]*(?:candidate|end-of-candidates)[^\n]*\n?/gim;

/**
 * The SDP without its candidates, and these apart. An offer without candidates can be applied while it rings: ICE has
 * nowhere to send to, so nothing leaves before the answer, and two ringing devices do not compete. AN-01
 */
export function takeCandidates(sdp: string): {
  readonly sdp: string;
  readonly candidates: readonly RTCIceCandidateInit[];
} {
  const [, ...sections] = sdp.split(/^(?=m=)/m);
  const candidates = sections.flatMap((section, sdpMLineIndex) => {
    const mid = /^a=mid:(\S+)/m.exec(section)?.[1];
    const at = mid === undefined ? { sdpMLineIndex } : { sdpMid: mid, sdpMLineIndex };
    return [...section.matchAll(/^a=(candidate:.*?)\r?$/gm)].map((match) => ({ candidate: match[1] ?? '', ...at }));
  });
  return { sdp: sdp.replace(candidateLines, ''), candidates };
}

/** The SDP with fingerprints that no certificate has, as many as there were. RFC 8122; AN-28 */
export const withWrongFingerprints = (sdp: string): string =>
  sdp.replace(/^(a=fingerprint:\S+ )([0-9A-F]{2})/gim, (_line, name: string, first: string) =>
    first === '00' ? `${name}01` : `${name}00`,
  );

/** Is this local candidate already in the SDP that was sent? IC-13 */
export const sdpHolds = (sdp: string, candidate: string): boolean => candidate !== '' && sdp.includes(`a=${candidate}`);

/** Does the candidate belong to this description, as far as it says? Its generation is named by an ICE fragment. IC-17 */
export function isOfGeneration(candidate: string, sdp: string): boolean {
  const fragment = / ufrag (\S+)/.exec(candidate)?.[1];
  if (fragment === undefined) return true;
  return [...sdp.matchAll(/^a=ice-ufrag:(\S+)/gm)].some((match) => match[1] === fragment);
}
