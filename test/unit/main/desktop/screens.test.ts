import type { DesktopCapturerSource, Session, Streams } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { makeScreens, type ScreensEnv } from '../../../../main/desktop/screens';

type Handler = NonNullable<Parameters<Session['setDisplayMediaRequestHandler']>[0]>;

const image = (url: string) => ({ isEmpty: () => url === '', toDataURL: () => url });
const screen = { id: 'screen:1:0', name: 'Entire screen', thumbnail: image('data:a'), appIcon: null };
const window = { id: 'window:7:0', name: 'Letter', thumbnail: image(''), appIcon: image('data:b') };

function desktop(over: Partial<ScreensEnv> = {}) {
  let handler: Handler | null = null;
  const getSources = vi.fn(() => Promise.resolve([screen, window] as unknown as DesktopCapturerSource[]));
  const screens = makeScreens({
    session: {
      setDisplayMediaRequestHandler: (given) => {
        handler = given;
      },
    },
    capturer: { getSources },
    origin: 'app://bundle',
    platform: 'linux',
    macVersion: () => 14,
    mayCapture: () => true,
    environment: {},
    ...over,
  });
  /** What a page gets that asks for a capture. */
  const capture = (from: { url?: string; parent?: object | null; audioRequested?: boolean } = {}): Streams | null => {
    const { url = 'app://bundle/index.html', parent = null, audioRequested = true } = from;
    let given: Streams | null | undefined;
    handler?.({ frame: { url, parent }, audioRequested } as never, (streams) => {
      given = streams;
    });
    if (given === undefined) throw new Error('the page waits for ever');
    return given;
  };
  return { ...screens, capture, getSources };
}

const wayland = { environment: { XDG_SESSION_TYPE: 'wayland', WAYLAND_DISPLAY: 'wayland-0' } };

describe('what can be shared', () => {
  it('is every screen and window, with a picture where there is one', async () => {
    expect(await desktop().sources()).toEqual({
      kind: 'ours',
      systemAudio: false,
      sources: [
        { id: 'screen:1:0', name: 'Entire screen', kind: 'screen', picture: 'data:a', icon: null },
        { id: 'window:7:0', name: 'Letter', kind: 'window', picture: null, icon: 'data:b' },
      ],
    });
  });

  it('is nothing where the system cannot list it', async () => {
    const { sources, getSources } = desktop();
    getSources.mockRejectedValueOnce(new Error('Failed to get sources.'));
    expect(await sources()).toMatchObject({ kind: 'ours', sources: [] });
  });

  it('is not for us to see where the person has not allowed it', async () => {
    const { sources, getSources } = desktop({ platform: 'darwin', mayCapture: () => false });
    expect(await sources()).toEqual({ kind: 'denied' });
    expect(getSources).not.toHaveBeenCalled();
  });

  it.each<{ where: string; over: Partial<ScreensEnv> }>([
    { where: 'Wayland', over: wayland },
    { where: 'macOS 15', over: { platform: 'darwin', macVersion: () => 15 } },
  ])('$where: is asked by the desktop itself, once', async ({ over }) => {
    const { sources, getSources, choose, capture } = desktop(over);
    expect(await sources()).toEqual({ kind: 'system' });
    choose({ id: null, systemAudio: false });
    expect(capture()?.video).toEqual({ id: 'screen:0:0', name: '' });
    expect(getSources).not.toHaveBeenCalled();
  });
});

describe('a capture', () => {
  it('gets what was chosen, and only once', async () => {
    const { sources, choose, capture } = desktop();
    await sources();
    choose({ id: 'window:7:0', systemAudio: true });
    expect(capture()).toEqual({ video: { id: 'window:7:0', name: 'Letter' } });
    expect(capture()).toBeNull();
  });

  it('gets nothing that was not chosen, or not offered', async () => {
    const { sources, choose, capture } = desktop();
    expect(capture()).toBeNull();
    await sources();
    choose({ id: 'window:8:0', systemAudio: false });
    expect(capture()).toBeNull();
    choose({ id: null, systemAudio: false });
    expect(capture()).toBeNull();
  });

  it.each([{ url: 'https://example.org/' }, { url: 'app://bundle.example.org/' }, { parent: {} }])(
    'is for our page alone: %o',
    async (from) => {
      const { sources, choose, capture } = desktop();
      await sources();
      choose({ id: 'screen:1:0', systemAudio: false });
      expect(capture(from)).toBeNull();
    },
  );

  it.each([
    { systemAudio: true, audioRequested: true, audio: 'loopback' },
    { systemAudio: false, audioRequested: true, audio: undefined },
    { systemAudio: true, audioRequested: false, audio: undefined },
  ])(
    'Windows: has the sound of the system when that was chosen: %o',
    async ({ systemAudio, audioRequested, audio }) => {
      const { sources, choose, capture } = desktop({ platform: 'win32' });
      expect(await sources()).toMatchObject({ systemAudio: true });
      choose({ id: 'screen:1:0', systemAudio });
      expect(capture({ audioRequested })?.audio).toBe(audio);
    },
  );
});
