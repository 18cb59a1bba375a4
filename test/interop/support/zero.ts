/** A client of version 0 in a browser page, in the hands of a test. */
import type { Page } from '@playwright/test';

import { seeMotion } from '../../e2e/support/pictures.ts';
import { hearSilence, hearTone } from '../../e2e/support/tones.ts';
import type { TestUser } from '../../homeserver/client.ts';
import type { Kind, ZeroCall } from '../pages/contract.ts';
import type { FarBrowser } from './browser.ts';

export interface Zero {
  readonly user: TestUser;
  readonly page: Page;
  readonly place: (roomId: string, kind: Kind) => Promise<void>;
  readonly answer: (kind: Kind) => Promise<void>;
  readonly hangUp: () => Promise<void>;
  readonly call: () => Promise<ZeroCall | null>;
  /** The newest call once it is in this state. @throws with what it was at last. */
  readonly reach: (state: ZeroCall['state']) => Promise<ZeroCall>;
  readonly hears: (hz: number) => Promise<unknown>;
  readonly hearsNothing: () => Promise<void>;
  readonly sees: () => Promise<void>;
}

/** @param origin of the served pages. */
export async function startZero(browser: FarBrowser, origin: string, baseUrl: string, user: TestUser): Promise<Zero> {
  const page = await browser.open(`${origin}/zero.html`);
  const { userId, deviceId, accessToken } = user;
  await page.evaluate((session) => window.zero.start(session), { baseUrl, userId, deviceId, accessToken });
  const call = (): Promise<ZeroCall | null> => page.evaluate(() => window.zero.call());
  return {
    user,
    page,
    call,
    place: (roomId, kind) => page.evaluate((args) => window.zero.place(args.roomId, args.kind), { roomId, kind }),
    answer: (kind) => page.evaluate((asked) => window.zero.answer(asked), kind),
    hangUp: () => page.evaluate(() => window.zero.hangUp()),
    reach: async (state) => {
      const isThere = (wanted: string): boolean => window.zero.call()?.state === wanted;
      await page.waitForFunction(isThere, state, { timeout: 15_000, polling: 50 }).catch(async (error: unknown) => {
        throw new Error(`not ${state} but ${JSON.stringify(await call())}`, { cause: error });
      });
      const reached = await call();
      if (reached === null) throw new Error('version 0 has had no call');
      return reached;
    },
    hears: (hz) => hearTone(page, hz),
    hearsNothing: () => hearSilence(page),
    sees: () => seeMotion(page.locator('video').last()),
  };
}
