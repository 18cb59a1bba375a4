import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { takeLock, type SecondInstance } from '../../electron-host/single-instance.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'carillon-lock-'));
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

const second: SecondInstance = { argv: ['electron', 'tel:1'], cwd: '/home', data: { hello: 1 } };

describe('the lock of a profile', () => {
  it('is held once; the second instance is told to the first', async () => {
    const told = vi.fn();
    const release = takeLock(folder, { argv: [], cwd: '/', data: null }, told);
    expect(release).toBeDefined();
    expect(takeLock(folder, second, vi.fn())).toBeUndefined();
    await vi.waitFor(() => {
      expect(told).toHaveBeenCalledExactlyOnceWith(second);
    }, 10_000);
    release?.();
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  it('is free again after its release', () => {
    takeLock(folder, second, vi.fn())?.();
    const release = takeLock(folder, second, vi.fn());
    expect(release).toBeDefined();
    release?.();
  });

  it('of a process that was killed is taken over', () => {
    fs.writeFileSync(path.join(folder, 'electron-host.lock'), '4194305'); // above the highest pid of Linux
    const release = takeLock(folder, second, vi.fn());
    expect(release).toBeDefined();
    release?.();
  });
});
