import { describe, expect, it } from 'vitest';

import { delegatedUrl, discover } from '../../../../main/account/discovery';
import { makeWeb, type Page } from './web';

const wellKnown = 'https://example.org/.well-known/matrix/client';
const homeserver: Page = { json: { versions: ['v1.11'] } };
const at = (base: string): string => `${base}/_matrix/client/versions`;
const pointsTo = (url: unknown): Page => ({ json: { 'm.homeserver': { base_url: url } } });

function find(typed: string, pages: Record<string, Page>) {
  return discover(makeWeb(pages).fetch, typed);
}

describe('a server name', () => {
  it('that delegates', async () => {
    const pages = { [wellKnown]: pointsTo('https://hs.example.org/'), [at('https://hs.example.org')]: homeserver };
    expect(await find(' example.org ', pages)).toEqual({
      ok: true,
      baseUrl: 'https://hs.example.org',
      delegatedBy: 'example.org',
    });
  });

  it('that delegates nothing is the homeserver itself', async () => {
    const pages = { [wellKnown]: { json: {}, status: 404 }, [at('https://example.org')]: homeserver };
    expect(await find('example.org', pages)).toEqual({ ok: true, baseUrl: 'https://example.org', delegatedBy: null });
  });

  it.each<[string, Page, string]>([
    ['FAIL_PROMPT: not JSON', { text: '<html>' }, 'wellKnownInvalid'],
    ['FAIL_PROMPT: not an object', { json: 'x' }, 'wellKnownInvalid'],
    ['FAIL_PROMPT: no homeserver in it', { json: {} }, 'wellKnownInvalid'],
    ['FAIL_PROMPT: an address that is none', pointsTo('not a URL'), 'wellKnownInvalid'],
    ['FAIL_PROMPT: an address that is no text', pointsTo(7), 'wellKnownInvalid'],
    ['FAIL_PROMPT: forbidden', { json: {}, status: 403 }, 'wellKnownInvalid'],
    ['plain http', pointsTo('http://hs.example.org'), 'wellKnownInvalid'],
    ['plain http on this machine, from elsewhere', pointsTo('http://127.0.0.1:80'), 'wellKnownInvalid'],
    ['another protocol', pointsTo('file:///etc/passwd'), 'wellKnownInvalid'],
    ['the server is in trouble', { json: {}, status: 503 }, 'unreachable'],
    ['too many questions', { json: {}, status: 429 }, 'rateLimited'],
    ['the name does not resolve', { code: 'ENOTFOUND' }, 'unknownServer'],
    ['no name server answers', { code: 'EAI_AGAIN' }, 'unreachable'],
    ['refused', { code: 'ECONNREFUSED' }, 'unreachable'],
    ['no answer in time', { code: 'UND_ERR_CONNECT_TIMEOUT' }, 'unreachable'],
    ['the connection breaks', { code: 'ECONNRESET' }, 'unreachable'],
    ['a certificate of its own making', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'certificate'],
    ['a certificate of another host', { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'certificate'],
    ['a certificate that has expired', { code: 'CERT_HAS_EXPIRED' }, 'certificate'],
    ['a certificate of an unknown issuer', { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, 'certificate'],
    ['something that does not speak TLS', { code: 'ERR_SSL_WRONG_VERSION_NUMBER' }, 'notMatrix'],
    ['something that does not speak HTTP', { code: 'HPE_INVALID_CONSTANT' }, 'notMatrix'],
  ])('%s', async (_what, page, reason) => {
    const pages = { [wellKnown]: page, [at('https://example.org')]: homeserver };
    expect(await find('example.org', pages)).toEqual({ ok: false, reason });
  });

  it.each<[string, Page, string]>([
    ['FAIL_ERROR: no homeserver there', { text: '<html>' }, 'wellKnownInvalid'],
    ['FAIL_ERROR: something else there', { json: { versions: 'all' } }, 'wellKnownInvalid'],
    ['FAIL_ERROR: the name does not resolve', { code: 'ENOTFOUND' }, 'wellKnownInvalid'],
    ['down today', { code: 'ECONNREFUSED' }, 'unreachable'],
    ['down behind its proxy', { json: {}, status: 502 }, 'unreachable'],
    ['with a bad certificate', { code: 'CERT_HAS_EXPIRED' }, 'certificate'],
  ])('that delegates: %s', async (_what, page, reason) => {
    const pages = { [wellKnown]: pointsTo('https://hs.example.org'), [at('https://hs.example.org')]: page };
    expect(await find('example.org', pages)).toEqual({ ok: false, reason });
  });
});

describe('a URL', () => {
  it('is taken as it is, and nothing else is asked', async () => {
    const web = makeWeb({ [at('http://127.0.0.1:8008')]: homeserver });
    expect(await discover(web.fetch, 'http://127.0.0.1:8008/')).toEqual({
      ok: true,
      baseUrl: 'http://127.0.0.1:8008',
      delegatedBy: null,
    });
    expect(web.asked).toHaveLength(1);
  });

  it('of the website of a server name leads to its homeserver', async () => {
    const pages = {
      [at('https://example.org')]: { text: 'not found', status: 404 },
      [wellKnown]: pointsTo('https://hs.example.org'),
      [at('https://hs.example.org')]: homeserver,
    };
    expect(await find('https://example.org', pages)).toMatchObject({ ok: true, baseUrl: 'https://hs.example.org' });
  });

  it.each<[string, Page, string]>([
    ['no homeserver', { text: '<html>' }, 'notMatrix'],
    ['another JSON', { json: [] }, 'notMatrix'],
    ['limited', { json: {}, status: 429 }, 'rateLimited'],
    ['down', { code: 'ECONNREFUSED' }, 'unreachable'],
  ])('%s', async (_what, page, reason) => {
    expect(await find('https://example.org', { [at('https://example.org')]: page })).toEqual({ ok: false, reason });
  });
});

it('what cannot be a server is not asked for', async () => {
  const web = makeWeb({});
  expect(await discover(web.fetch, 'http://example.org')).toEqual({ ok: false, reason: 'insecureServer' });
  expect(await discover(web.fetch, '')).toEqual({ ok: false, reason: 'malformedServer' });
  expect(web.asked).toEqual([]);
});

describe('what a homeserver says of its own address', () => {
  const says = (url: unknown): unknown => ({ 'm.homeserver': { base_url: url } });

  it.each([
    [says('https://hs.example.org/'), 'example.org', 'https://hs.example.org'],
    [says('http://127.0.0.1:8008/'), '127.0.0.1:8008', 'http://127.0.0.1:8008'],
    [says('http://127.0.0.1:8008/'), 'example.org', null],
    [says('http://hs.example.org'), '127.0.0.1:8008', null],
    [says('https://bob:secret@hs.example.org'), 'example.org', null],
    [says(undefined), 'example.org', null],
    [undefined, 'example.org', null],
    ['text', 'example.org', null],
  ])('%j by %s → %s', (wellKnownOf, name, url) => {
    expect(delegatedUrl(wellKnownOf, name)).toBe(url);
  });
});
