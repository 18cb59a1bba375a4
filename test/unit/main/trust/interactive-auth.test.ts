import { MatrixError } from 'matrix-js-sdk/lib/http-api/errors.js';
import type { AuthDict } from 'matrix-js-sdk/lib/interactive-auth.js';
import { describe, expect, it, vi } from 'vitest';
import { authorize, type AuthEnv } from '../../../../main/trust/interactive-auth';

const demand = (stages: string[][], over: object = {}): MatrixError =>
  new MatrixError({ session: 's', flows: stages.map((each) => ({ stages: each })), ...over }, 401);

/** A request that is let through by the proof that `fits`. */
const guarded = (error: MatrixError, fits: (auth: AuthDict | null, attempt: number) => boolean) => {
  let attempt = 0;
  return vi.fn((auth: AuthDict | null) => (fits(auth, ++attempt) ? Promise.resolve('through') : Promise.reject(error)));
};

function env() {
  return {
    userId: '@anna:example.org',
    fallbackUrl: (stage: string, session: string) => `https://example.org/${stage}?session=${session}`,
    password: vi.fn((wrong: boolean) => Promise.resolve(wrong ? 'right' : 'wrong')),
    browser: vi.fn<AuthEnv['browser']>(() => Promise.resolve()),
    pause: vi.fn(() => Promise.resolve()),
  } satisfies AuthEnv;
}

describe('a request that the homeserver guards', () => {
  it('goes through without a proof where none is wanted', async () => {
    const asked = env();
    expect(
      await authorize(
        asked,
        guarded(demand([['m.login.password']]), () => true),
      ),
    ).toBe('through');
    expect(asked.password).not.toHaveBeenCalled();
  });

  it('asks for the password until it is right', async () => {
    const asked = env();
    const send = guarded(
      demand([['m.login.password']]),
      (auth) => auth !== null && 'password' in auth && auth.password === 'right',
    );
    expect(await authorize(asked, send)).toBe('through');
    expect(asked.password.mock.calls).toEqual([[false], [true]]);
    expect(send.mock.lastCall?.[0]).toEqual({
      type: 'm.login.password',
      identifier: { type: 'm.id.user', user: '@anna:example.org' },
      password: 'right',
      session: 's',
    });
  });

  it('opens the page for single sign-on, and looks until it is done there', async () => {
    const asked = env();
    const send = guarded(demand([['m.login.sso']]), (_auth, attempt) => attempt === 4);
    expect(await authorize(asked, send)).toBe('through');
    expect(asked.browser.mock.calls).toEqual([['https://example.org/m.login.sso?session=s']]);
    expect(send.mock.calls.slice(1)).toEqual([[{ session: 's' }], [{ session: 's' }], [{ session: 's' }]]);
  });

  it('MSC4312: opens the page of the OAuth 2.0 service', async () => {
    const asked = env();
    const params = { 'm.oauth': { url: 'https://account.example.org/reset' } };
    const send = guarded(
      demand([['m.oauth'], ['org.matrix.cross_signing_reset']], { params }),
      (_auth, attempt) => attempt === 2,
    );
    expect(await authorize(asked, send)).toBe('through');
    expect(asked.browser.mock.calls).toEqual([['https://account.example.org/reset']]);
    expect(send.mock.lastCall?.[0]).toBeNull();
  });

  it.each([
    ['two stages at once', demand([['m.login.password', 'm.login.email.identity']])],
    ['a stage that is not known', demand([['m.login.recaptcha']])],
    ['no way at all', demand([])],
    ['a page without an address', demand([['m.oauth']])],
    ['a page that is none of the web', demand([['m.oauth']], { params: { 'm.oauth': { url: 'file:///etc/passwd' } } })],
  ])('%s: gives up', async (_what, error) => {
    const asked = env();
    await expect(
      authorize(
        asked,
        guarded(error, () => false),
      ),
    ).rejects.toMatchObject({ reason: 'unsupported' });
    expect(asked.browser).not.toHaveBeenCalled();
  });

  it.each([
    ['forbidden', new MatrixError({ errcode: 'M_FORBIDDEN' }, 403)],
    ['signed out', new MatrixError({ errcode: 'M_UNKNOWN_TOKEN' }, 401)],
    ['an answer that is none', new MatrixError({ flows: 'all' }, 401)],
  ])('%s is passed on', async (_what, error) => {
    await expect(
      authorize(
        env(),
        guarded(error, () => false),
      ),
    ).rejects.toBe(error);
  });
});
