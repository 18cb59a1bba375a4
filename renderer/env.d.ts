import type { Carillon } from '../preload/contract';
import type { Hid } from './headset/hid';

declare global {
  interface Window {
    readonly carillon: Carillon;
  }
  interface Navigator {
    /** Chromium only has it where a page is secure. */
    readonly hid?: Hid;
  }
}
