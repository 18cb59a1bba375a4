/** The part of a sign-in that happens in the person's browser: open it, and wait for the redirect, a cancel, or too long. */
import type { SignInProgress } from '../../preload/contract/accounts';
import type { Clock } from '../clock';
import { isSecure } from './http';
import { listenForRedirect, type RedirectListener, type RedirectPage } from './redirect-listener';

export interface Browser {
  /** Rejects where there is none. */
  readonly open: (url: string) => Promise<void>;
  /** The HTML that it shows at the end. */
  readonly page: (which: RedirectPage) => string;
  /** The person is done there: show them the program again. */
  readonly returned: () => void;
}

/** One attempt to sign in, which can be given up at any time. */
export interface Attempt {
  readonly signal: AbortSignal;
  readonly progress: (progress: SignInProgress) => void;
  /** What opens the browser's page once more; null when there is no page. */
  readonly reopen: (open: (() => void) | null) => void;
}

export interface BrowserEnv {
  readonly browser: Browser;
  readonly clock: Clock;
  /** So many random bytes as text for URLs. */
  readonly random: (bytes: number) => string;
}

export type BrowserAnswer =
  | { readonly ok: true; readonly query: URLSearchParams }
  | { readonly ok: false; readonly reason: 'noBrowser' | 'timedOut' | 'cancelled' };

/** ms that a person may take: to find a password, a second factor, a mail. */
const PATIENCE = 15 * 60_000;

/** Null where nobody may listen. */
export async function openListener({ browser, random }: BrowserEnv): Promise<RedirectListener | null> {
  return listenForRedirect(random, browser.page).catch(() => null);
}

/** Never rejects; closes the listener. */
export async function askInBrowser(
  { browser, clock }: BrowserEnv,
  { signal, progress, reopen }: Attempt,
  url: string,
  listener: RedirectListener,
): Promise<BrowserAnswer> {
  const parsed = URL.parse(url);
  // A homeserver's word decides what is opened: nothing but a web page.
  if (parsed === null || !isSecure(parsed) || !(await opens(browser, url))) {
    listener.close();
    return { ok: false, reason: 'noBrowser' };
  }
  reopen(() => void opens(browser, url));
  progress({ stage: 'browser' });
  const { promise, resolve } = Promise.withResolvers<BrowserAnswer>();
  const cancelTimer = clock.after(PATIENCE, () => {
    resolve({ ok: false, reason: 'timedOut' });
  });
  const cancel = (): void => {
    resolve({ ok: false, reason: 'cancelled' });
  };
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  void listener.answer.then((query) => {
    resolve({ ok: true, query });
  });

  const answer = await promise;
  cancelTimer();
  signal.removeEventListener('abort', cancel);
  reopen(null);
  listener.close();
  if (answer.ok) {
    browser.returned();
    progress({ stage: 'finishing' });
  }
  return answer;
}

async function opens(browser: Browser, url: string): Promise<boolean> {
  return browser.open(url).then(
    () => true,
    () => false,
  );
}
