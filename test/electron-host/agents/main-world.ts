/** In the page's own world: receives what the preload exposes, and asks for permission where Electron would. */
import { askPermission, makeBridge, type Bridge } from './bridge.ts';

export function startMainWorld(token: string): void {
  const bridge = makeBridge(token, 'main');
  bridge.serve('expose', (request) => {
    if (request.op !== 'expose') return;
    if (Object.hasOwn(window, request.key)) {
      throw new Error('Cannot bind an API on top of an existing property on the window object');
    }
    Object.defineProperty(window, request.key, { value: bridge.decode(request.api, true), enumerable: true });
  });
  guardCapture(bridge);
  guardNotifications(bridge);
}

/** Chromium is started so that it grants everything; whoever calls these is asked about first. */
export function guardCapture(bridge: Bridge): void {
  // Only secure contexts have it.
  const prototype = (globalThis as { MediaDevices?: { prototype: MediaDevices } }).MediaDevices?.prototype;
  if (!prototype) return;
  const denied = (): DOMException => new DOMException('Permission denied', 'NotAllowedError');

  wrapMethod(prototype, 'getUserMedia', async (original, constraints = {}) => {
    const mediaTypes: ('audio' | 'video')[] = [];
    if (constraints.audio) mediaTypes.push('audio');
    if (constraints.video) mediaTypes.push('video');
    const asked = mediaTypes.length > 0;
    if (asked && (await askPermission(bridge, { kind: 'media', mediaTypes })) !== 'granted') throw denied();
    return original(constraints);
  });

  wrapMethod(prototype, 'getDisplayMedia', async (original, options = {}) => {
    const answer = await askPermission(bridge, {
      kind: 'display',
      audioRequested: Boolean(options.audio),
      videoRequested: options.video !== false,
      userGesture: navigator.userActivation.isActive,
    });
    if (answer === 'unsupported') throw new DOMException('Not supported', 'NotSupportedError');
    if (answer === 'denied') throw denied();
    return original(answer === 'videoOnly' ? { ...options, audio: false } : options);
  });
}

export function guardNotifications(bridge: Bridge): void {
  if ('Notification' in window) {
    wrapMethod(Notification, 'requestPermission', async () => {
      const answer = await askPermission(bridge, { kind: 'notifications' });
      return answer === 'granted' ? 'granted' : 'denied';
    });
  }
  const clipboard = (globalThis as { Clipboard?: { prototype: Clipboard } }).Clipboard?.prototype;
  if (!clipboard) return;
  wrapMethod(clipboard, 'readText', async (original) => {
    if ((await askPermission(bridge, { kind: 'clipboard-read' })) === 'granted') return original();
    throw new DOMException('Read permission denied.', 'NotAllowedError');
  });
}

export function wrapMethod<T extends object, K extends keyof T & string>(
  target: T,
  name: K,
  replacement: T[K] extends (...args: infer A) => Promise<infer R>
    ? (original: (...args: A) => Promise<R>, ...args: A) => Promise<R>
    : never,
): void {
  const original = target[name] as (...args: unknown[]) => Promise<unknown>;
  // A method, so that it has its name and no prototype, as the platform's have.
  const { [name]: wrapped } = {
    [name](this: T, ...args: unknown[]): unknown {
      return (replacement as (...args: unknown[]) => unknown)(original.bind(this), ...args);
    },
  };
  Object.defineProperty(target, name, { value: wrapped, configurable: true, writable: true });
}
