import { expect, it } from 'vitest';

import { makePollFetch } from '../../../../main/matrix/poll-fetch';
import { syncFilter, withoutVerification } from '../../../../main/matrix/sync-filter';

const filter = JSON.stringify(syncFilter('@anna:x').getDefinition());
const typesIn = (text: string | null): readonly string[] =>
  (JSON.parse(text ?? '') as { room: { timeline: { types: string[] } } }).room.timeline.types;

it('a sync that asks for everything leaves out messages, which only bring requests to verify', () => {
  expect(typesIn(filter)).toEqual(expect.arrayContaining(['m.call.*', 'm.room.encrypted', 'm.room.message']));
  const lean = withoutVerification(filter);
  expect(typesIn(lean)).toEqual(typesIn(filter).filter((type) => !/message|verification/.test(type)));
  expect({ ...JSON.parse(lean), room: null }).toEqual({ ...JSON.parse(filter), room: null });
  expect(withoutVerification('7')).toBe('7');
});

it('later syncs bring them', async () => {
  const asked: URL[] = [];
  const network = makePollFetch((resource) => {
    asked.push(new URL(resource instanceof Request ? resource.url : resource));
    return Promise.resolve(new Response('{}'));
  }, withoutVerification);
  const sync = (more: Record<string, string>): Promise<Response> =>
    network.fetch(
      `https://x/_matrix/client/v3/sync?${new URLSearchParams({ filter, timeout: '0', ...more }).toString()}`,
    );
  await sync({});
  await sync({ since: 's1' });
  const [first, second] = asked.map(({ searchParams }) => typesIn(searchParams.get('filter')));
  expect([first?.includes('m.room.message'), second?.includes('m.room.message')]).toEqual([false, true]);
});
