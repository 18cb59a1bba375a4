import { vi } from 'vitest';
import type { Log } from '../../../main/log';

/** A log that can be asked what it was told. */
export const quietLog = () =>
  ({ debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn(), failure: vi.fn() }) satisfies Log;
