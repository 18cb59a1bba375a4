import { expect, test } from 'vitest';

test('runs on the Node that Electron embeds, not on the system one', () => {
  expect(process.versions.node.split('.')[0]).toBe('24');
});
