import { EventEmitter } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { beTheOnlyOne, enterProfile, logFile } from '../../../../main/desktop/profile';

const of = (profile: string | null) => ({ profile, hidden: false, verbose: false, verb: null, link: null });

describe('profile', () => {
  it('has a folder of its own below the one that the desktop or --user-data-dir gives', () => {
    const base = mkdtempSync(path.join(tmpdir(), 'carillon-profile-'));
    const setPath = vi.fn();
    enterProfile({ getPath: () => base, setPath }, of('work'));
    const folder = path.join(base, 'profiles', 'work');
    expect(setPath.mock.calls).toEqual([['userData', folder]]);
    expect(existsSync(folder)).toBe(true);
    rmSync(base, { recursive: true });
  });

  it('is not needed', () => {
    const setPath = vi.fn();
    enterProfile({ getPath: () => '/', setPath }, of(null));
    expect(setPath).not.toHaveBeenCalled();
  });

  it('has a log of its own', () => {
    const files = [null, 'work'].map((profile) => logFile({ getPath: () => 'logs' }, of(profile)));
    expect(files).toEqual([path.join('logs', 'carillon.log'), path.join('logs', 'carillon-work.log')]);
  });
});

describe('one running program per profile', () => {
  const app = (isFirst: boolean) =>
    Object.assign(new EventEmitter(), { requestSingleInstanceLock: () => isFirst }) as never;

  it('the second gives way', () => {
    expect(beTheOnlyOne(app(false), vi.fn(), vi.fn())).toBe(false);
  });

  it.each([
    [['carillon'], 1],
    [['carillon', '--hidden'], 0],
  ])('the first shows its window when a second starts as %j: %i times', (argv, times) => {
    const first = app(true);
    const show = vi.fn();
    expect(beTheOnlyOne(first, show, vi.fn())).toBe(true);
    (first as EventEmitter).emit('second-instance', {}, argv);
    expect(show).toHaveBeenCalledTimes(times);
  });

  it('the first opens the link that a second was given, and obeys nothing that came with it', () => {
    const first = app(true);
    const [show, open] = [vi.fn(), vi.fn()];
    beTheOnlyOne(first, show, open);
    (first as EventEmitter).emit('second-instance', {}, ['carillon', '--', 'matrix:u/ben:example.org', '--answer']);
    expect(open.mock.calls).toEqual([['matrix:u/ben:example.org']]);
    expect(show).not.toHaveBeenCalled();
  });
});
