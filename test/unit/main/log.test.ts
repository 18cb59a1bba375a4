import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeLog, scrub } from '../../../main/log';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'carillon-log-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const open = (verbose = false, maxBytes = 10_000) => {
  const show = vi.fn<(line: string) => void>();
  const file = path.join(folder, 'logs', 'carillon.log');
  const log = makeLog({ file, maxBytes, verbose, show, now: () => new Date(0) });
  return { log, show, file, text: () => readFileSync(file, 'utf8') };
};

describe('log', () => {
  it('writes one line per event: time, level, what, facts', () => {
    const { log, text } = open();
    log.info('call ended', { direction: 'incoming', calls: 2, reason: undefined });
    expect(text()).toBe('1970-01-01T00:00:00.000Z info  call ended direction=incoming calls=2\n');
  });

  it('is silent on stderr and about details unless asked', () => {
    const quiet = open();
    quiet.log.debug('detail');
    quiet.log.warn('matter');
    expect(quiet.text()).not.toContain('detail');
    expect(quiet.show).not.toHaveBeenCalled();
    const chatty = open(true);
    chatty.log.debug('detail');
    expect(chatty.text()).toContain('detail');
    expect(chatty.show).toHaveBeenCalledOnce();
  });

  it('stays within its size: the full file is set aside once', () => {
    const { log, file, text } = open(false, 200);
    for (let line = 0; line < 20; line++) log.info('line', { line });
    expect(text().length).toBeLessThanOrEqual(200);
    expect(text()).toContain('line=19');
    expect(readFileSync(`${file}.1`, 'utf8').length).toBeLessThanOrEqual(200);
  });

  it('goes on when its folder cannot be written', () => {
    const file = path.join(folder, 'carillon.log', 'below');
    makeLog({ file: path.join(folder, 'carillon.log'), maxBytes: 100, verbose: false }).info('a file in the way');
    const log = makeLog({ file, maxBytes: 100, verbose: false });
    expect(() => {
      log.error('lost');
    }).not.toThrow();
    expect(existsSync(file)).toBe(false);
  });

  it('keeps the kind and place of a failure', () => {
    const { log, text } = open();
    log.failure('sync', new TypeError('no such thing'));
    expect(text()).toContain('sync: TypeError: no such thing');
    expect(text()).toContain('log.test.ts');
  });
});

describe('what never stands in a log', () => {
  it.each([
    ['a user id', 'invite from @alice:example.org, sent'],
    ['a room id', 'room !abcDEF:example.org'],
    ['a token', 'syt_YWxpY2U_abcdef_123456 expired'],
    ['a header', 'Authorization: Bearer abc.def-ghi'],
    ['a query', 'GET ?access_token=abcdef&x=1'],
    ['a password', '"password":"hunter22"'],
    ['an address', 'connect ECONNREFUSED 192.0.2.17:8448'],
    ['an IPv6 address', 'connect ECONNREFUSED 2001:db8::17'],
    ['a URL', 'fetch https://alice.example.org/_matrix/client failed'],
    ['a home folder', 'at file (/home/alice/app/main.js:1:2)'],
    ['a candidate', 'candidate:1 1 udp 2113937151 alice.local 50000 typ host'],
    ['a line of SDP', 'a=ice-ufrag:alice'],
    ['a description', 'setRemoteDescription v=0\r\no=- 1 2 IN IP4 192.0.2.17\r\ns=alice\r\n'],
  ])('%s', (_what, text) => {
    const told = scrub(text);
    expect(told).not.toMatch(/alice|hunter22|192\.0\.2|2001:db8|abcdef|abc\.def/i);
    expect(told).toMatch(/\[\w+\]/);
  });

  it('leaves times, versions and places in our own code alone', () => {
    const text = 'at start (out/main/index.js:12:34) Node 24.21.0, 09:15:30, 3 of 4';
    expect(scrub(text)).toBe(text);
  });
});
