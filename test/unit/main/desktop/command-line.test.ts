import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../../../main/desktop/command-line';

describe('command line', () => {
  it.each([
    [[], {}],
    [['--hidden'], { hidden: true }],
    [['--profile=work', '--verbose'], { profile: 'work', verbose: true }],
    [['--profile=a', '--profile=b'], { profile: 'b' }],
    [['--user-data-dir=/tmp/x', '--use-fake-device-for-media-stream', '.'], {}],
    [['--answer'], { verb: { do: 'answer' } }],
    [['--hang-up', '--profile=work'], { verb: { do: 'hangUp' }, profile: 'work' }],
    [['--decline'], { verb: { do: 'decline' } }],
    [['--hold'], { verb: { do: 'hold' } }],
    [['--mute'], { verb: { do: 'mute', to: 'toggle' } }],
    [['--mute=on'], { verb: { do: 'mute', to: 'on' } }],
    [['--mute=off'], { verb: { do: 'mute', to: 'off' } }],
    [['--call=@ben:example.org'], { verb: { do: 'call', userId: '@ben:example.org' } }],
    [['--call=@ben:example.org:8448'], { verb: { do: 'call', userId: '@ben:example.org:8448' } }],
    [['matrix:u/ben:example.org?action=call'], { link: 'matrix:u/ben:example.org?action=call' }],
    [['TEL:+49301234'], { link: 'TEL:+49301234' }],
    [['https://matrix.to/#/@ben:example.org'], { link: 'https://matrix.to/#/@ben:example.org' }],
    [['https://example.org/'], {}],
    [[`matrix:u/${'x'.repeat(2000)}:example.org`], { link: 'matrix:' }],
    // What stands after `--` came with a link, and is no switch of this person.
    [['--', 'matrix:u/ben:example.org', '--call=@eve:example.org', '--hidden'], { link: 'matrix:u/ben:example.org' }],
  ])('%j', (words, commandLine) => {
    expect(parseCommandLine(['/usr/bin/carillon', ...words])).toEqual({
      ok: true,
      commandLine: { profile: null, hidden: false, verbose: false, verb: null, link: null, ...commandLine },
    });
  });

  it.each([
    ['--call'],
    ['--call='],
    ['--call=ben'],
    ['--call=@ben'],
    ['--call=@ben:example.org --answer'],
    ['--mute=yes'],
    ['--answer=now'],
    ['--hang-up='],
    ['--hold=on'],
    ['--decline', '--hold'],
    ['--answer', '--mute'],
    ['--call=@eve:example.org', 'matrix:u/ben:example.org'],
  ])('refuses %j', (...words) => {
    expect(parseCommandLine(['/usr/bin/carillon', ...words])).toMatchObject({ ok: false });
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
