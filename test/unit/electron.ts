import { vi } from 'vitest';

/** What unit tests see as `electron`. Extend it with what a test's subject imports by value. */
export const ipcMain = { handle: vi.fn() };
