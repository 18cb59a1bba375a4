/** What the app's own code still holds on to after a garbage collection: by this, and not by a process, one sees a leak. */
import { keptIn } from '../e2e/support/kept.ts';
import type { Phone } from '../e2e/support/phone.ts';

const mebibyte = 1024 * 1024;

export async function heapsOf({ app, page }: Phone): Promise<string> {
  const main = await app.evaluate(() => {
    const [v8, vm] = [process.getBuiltinModule('v8'), process.getBuiltinModule('vm')];
    v8.setFlagsFromString('--expose-gc');
    (vm.runInNewContext('gc') as () => void)();
    return process.memoryUsage().heapUsed;
  });
  const chromium = await page.context().newCDPSession(page);
  await chromium.send('HeapProfiler.collectGarbage');
  const { usedSize } = await chromium.send('Runtime.getHeapUsage');
  await chromium.detach();
  const { RTCPeerConnection: connections = 0 } = await keptIn(page, ['RTCPeerConnection']);
  return (
    `main ${(main / mebibyte).toFixed(1)} MiB, page ${(usedSize / mebibyte).toFixed(1)} MiB, ` +
    `${connections} peer connections`
  );
}
