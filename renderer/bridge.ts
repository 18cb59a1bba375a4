/** The page's one way to main. A test puts a fake in its place before anything is mounted. */
import type { Carillon } from '../preload/contract';

let installed: Carillon | undefined;

/** Called once, before the first store or component is made. */
export function installBridge(carillon: Carillon): void {
  installed = carillon;
}

/** @throws when nothing was installed: a bug in the start-up order. */
export function bridge(): Carillon {
  if (installed === undefined) throw new Error('the bridge to main was used before it was installed');
  return installed;
}
