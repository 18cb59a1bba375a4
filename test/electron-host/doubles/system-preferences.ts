/** `systemPreferences`: a system that lets the app use microphone, camera and screen. */
import { EventEmitter } from 'node:events';
import { complete, type Part } from '../surface.ts';

export const systemPreferences = complete(
  Object.assign(new EventEmitter(), {
    getMediaAccessStatus: () => 'granted',
    askForMediaAccess: () => Promise.resolve(true),
    getAnimationSettings: () => ({
      shouldRenderRichAnimation: true,
      scrollAnimationsEnabledBySystem: true,
      prefersReducedMotion: false,
    }),
  } satisfies Part<Electron.SystemPreferences>),
  'SystemPreferences',
  'systemPreferences',
);
