/**
 * Opens microphones and cameras, those that the person prefers first, and says in our terms why none could be opened.
 * What is open can be asked whether it is still what would be opened now.
 */
import type { Device } from '../../preload/contract/device-choice';
import type { SoundProcessing } from '../../preload/contract/devices';
import type { CaptureProblem } from '../call/call-view';
import type { Capture, CaptureDevice, Captured } from '../call/environment';
import type { Devices } from './devices';

/** What is used of `navigator.mediaDevices`. */
export interface MediaSource {
  readonly getUserMedia: (constraints: MediaStreamConstraints) => Promise<MediaStream>;
}

export interface CaptureOptions {
  readonly source: MediaSource;
  readonly devices: Pick<Devices, 'candidates' | 'identityOf' | 'watch'>;
  readonly processing: SoundProcessing;
}

export interface ConfigurableCapture extends Capture {
  /** Holds at once, also for microphones that are open. */
  readonly process: (processing: SoundProcessing) => void;
}

/** One device for each role that is to be opened; null is the system's. */
type Wanted = Partial<Readonly<Record<CaptureDevice, Device | null>>>;

const kindOf: Readonly<Record<CaptureDevice, 'audio' | 'video'>> = { microphone: 'audio', camera: 'video' };
const rolesOf = (wanted: Wanted): CaptureDevice[] => Object.keys(wanted) as CaptureDevice[];

export function makeCapture({ source, devices, processing: initial }: CaptureOptions): ConfigurableCapture {
  let processing = initial;
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of [...listeners]) listener();
  };
  devices.watch(tell);
  /** What each open track was opened as. */
  const openedAs = new WeakMap<MediaStreamTrack, string>();
  const identity = (role: CaptureDevice, device: Device | null): string =>
    `${devices.identityOf(role, device)} ${role === 'microphone' ? JSON.stringify(processing) : ''}`;
  const best = (role: CaptureDevice): Device | null => devices.candidates(role)[0] ?? null;

  async function attempt(wanted: Wanted): Promise<Captured> {
    const identities = rolesOf(wanted).map((role) => [role, identity(role, wanted[role] ?? null)] as const);
    try {
      const found = (await source.getUserMedia(constraintsFor(wanted, processing))).getTracks();
      const tracks: Partial<Record<CaptureDevice, MediaStreamTrack>> = {};
      for (const [role, openedIdentity] of identities) {
        const track = found.find(({ kind }) => kind === kindOf[role]);
        if (track === undefined) continue;
        tracks[role] = track;
        openedAs.set(track, openedIdentity);
      }
      return { tracks, problems: [] };
    } catch (error) {
      const problem = problemOf(error);
      return { tracks: {}, problems: rolesOf(wanted).map((about) => ({ about, problem })) };
    }
  }

  /** Goes down the person's order until a device opens. */
  async function openOne(role: CaptureDevice): Promise<Captured> {
    const problems: CaptureProblem[] = [];
    for (const device of devices.candidates(role)) {
      const captured = await attempt({ [role]: device });
      const [failure] = captured.problems;
      if (failure === undefined) return captured;
      problems.push(failure.problem);
      if (failure.problem === 'denied') break; // which holds for all of them
    }
    // That one is missing says less than why another that is there does not work.
    const problem = problems.find((one) => one !== 'none') ?? 'none';
    return { tracks: {}, problems: [{ about: role, problem }] };
  }

  return {
    newStream: () => new MediaStream(),
    open: async (roles) => {
      const [role] = roles;
      if (role !== undefined && roles.length === 1) return openOne(role);
      // Together, permission is asked for once.
      const together = await attempt(Object.fromEntries(roles.map((each) => [each, best(each)])));
      if (together.problems.length === 0) return together;
      // One missing camera must not cost the microphone: each by itself tells which one it is.
      const single = await Promise.all(roles.map(openOne));
      return {
        tracks: single.reduce<Captured['tracks']>((all, { tracks }) => ({ ...all, ...tracks }), {}),
        problems: single.flatMap(({ problems }) => problems),
      };
    },
    isOutdated: (role, track) => openedAs.get(track) !== identity(role, best(role)),
    watch: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    process: (next) => {
      if (JSON.stringify(next) === JSON.stringify(processing)) return;
      processing = next;
      tell();
    },
  };
}

function constraintsFor(wanted: Wanted, processing: SoundProcessing): MediaStreamConstraints {
  const { microphone, camera } = wanted;
  const exactly = (device: Device | null): MediaTrackConstraints =>
    device === null ? {} : { deviceId: { exact: device.id } };
  return {
    ...(microphone === undefined ? {} : { audio: { ...exactly(microphone), ...processing } }),
    ...(camera === undefined
      ? {}
      : { video: { ...exactly(camera), width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } } }),
  };
}

/** The exceptions of `getUserMedia` (W3C Media Capture and Streams, 10.2). */
function problemOf(error: unknown): CaptureProblem {
  switch (error instanceof Error ? error.name : '') {
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'none';
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'failed';
  }
}
