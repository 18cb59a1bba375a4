/** What a page still holds on to. Asked of Chromium itself, which collects its garbage before it counts. */
import type { Page } from '@playwright/test';

/** @param type of the objects: the name of a class of the page. */
export async function keptIn(page: Page, type: string): Promise<number> {
  const chromium = await page.context().newCDPSession(page);
  try {
    const { result } = await chromium.send('Runtime.evaluate', { expression: `${type}.prototype` });
    const { objects } = await chromium.send('Runtime.queryObjects', { prototypeObjectId: result.objectId ?? '' });
    const counted = await chromium.send('Runtime.callFunctionOn', {
      objectId: objects.objectId ?? '',
      functionDeclaration: 'function () { return this.length; }',
      returnByValue: true,
    });
    return Number(counted.result.value);
  } finally {
    await chromium.detach(); // lets go of what was counted
  }
}
