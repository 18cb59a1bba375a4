/**
 * What of the desktop can be shown to others, and that the page captures nothing else: each capture takes what the person
 * has just chosen, once.
 */
import type { DesktopCapturer, DesktopCapturerSource, Session, Streams } from 'electron';
import type { ScreenChoice, ScreenSource, ScreenSources } from '../../preload/contract/screens';

export interface Screens {
  readonly sources: () => Promise<ScreenSources>;
  /** Holds for the next capture. */
  readonly choose: (choice: ScreenChoice) => void;
}

export interface ScreensEnv {
  readonly session: Pick<Session, 'setDisplayMediaRequestHandler'>;
  readonly capturer: Pick<DesktopCapturer, 'getSources'>;
  /** Where our page comes from. */
  readonly origin: string;
  readonly platform: NodeJS.Platform;
  /** Of the macOS release, such as 15. */
  readonly macVersion: () => number;
  /** May this program see the screen? macOS keeps that from programs until the person allows it. */
  readonly mayCapture: () => boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Pixels; twice as large as they are drawn, for dense screens. */
const pictureSize = { width: 480, height: 270 } as const;

/** For the portal of a Wayland desktop, which asks the person by itself: any source, as long as it is a screen. */
const portal = { id: 'screen:0:0', name: '' } as const;

export function makeScreens(env: ScreensEnv): Screens {
  const { platform } = env;
  const systemAudio = platform === 'win32';
  const hasOwnPicker = isWayland(env) || (platform === 'darwin' && env.macVersion() >= 15);
  let offered: ReadonlyMap<string, Pick<DesktopCapturerSource, 'id' | 'name'>> = new Map();
  let chosen: ScreenChoice | null = null;

  env.session.setDisplayMediaRequestHandler(
    ({ frame, audioRequested }, answer) => {
      const choice = frame?.parent === null && frame.url.startsWith(`${env.origin}/`) ? chosen : null;
      chosen = null;
      answer(choice === null ? null : streamsOf(choice, audioRequested));
    },
    { useSystemPicker: true },
  );

  function streamsOf(choice: ScreenChoice, audioRequested: boolean): Streams | null {
    const video = choice.id === null ? (hasOwnPicker ? portal : undefined) : offered.get(choice.id);
    if (video === undefined) return null;
    return { video, ...(systemAudio && choice.systemAudio && audioRequested ? { audio: 'loopback' as const } : {}) };
  }

  return {
    sources: async () => {
      // To list sources here would open the desktop's picker, and to capture one would open it again.
      if (hasOwnPicker) return { kind: 'system' };
      if (!env.mayCapture()) return { kind: 'denied' };
      const found = await env.capturer
        .getSources({ types: ['screen', 'window'], thumbnailSize: pictureSize, fetchWindowIcons: true })
        .catch(() => []);
      offered = new Map(found.map(({ id, name }) => [id, { id, name }]));
      return { kind: 'ours', sources: found.map(describe), systemAudio };
    },
    choose: (choice) => {
      chosen = choice;
    },
  };
}

/** Where Chromium captures through the portal. */
const isWayland = ({ platform, environment }: ScreensEnv): boolean =>
  platform === 'linux' &&
  environment.XDG_SESSION_TYPE?.startsWith('wayland') === true &&
  environment.WAYLAND_DISPLAY !== undefined;

function describe({ id, name, thumbnail, appIcon }: DesktopCapturerSource): ScreenSource {
  return {
    id,
    name,
    kind: id.startsWith('screen:') ? 'screen' : 'window',
    picture: pictureOf(thumbnail),
    icon: pictureOf(appIcon),
  };
}

/** Windows that are minimised have none, and the type does not say that icons may be missing. */
const pictureOf = (image: Electron.NativeImage | null): string | null =>
  image === null || image.isEmpty() ? null : image.toDataURL();
