import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { respond, showPicture } from '../../../../main/desktop/app-protocol';

let folder: string;
beforeAll(() => {
  const parent = mkdtempSync(path.join(tmpdir(), 'carillon-app-'));
  folder = path.join(parent, 'renderer');
  mkdirSync(path.join(folder, 'assets'), { recursive: true });
  writeFileSync(path.join(folder, 'index.html'), '<style nonce="__CSP_NONCE__"></style><meta content="__CSP_NONCE__">');
  writeFileSync(path.join(folder, 'assets', 'page.js'), 'export {}');
  writeFileSync(path.join(folder, 'assets', 'plain'), '');
  writeFileSync(path.join(folder, 'assets', 'page.js.map'), '{}');
  writeFileSync(path.join(parent, 'secret.json'), '{"token":1}');
});
afterAll(() => {
  rmSync(path.dirname(folder), { recursive: true });
});

describe('app://bundle', () => {
  it.each(['app://bundle/', 'app://bundle/index.html', 'app://bundle/index.html?x#y'])(
    '%s is the page',
    async (url) => {
      const response = await respond(folder, url);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    },
  );

  it('gives every document a policy and a nonce of its own', async () => {
    const nonces = await Promise.all(
      [1, 2].map(async () => {
        const response = await respond(folder, 'app://bundle/');
        const nonce = /'nonce-([^']+)'/.exec(response.headers.get('content-security-policy') ?? '')?.[1] ?? 'none';
        expect(await response.text()).toBe(`<style nonce="${nonce}"></style><meta content="${nonce}">`);
        return nonce;
      }),
    );
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  it('lets the main window alone reach headsets', async () => {
    writeFileSync(path.join(folder, 'call-window.html'), '');
    const policy = async (url: string) => (await respond(folder, url)).headers.get('permissions-policy');
    expect(await policy('app://bundle/')).toBe('hid=(self)');
    expect(await policy('app://bundle/call-window.html')).toBe('hid=()');
  });

  it('names the type of a file', async () => {
    const response = await respond(folder, 'app://bundle/assets/page.js');
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(await response.text()).toBe('export {}');
  });

  it.each([
    'app://bundle/../secret.json',
    'app://bundle/%2e%2e/secret.json',
    'app://bundle/..%2fsecret.json',
    'app://bundle/assets/..%2f..%2f..%2fsecret.json',
    'app://bundle/..%5csecret.json',
    'app://bundle//etc/passwd',
    'app://bundle/assets/page.js%00.html',
    'app://bundle/%E0%A4%A',
    'app://bundle/missing.js',
    'app://bundle/assets/',
    'app://bundle/assets/plain',
    'app://bundle/assets/page.js.map/x',
    'app://other/index.html',
    'app://bundle.example.org/index.html',
  ])('%s is not there', async (url) => {
    const response = await respond(folder, url);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('not found');
  });
});

it('pictures of people keep the type that their bytes say, and nothing else is answered', async () => {
  const body = Uint8Array.from([1, 2, 3]);
  const shown = await showPicture('app://bundle/avatar/x', () => Promise.resolve({ type: 'image/png', body }));
  expect(shown.headers.get('content-type')).toBe('image/png');
  expect(shown.headers.get('x-content-type-options')).toBe('nosniff');
  expect(new Uint8Array(await shown.arrayBuffer())).toEqual(body);
  expect((await showPicture('app://bundle/avatar/x', () => Promise.resolve(null))).status).toBe(404);
});
