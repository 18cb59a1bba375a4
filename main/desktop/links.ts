/**
 * Links that the desktop wants opened: they wait here until a page takes them, since the page may not be there yet. Main
 * does not read them; the page does, and nothing is called before a person says so.
 */
import type { App } from 'electron';
import { boundedLink } from './command-line';

export interface Links {
  readonly open: (link: string) => void;
  /** The latest link, once. */
  readonly take: () => string | null;
  /** Nobody wants a link opened now. */
  readonly isEmpty: () => boolean;
}

export interface LinksEnv {
  /** The page may take a link now. */
  readonly tellPage: () => void;
  readonly showWindow: () => void;
}

export function makeLinks(env: LinksEnv): Links {
  let waiting: string | null = null;
  return {
    open: (link) => {
      waiting = link;
      env.showWindow();
      env.tellPage();
    },
    take: () => {
      const link = waiting;
      waiting = null;
      return link;
    },
    isEmpty: () => waiting === null,
  };
}

/** macOS hands links over by an event, which may come before the program is ready. Must run before `ready`. */
export function catchLinks(app: Pick<App, 'on'>, open: (link: string) => void): void {
  app.on('open-url', (event, url) => {
    event.preventDefault();
    open(boundedLink(url));
  });
}

/**
 * Tells the desktop that we open `matrix:` links, where no program does yet: a person's other client keeps them. Installers
 * say it too, and `tel:` is left to them. Best effort: some desktops take no such word.
 * @param command what starts the program. Windows puts the link after it, where `--` keeps it from being a switch.
 */
export function claimLinks(
  app: Pick<App, 'isPackaged' | 'getApplicationNameForProtocol' | 'setAsDefaultProtocolClient'>,
  [program, ...first]: readonly [string, ...string[]],
): void {
  if (!app.isPackaged || app.getApplicationNameForProtocol('matrix:') !== '') return;
  app.setAsDefaultProtocolClient('matrix', program, [...first, '--']);
}
