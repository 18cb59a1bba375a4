import { request } from 'node:http';
import { connect } from 'node:net';

import { afterEach, expect, it } from 'vitest';

import { listenForRedirect, type RedirectListener } from '../../../../main/account/redirect-listener';

const open: RedirectListener[] = [];
afterEach(() => {
  for (const listener of open.splice(0)) listener.close();
});

async function listen(): Promise<RedirectListener> {
  const listener = await listenForRedirect(
    (bytes) => 'r'.repeat(bytes),
    (which) => `<title>${which}</title>`,
  );
  open.push(listener);
  return listener;
}

function get(url: string, { method = 'GET', host }: { method?: string; host?: string } = {}) {
  return new Promise<{ status: number | undefined; text: string; headers: NodeJS.Dict<string | string[]> }>(
    (resolve, reject) => {
      const asking = request(url, { method, ...(host !== undefined && { headers: { host } }) }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode, text, headers: response.headers }));
      });
      asking.on('error', reject).end();
    },
  );
}

it('is on this machine only, at an address that nobody can guess', async () => {
  const { uri, registeredUri, state } = await listen();
  expect(uri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/r{16}$/);
  expect(registeredUri).toBe(`http://127.0.0.1/${'r'.repeat(16)}`);
  expect(state).toBe('r'.repeat(32));
});

it('hands over the query, and shows a page that keeps the address to itself', async () => {
  const { uri, state, answer } = await listen();
  const page = await get(`${uri}?state=${state}&code=earned`);
  expect(page).toMatchObject({ status: 200, text: '<title>done</title>' });
  expect(page.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
  expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  expect((await answer).get('code')).toBe('earned');
});

it('says that it was refused', async () => {
  const { uri, state, answer } = await listen();
  expect(await get(`${uri}?state=${state}&error=access_denied`)).toMatchObject({ text: '<title>refused</title>' });
  expect((await answer).get('error')).toBe('access_denied');
});

it.each<[string, (listener: RedirectListener) => Promise<{ status: number | undefined; text: string }>, number]>([
  ['another path', ({ uri, state }) => get(`${uri}x?state=${state}`), 404],
  ['another method', ({ uri, state }) => get(`${uri}?state=${state}`, { method: 'POST' }), 404],
  ['another name of this machine', ({ uri, state }) => get(`${uri}?state=${state}`, { host: 'evil.example' }), 404],
  ['no state', ({ uri }) => get(`${uri}?code=x`), 400],
  ['a foreign state', ({ uri, state }) => get(`${uri}?state=${state.slice(1)}x`), 400],
])('a stranger with %s ends nothing', async (_what, ask, status) => {
  const listener = await listen();
  const answer = await ask(listener);
  expect(answer.status).toBe(status);
  expect(answer.text).not.toContain(listener.state);
  await get(`${listener.uri}?state=${listener.state}&code=ours`);
  expect((await listener.answer).get('code')).toBe('ours');
});

it('a stranger who speaks no HTTP ends nothing', async () => {
  const { uri, state, answer } = await listen();
  const socket = connect(Number(new URL(uri).port), '127.0.0.1');
  await new Promise<void>((resolve) => {
    socket.on('close', () => resolve()).on('error', () => undefined);
    socket.resume().write(`\0\0${'x'.repeat(100_000)}\r\n\r\n`);
  });
  await get(`${uri}?state=${state}&code=ours`);
  expect((await answer).get('code')).toBe('ours');
});

it('is gone once it is closed', async () => {
  const { uri, close } = await listen();
  close();
  await expect(get(uri)).rejects.toThrow('ECONNREFUSED');
});
