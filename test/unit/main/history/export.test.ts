import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { csvOf } from '../../../../main/history/csv';
import { exportHistory } from '../../../../main/history/export';
import type { HistoryEntry } from '../../../../preload/contract/history';
import { quietLog } from '../quiet-log';
import { noon, row, scratchFolder } from './calls';

const entry = (over: Partial<HistoryEntry> = {}): HistoryEntry => ({ ...row(0), id: 1, outcome: 'missed', ...over });
const lines = (...entries: HistoryEntry[]): string[] => csvOf(entries).slice(1).split('\r\n');

describe('the table', () => {
  it('has a header and a line per call, each ended by CR LF', () => {
    const talked = { outcome: 'answered', connectedAt: noon + 4000, endedAt: noon + 64_400, kind: 'video' } as const;
    expect(lines(entry(talked))).toEqual([
      'started,ended,duration_seconds,direction,kind,name,address,account,outcome,cause',
      `2026-11-21T12:00:00.000Z,2026-11-21T12:01:04.400Z,60,incoming,video,Ben,'@ben:example.org,'@anna:example.org,answered,`,
      '',
    ]);
  });

  it('leaves open what is not known', () => {
    const [, line] = lines(entry({ kind: null, outcome: 'suppressed', cause: 'muted' }));
    expect(line).toBe(`2026-11-21T12:00:00.000Z,,,incoming,,Ben,'@ben:example.org,'@anna:example.org,suppressed,muted`);
  });

  it.each([
    ['Ben, the elder', '"Ben, the elder"'],
    ['Ben "Big" Okafor', '"Ben ""Big"" Okafor"'],
    ['Ben\nOkafor', '"Ben\nOkafor"'],
    ['Clara Núñez', 'Clara Núñez'],
    ['=HYPERLINK("http://example.org")', `"'=HYPERLINK(""http://example.org"")"`],
    ['+1', `'+1`],
    ['-1', `'-1`],
    ['@SUM(A1)', `'@SUM(A1)`],
    ['\t=1', `'\t=1`],
    ['\r=1', `"'\r=1"`],
    ['＝1', `'＝1`],
    ['\n=1', `"'\n=1"`],
  ])('RFC 4180, and no formula: %j', (peerName, field) => {
    expect(csvOf([entry({ peerName })])).toContain(`,${field},`);
  });
});

describe('exporting', () => {
  const env = (filePath: string | null) => ({
    dialog: {
      showSaveDialog: vi.fn(() => Promise.resolve({ canceled: filePath === null, filePath: filePath ?? '' })),
    },
    fileName: () => 'Calls',
    history: { all: () => [entry()] },
    log: quietLog(),
  });

  it('writes the file that the person chose, for them alone', async () => {
    const file = path.join(scratchFolder(), 'mine.csv');
    const asked = env(file);
    expect(await exportHistory(asked)).toEqual({ ok: true, calls: 1 });
    expect(asked.dialog.showSaveDialog).toHaveBeenCalledWith(expect.objectContaining({ defaultPath: 'Calls.csv' }));
    expect(readFileSync(file, 'utf8')).toBe(csvOf([entry()]));
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('says that the person did not want to, or that it could not be done', async () => {
    expect(await exportHistory(env(null))).toEqual({ ok: false, reason: 'cancelled' });
    const full = env(path.join(scratchFolder(), 'no', 'such', 'folder.csv'));
    expect(await exportHistory(full)).toEqual({ ok: false, reason: 'failed' });
    expect(full.log.failure).toHaveBeenCalledOnce();
  });
});
