/** `session.webRequest`: the three moments at which an app can look at a request and change it. */
import { complete } from '../surface.ts';

type Listener<D, R> = (details: D, callback: (response: R) => void) => void;

export interface Moment<D, R> {
  readonly set: (
    filterOrListener: Electron.WebRequestFilter | Listener<D, R> | null,
    listener?: Listener<D, R> | null,
  ) => void;
  readonly isSet: () => boolean;
  /** What the listener decided, or undefined when there is none for this URL. */
  readonly ask: (details: D) => Promise<R | undefined>;
}

/** @param onChange called when a listener came or went. */
export function moment<D extends { url: string }, R>(onChange: () => void): Moment<D, R> {
  let current: Listener<D, R> | null = null;
  let urls: readonly string[] = [];
  return {
    // Electron's overload: `(listener)` or `(filter, listener)`.
    set: (filterOrListener, listener = null) => {
      const filtered = filterOrListener !== null && typeof filterOrListener === 'object';
      urls = filtered ? filterOrListener.urls : [];
      current = filtered ? listener : filterOrListener;
      onChange();
    },
    isSet: () => current !== null,
    ask: (details) => {
      const listener = current;
      const asked = urls.length === 0 || urls.some((pattern) => matchesUrl(pattern, details.url));
      if (!listener || !asked) return Promise.resolve(undefined);
      return new Promise((resolve) => {
        listener(details, resolve);
      });
    },
  };
}

/** Match patterns as in browser extensions: `<all_urls>`, `*://*.example.org/*`. */
export function matchesUrl(pattern: string, url: string): boolean {
  if (pattern === '<all_urls>') return true;
  const expression = pattern
    .split(/(:\/\/\*\.|\*)/)
    .map((part) => {
      if (part === '*') return '.*';
      if (part === '://*.') return '://(?:[^/]+\\.)?';
      return part.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
    })
    .join('');
  return new RegExp(`^${expression}$`, 's').test(url);
}

let changed: () => void = () => undefined;

/** Interception follows what is listened to. */
export function onWebRequestChange(listener: () => void): void {
  changed = listener;
}

const notify = (): void => {
  changed();
};

export const moments = {
  beforeRequest: moment<Electron.OnBeforeRequestListenerDetails, Electron.CallbackResponse>(notify),
  beforeSendHeaders: moment<Electron.OnBeforeSendHeadersListenerDetails, Electron.BeforeSendResponse>(notify),
  headersReceived: moment<Electron.OnHeadersReceivedListenerDetails, Electron.HeadersReceivedResponse>(notify),
};

export const webRequest = complete(
  {
    onBeforeRequest: moments.beforeRequest.set,
    onBeforeSendHeaders: moments.beforeSendHeaders.set,
    onHeadersReceived: moments.headersReceived.set,
  } satisfies Partial<Electron.WebRequest>,
  'WebRequest',
  'session.webRequest',
);
