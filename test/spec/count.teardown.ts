/** Runs after all that makes calls, and says how many of their events were measured. */
import { test } from '@playwright/test';

import { total } from './call-event-count.ts';

test('every call event that left the app was valid', ({}, info) => {
  console.log(`call events measured against the specification's schemas: ${total(info.project.outputDir)}`);
});
