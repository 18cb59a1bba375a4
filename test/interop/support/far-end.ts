/** matrix-js-sdk's calls in a browser page, in the hands of a test. */
import type { Locator, Page } from '@playwright/test';

import { seeMotion } from '../../e2e/support/pictures.ts';
import { hearSilence, hearTone } from '../../e2e/support/tones.ts';
import type { TestUser } from '../../homeserver/client.ts';
import type { Kind, PlaceOptions, SdkCall } from '../pages/contract.ts';
import type { FarBrowser } from './browser.ts';

export interface FarEnd {
  readonly user: TestUser;
  readonly page: Page;
  /** @returns the call id, maybe before the invite leaves. */
  readonly place: (roomId: string, kind: Kind, options?: PlaceOptions) => Promise<string>;
  readonly answer: (kind?: Kind) => Promise<void>;
  readonly reject: () => Promise<void>;
  readonly hangUp: () => Promise<void>;
  readonly hold: (held: boolean) => Promise<void>;
  readonly muteMicrophone: (muted: boolean) => Promise<void>;
  /** Unmuting turns a voice call into a video call. */
  readonly muteCamera: (muted: boolean) => Promise<void>;
  readonly shareScreen: (shared: boolean) => Promise<void>;
  readonly dial: (digit: string) => Promise<void>;
  readonly restartIce: () => Promise<void>;
  readonly calls: () => Promise<readonly SdkCall[]>;
  /** The newest call. @throws before the first. */
  readonly call: () => Promise<SdkCall>;
  /** The newest call once it is in this state, in matrix-js-sdk's words. @throws with what it was at last. */
  readonly reach: (state: string, timeout?: number) => Promise<SdkCall>;
  readonly hears: (hz: number) => Promise<unknown>;
  readonly hearsNothing: () => Promise<void>;
  /** What it plays of the other party. */
  readonly picture: (purpose: 'm.usermedia' | 'm.screenshare') => Locator;
  /** The other party moves. */
  readonly sees: () => Promise<void>;
}

/**
 * @param origin of the served pages.
 * @param crypto it can speak in encrypted rooms.
 */
export async function startFarEnd(
  browser: FarBrowser,
  origin: string,
  baseUrl: string,
  user: TestUser,
  crypto = false,
): Promise<FarEnd> {
  const page = await browser.open(`${origin}/sdk.html`);
  const { userId, deviceId, accessToken } = user;
  const session = { baseUrl, userId, deviceId, accessToken, crypto };
  await page.evaluate((asked) => window.sdk.start(asked), session);
  const calls = (): Promise<readonly SdkCall[]> => page.evaluate(() => window.sdk.calls());
  const call = async (): Promise<SdkCall> => {
    const newest = (await calls()).at(-1);
    if (newest === undefined) throw new Error('matrix-js-sdk has had no call');
    return newest;
  };
  const picture = (purpose: string): Locator => page.locator(`video[data-purpose="${purpose}"]`);
  return {
    user,
    page,
    calls,
    call,
    place: (roomId, kind, options = {}) =>
      page.evaluate((args) => window.sdk.place(args.roomId, args.kind, args.options), { roomId, kind, options }),
    answer: (kind = 'voice') => page.evaluate((asked) => window.sdk.answer(asked), kind),
    reject: () => page.evaluate(() => window.sdk.reject()),
    hangUp: () => page.evaluate(() => window.sdk.hangUp()),
    hold: (held) => page.evaluate((asked) => window.sdk.hold(asked), held),
    muteMicrophone: (muted) => page.evaluate((asked) => window.sdk.muteMicrophone(asked), muted),
    muteCamera: (muted) => page.evaluate((asked) => window.sdk.muteCamera(asked), muted),
    shareScreen: (shared) => page.evaluate((asked) => window.sdk.shareScreen(asked), shared),
    dial: (digit) => page.evaluate((asked) => window.sdk.dial(asked), digit),
    restartIce: () => page.evaluate(() => window.sdk.restartIce()),
    reach: async (state, timeout = 15_000) => {
      const isThere = (wanted: string): boolean => window.sdk.calls().at(-1)?.state === wanted;
      await page.waitForFunction(isThere, state, { timeout, polling: 50 }).catch(async (error: unknown) => {
        throw new Error(`not ${state} but ${JSON.stringify(await calls())}`, { cause: error });
      });
      return call();
    },
    hears: (hz) => hearTone(page, hz),
    hearsNothing: () => hearSilence(page),
    picture,
    sees: () => seeMotion(picture('m.usermedia')),
  };
}
