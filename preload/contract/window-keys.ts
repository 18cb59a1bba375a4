/** The keys of the window itself. Here, because no global key may be one of them. */

/** What each does is said in `renderer/i18n`, under `keys.actions`. */
export const windowKeys = {
  microphone: 'CommandOrControl+D',
  camera: 'CommandOrControl+E',
  answer: 'CommandOrControl+Shift+A',
  decline: 'CommandOrControl+Shift+D',
  hangUp: 'CommandOrControl+Shift+E',
  hold: 'CommandOrControl+Shift+H',
  share: 'CommandOrControl+Shift+S',
  dial: 'CommandOrControl+L',
} as const;
export type WindowKey = keyof typeof windowKeys;

export const inWindowKeys: readonly string[] = Object.values(windowKeys);
