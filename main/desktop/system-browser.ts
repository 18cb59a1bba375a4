/** The person's own browser, as a sign-in uses it: opened from here, and ended by a page of ours. */
import type { Browser } from '../account/in-browser';
import type { Messages } from './messages';

export interface SystemBrowserEnv {
  /** Electron's `shell.openExternal`. */
  readonly open: Browser['open'];
  readonly messages: () => Messages;
  readonly returned: () => void;
}

export function systemBrowser({ open, messages, returned }: SystemBrowserEnv): Browser {
  return {
    open,
    page: (which) => {
      const { title, words } = messages().browser[which];
      return lastPage(title, words);
    },
    returned,
  };
}

/** No script, nothing to load: it stands at an address that holds a secret. */
function lastPage(title: string, words: string): string {
  return `<!doctype html>
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>
  body { display: grid; place-content: center; min-height: 90vh; margin: 1.5rem; font: 1rem/1.5 system-ui, sans-serif; text-align: center }
  h1 { font-size: 1.5rem; font-weight: 600 }
  p { max-width: 30rem; margin: 0 auto }
</style>
<h1>${title}</h1>
<p>${words}</p>
`;
}
