/** The preload, the context bridge and IPC: what Carillon's contract stands on. */
import { expect, test } from './fixture.ts';

test('the preload runs first, in its own world, and leaves nothing else in the page', async ({ running: { page } }) => {
  await expect(page.locator('#bridge')).toHaveText('object');
  const seen = await page.evaluate(() => ({
    require: 'require' in window,
    process: 'process' in window,
    leaks: Object.getOwnPropertyNames(window).filter((name) => /electron|deliver|bridge/i.test(name)),
    frozen: Object.isFrozen(window.fixture) && Object.isFrozen(window.fixture.nested),
    secure: isSecureContext,
  }));
  expect(seen).toEqual({ require: false, process: false, leaks: [], frozen: true, secure: true });
});

test('the bridge carries values, functions and promises, and errors by their message', async ({
  running: { page },
}) => {
  const seen = await page.evaluate(async () => {
    const { fixture } = window;
    const failure = async (work: () => unknown): Promise<string> => {
      try {
        await work();
        return 'nothing';
      } catch (error) {
        return error instanceof Error ? `${error.name}: ${error.message}` : 'something else';
      }
    };
    const later = await fixture.later(4);
    return {
      sum: fixture.add(2, 3),
      map: fixture.nested.map instanceof Map && fixture.nested.map.get('a'),
      list: Array.isArray(fixture.nested.list),
      twice: later.twice(),
      thrown: await failure(() => fixture.fail()),
      rejected: await failure(() => fixture.later(-1)),
      node: await failure(() => fixture.invoke('echo', document.body)),
      proxy: await failure(() => fixture.invoke('echo', { inner: new Proxy([1], {}) })),
      symbol: await failure(() => fixture.invoke('echo', Symbol('s'))),
    };
  });
  const refused = 'Error: An object could not be cloned.';
  expect(seen).toEqual({
    sum: 5,
    map: 1,
    list: true,
    twice: 8,
    thrown: 'Error: told by the preload',
    rejected: 'Error: negative',
    node: refused,
    proxy: refused,
    symbol: refused,
  });
});

test('invoke carries structured clones both ways', async ({ running: { page } }) => {
  const seen = await page.evaluate(async () => {
    const sent = {
      date: new Date(7),
      map: new Map([[1, new Set(['x'])]]),
      nothing: undefined as string | undefined,
      notANumber: NaN,
      big: 12n,
      floats: new Float32Array([1.5]),
      cycle: null as unknown,
    };
    sent.cycle = sent;
    const got = (await window.fixture.invoke('echo', sent)) as typeof sent;
    const long = (await window.fixture.invoke('echo', 'x'.repeat(2_000_000))) as string;
    return {
      date: got.date.getTime(),
      set: got.map.get(1)?.has('x'),
      nothing: 'nothing' in got && got.nothing === undefined,
      notANumber: Number.isNaN(got.notANumber),
      big: String(got.big),
      floats: got.floats[0],
      cycle: got.cycle === got,
      long: long.length,
    };
  });
  expect(seen).toEqual({
    date: 7,
    set: true,
    nothing: true,
    notANumber: true,
    big: '12',
    floats: 1.5,
    cycle: true,
    long: 2_000_000,
  });
});

test('a failing handler rejects in the words of Electron', async ({ running: { page } }) => {
  const failures = await page.evaluate(() =>
    Promise.all(
      ['fail', 'unclonable', 'nobody'].map((channel) =>
        window.fixture.invoke(channel).then(String, (error: unknown) => (error as Error).message),
      ),
    ),
  );
  expect(failures).toEqual([
    "Error invoking remote method 'fail': TypeError: no such account",
    "Error invoking remote method 'unclonable': Error: An object could not be cloned.",
    "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
  ]);
});

test('main knows who sent a message', async ({ running: { page } }) => {
  const sender = await page.evaluate(() => window.fixture.invoke('sender'));
  expect(sender).toMatchObject({
    url: 'app://fixture/index.html',
    origin: 'app://fixture',
    parent: null,
    isMain: true,
  });
});

test('message ports work both ways', async ({ running: { page } }) => {
  expect(await page.evaluate(() => window.fixture.askByPort(41))).toEqual({ got: { n: 41 }, n: 42 });
  expect(await page.evaluate(() => window.fixture.ping())).toBe('pong ping');
});

test('a broken preload is told', async ({ running }) => {
  const told = await running.main(({ BrowserWindow }, folder) => {
    const fs = process.getBuiltinModule('node:fs');
    const broken = ['throw new Error("boom")', 'const x = ;'].map((source, index) => {
      const preload = `${folder}/broken-${String(index)}.cjs`;
      fs.writeFileSync(preload, source);
      const window = new BrowserWindow({ show: false, webPreferences: { preload } });
      void window.loadURL('app://fixture/index.html');
      return new Promise<string>((resolve) => {
        window.webContents.once('preload-error', (_event, _file, error) => {
          resolve(error.message);
          window.destroy();
        });
      });
    });
    return Promise.all(broken);
  }, running.profile);
  expect(told).toEqual(['boom', "Unexpected token ';'"]);
});
