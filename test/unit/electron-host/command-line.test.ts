import { describe, expect, it } from 'vitest';
import { CommandLine, parseArguments } from '../../electron-host/command-line.ts';

describe('the command line', () => {
  it('is read as Playwright writes it', () => {
    const playwright = ['-r', '/lib/loader.js', '--no-sandbox', '--inspect=0', '--remote-debugging-port=0'];
    const { preloads, entry, switches } = parseArguments([...playwright, '-r', 'probe.cjs', '--user-data-dir=/p', '.']);
    expect(preloads).toEqual(['/lib/loader.js', 'probe.cjs']);
    expect(entry).toBe('.');
    expect(Object.fromEntries(switches)).toEqual({
      'no-sandbox': '',
      inspect: '0',
      'remote-debugging-port': '0',
      'user-data-dir': '/p',
    });
  });

  it('takes switches and links behind the app, which belong to it', () => {
    const { preloads, entry, switches } = parseArguments(['.', '--hidden', 'matrix:u/bob:example.org', '-r', 'x']);
    expect(entry).toBe('.');
    expect(preloads).toEqual([]);
    expect([...switches.keys()]).toEqual(['hidden']);
  });

  it('adds features up and replaces other switches', () => {
    const { switches } = parseArguments(['--disable-features=A', '--lang=de']);
    const commandLine = new CommandLine(switches);
    commandLine.appendSwitch('disable-features', 'B');
    commandLine.appendSwitch('--lang', 'en');
    expect(commandLine.getSwitchValue('disable-features')).toBe('A,B');
    expect(commandLine.getSwitchValue('lang')).toBe('en');
    commandLine.removeSwitch('lang');
    expect(commandLine.hasSwitch('lang')).toBe(false);
  });
});
