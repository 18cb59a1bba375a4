import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../../../main/desktop/command-line';

describe('command line', () => {
  it.each([
    [[], { profile: null, hidden: false, verbose: false }],
    [['--hidden'], { profile: null, hidden: true, verbose: false }],
    [['--profile=work', '--verbose'], { profile: 'work', hidden: false, verbose: true }],
    [['--profile=a', '--profile=b'], { profile: 'b', hidden: false, verbose: false }],
    [
      ['--user-data-dir=/tmp/x', '--use-fake-device-for-media-stream', '.'],
      { profile: null, hidden: false, verbose: false },
    ],
  ])('%j', (words, commandLine) => {
    expect(parseCommandLine(['/usr/bin/carillon', ...words])).toEqual({ ok: true, commandLine });
  });

  it.each([
    '--profile',
    '--profile=',
    '--profile=..',
    '--profile=../x',
    '--profile=a/b',
    '--profile=a\\b',
    '--profile=C:',
    '--profile= work',
    '--profile=-x',
    '--profile=.hidden',
    `--profile=${'x'.repeat(33)}`,
  ])('refuses %s and says what a name may be', (word) => {
    const result = parseCommandLine([word]);
    expect(result).toMatchObject({ ok: false });
    expect(result).toHaveProperty('message', expect.stringContaining('for example --profile=work'));
  });
});
