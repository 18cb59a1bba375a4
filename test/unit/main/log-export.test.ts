import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { exportLog } from '../../../main/log-export';
import { quietLog } from './quiet-log';

function setUp() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'carillon-log-export-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const file = path.join(folder, 'carillon.log');
  const target = path.join(folder, 'saved.txt');
  const log = quietLog();
  const save = (answer: { canceled: boolean; filePath: string }) =>
    exportLog({
      dialog: { showSaveDialog: () => Promise.resolve(answer) },
      fileName: () => 'Carillon log',
      file,
      facts: () => ({ Carillon: '1.2.3', System: 'linux' }),
      log,
    });
  return { folder, file, target, log, save };
}

describe('saving the log', () => {
  it('writes what runs here and all lines, oldest first, for its owner alone', async () => {
    const { file, target, save } = setUp();
    writeFileSync(`${file}.1`, 'first\n');
    writeFileSync(file, 'second\n');
    expect(await save({ canceled: false, filePath: target })).toEqual({ ok: true });
    expect(readFileSync(target, 'utf8')).toBe('Carillon: 1.2.3\nSystem: linux\n\nfirst\nsecond\n');
    expect(statSync(target).mode & 0o777).toBe(0o600);
  });

  it('lets nothing out that stands in a log of an earlier version', async () => {
    const { file, target, save } = setUp();
    writeFileSync(file, 'sync of @anna:example.org with syt_YWxpY2U_abcdef_123456 at 192.0.2.17 failed\n');
    await save({ canceled: false, filePath: target });
    expect(readFileSync(target, 'utf8')).toContain('sync of [id] with [secret] at [ip] failed');
  });

  it('works before anything was written, and does nothing when the person changes their mind', async () => {
    const { target, save } = setUp();
    expect(await save({ canceled: true, filePath: '' })).toEqual({ ok: false, reason: 'cancelled' });
    expect(await save({ canceled: false, filePath: target })).toEqual({ ok: true });
  });

  it('says when the file cannot be written', async () => {
    const { folder, log, save } = setUp();
    const filePath = path.join(folder, 'no such folder', 'saved.txt');
    expect(await save({ canceled: false, filePath })).toEqual({ ok: false, reason: 'failed' });
    expect(log.failure).toHaveBeenCalledOnce();
  });
});
