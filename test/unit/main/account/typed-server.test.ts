import { describe, expect, it } from 'vitest';

import { baseUrl, isLoopback, readTypedServer } from '../../../../main/account/typed-server';

describe('a server name', () => {
  it.each([
    ['example.org', 'example.org'],
    ['  Example.ORG ', 'example.org'],
    ['example.org/', 'example.org'],
    ['matrix.example.org:8448', 'matrix.example.org:8448'],
    ['localhost', 'localhost'],
    ['127.0.0.1:8008', '127.0.0.1:8008'],
    ['[::1]:8008', '[::1]:8008'],
    ['bücher.example', 'xn--bcher-kva.example'],
  ])('%j is %s', (typed, name) => {
    expect(readTypedServer(typed)).toEqual({ ok: true, kind: 'name', name });
  });
});

describe('a URL', () => {
  it.each([
    ['https://matrix.example.org', 'https://matrix.example.org'],
    ['HTTPS://Matrix.Example.org/', 'https://matrix.example.org'],
    ['https://example.org/matrix/', 'https://example.org/matrix'],
    ['example.org/matrix', 'https://example.org/matrix'],
    ['http://127.0.0.1:8008', 'http://127.0.0.1:8008'],
    ['http://127.9.9.9:8008/', 'http://127.9.9.9:8008'],
    ['http://localhost:8008', 'http://localhost:8008'],
    ['http://[::1]:8008', 'http://[::1]:8008'],
  ])('%j is %s', (typed, url) => {
    const read = readTypedServer(typed);
    expect(read.ok && read.kind === 'url' ? baseUrl(read.url) : read).toBe(url);
  });
});

it.each([
  '',
  '   ',
  'two words',
  'https://',
  'ftp://example.org',
  'https://bob:secret@example.org',
  '@bob:example.org',
])('%j is malformed', (typed) => {
  expect(readTypedServer(typed)).toEqual({ ok: false, reason: 'malformedServer' });
});

it.each(['example.org?x=1', 'https://example.org/#x', 'exam_ple.org', 'example.org:99999'])(
  '%j is malformed',
  (typed) => {
    expect(readTypedServer(typed)).toEqual({ ok: false, reason: 'malformedServer' });
  },
);

it.each([
  'http://example.org',
  'HTTP://192.168.0.1:8008',
  'http://localhost.example.org',
  'http://127.0.0.1.example.org',
])('%j would send the password in clear text', (typed) => {
  expect(readTypedServer(typed)).toEqual({ ok: false, reason: 'insecureServer' });
});

it.each([
  ['127.0.0.1', true],
  ['127.255.0.3', true],
  ['[::1]', true],
  ['localhost', true],
  ['128.0.0.1', false],
  ['[::2]', false],
  ['localhost.example.org', false],
])('%s loopback: %s', (hostname, loopback) => {
  expect(isLoopback(hostname)).toBe(loopback);
});
