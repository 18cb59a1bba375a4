import type { Carillon } from '../preload/contract';

declare global {
  interface Window {
    readonly carillon: Carillon;
  }
}
