import { test as base } from '@playwright/test';
import { startHomeserver, type Homeserver } from '../../homeserver/homeserver.ts';
import { startBrowser } from './browser.ts';
import { startFarEnd, type FarEnd } from './far-end.ts';
import { servePages } from './serve-pages.ts';
import { startZero, type Zero } from './zero.ts';
export { expect } from '@playwright/test';
export const tones = { app: 440, sdk: 1000, second: 1500 } as const;
