import { describe, expect, it } from 'vitest';
import { allRules, allTitles, check, faultsOf, readRules, readTitles } from './checklist';

const rules = readRules(
  '| id | rule |\n| --- | --- |\n| V0-01 | One | spec | |\n| N5 | Two | seen | because |\n| no | row | |',
);

describe('the checklist', () => {
  it('reads the rows that begin with an id', () => {
    expect(rules).toEqual([
      { id: 'V0-01', text: 'One', reason: '' },
      { id: 'N5', text: 'Two', reason: 'because' },
    ]);
  });

  it('finds ids in titles and in the tables of titles, and nowhere else', () => {
    const source = [
      '// V0-01 in a comment',
      "describe('V0-01', () => {",
      "  it.each([['N5', 1]] as const)('%s: table', () => {",
      "    expect('V0-01').toBe(`V0-01`);",
      '  });',
      '  it(`V0-01: ${String(1)} of it`, () => {});',
      "  it.each(table)('N5', () => {});",
      '});',
    ].join('\n');
    expect(readTitles('x.test.ts', source).map(({ text }) => text)).toEqual([
      'V0-01',
      '%s: table',
      'N5',
      'V0-01: of it',
      'N5',
    ]);
  });

  it('complains of rules without test and reason, of strange ids, and of doubles', () => {
    const titles = [{ file: 'x.test.ts', text: 'GL-99: nobody knows' }];
    expect(faultsOf(check([...rules, ...rules], titles), titles)).toEqual([
      'V0-01: neither a test nor a reason',
      'V0-01: neither a test nor a reason',
      'V0-01: stands twice in the table',
      'N5: stands twice in the table',
      'GL-99: no such rule (x.test.ts: GL-99: nobody knows)',
    ]);
  });

  it('finds every rule shown, or says why not', { timeout: 60_000 }, () => {
    const titles = allTitles();
    expect(faultsOf(check(allRules(), titles), titles)).toEqual([]);
  });
});
