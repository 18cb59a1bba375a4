/**
 * What a page still holds on to, from Chromium's own picture of its heap. `Runtime.queryObjects` would be shorter, but
 * counts what a mere trace on the stack of the engine kept from its garbage collection, sometimes for many seconds.
 */
import type { Page } from '@playwright/test';

/** @see https://chromedevtools.github.io/devtools-protocol/tot/HeapProfiler/ Nodes are rows of numbers in one array. */
interface HeapSnapshot {
  readonly snapshot: { readonly meta: { readonly node_fields: string[]; readonly node_types: [string[]] } };
  readonly nodes: number[];
  readonly strings: string[];
}

async function heapOf(page: Page): Promise<HeapSnapshot> {
  const chromium = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  chromium.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  try {
    await chromium.send('HeapProfiler.takeHeapSnapshot'); // collects the garbage first
  } finally {
    await chromium.detach();
  }
  return JSON.parse(chunks.join('')) as HeapSnapshot;
}

/** @param types of objects of the browser: the names of their interfaces. */
export async function keptIn(page: Page, types: readonly string[]): Promise<Record<string, number>> {
  const { snapshot, nodes, strings } = await heapOf(page);
  const { node_fields: fields, node_types: nodeTypes } = snapshot.meta;
  const [ofBrowser, typeAt, nameAt] = [nodeTypes[0].indexOf('native'), fields.indexOf('type'), fields.indexOf('name')];
  const counts: Record<string, number> = Object.fromEntries(types.map((type) => [type, 0]));
  for (let node = 0; node < nodes.length; node += fields.length) {
    const name = strings[nodes[node + nameAt] ?? -1] ?? '';
    if (nodes[node + typeAt] === ofBrowser && Object.hasOwn(counts, name)) counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
