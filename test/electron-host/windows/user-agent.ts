/** The user agent of pages, in Electron's form. */
import { app } from '../app.ts';

let chromiumUserAgent = '';

/** @param value as Chromium gives its own. */
export function setChromiumUserAgent(value: string): void {
  chromiumUserAgent = value;
}

export function defaultUserAgent(): string {
  const product = `${app.getName().replace(/\s/g, '')}/${app.getVersion()}`;
  const electron = `Electron/${process.versions.electron}`;
  return chromiumUserAgent
    .replace('HeadlessChrome', 'Chrome')
    .replace(/Chrome\/\S+/, (chrome) => `${product} ${chrome} ${electron}`);
}
