import { EventEmitter } from 'node:events';
import { expect, it, vi } from 'vitest';
import { catchLinks, claimLinks, makeLinks } from '../../../../main/desktop/links';

it('a link waits until a page takes it, once', () => {
  const env = { tellPage: vi.fn(), showWindow: vi.fn() };
  const links = makeLinks(env);
  expect([links.isEmpty(), links.take()]).toEqual([true, null]);
  links.open('matrix:u/ben:example.org');
  links.open('tel:+49301234');
  expect([env.tellPage.mock.calls.length, env.showWindow.mock.calls.length]).toEqual([2, 2]);
  expect([links.isEmpty(), links.take(), links.take()]).toEqual([false, 'tel:+49301234', null]);
});

it('macOS hands links over by an event', () => {
  const app = new EventEmitter();
  const open = vi.fn();
  const preventDefault = vi.fn();
  catchLinks(app as never, open);
  app.emit('open-url', { preventDefault }, 'matrix:u/ben:example.org');
  app.emit('open-url', { preventDefault }, `matrix:${'x'.repeat(5000)}`);
  expect(open.mock.calls).toEqual([['matrix:u/ben:example.org'], ['matrix:']]);
  expect(preventDefault).toHaveBeenCalledTimes(2);
});

it.each([
  ['no program', '', true, [['matrix', 'C:\\Carillon.exe', ['--']]]],
  ['another client', 'Element', true, []],
  ['no program, but we are not installed', '', false, []],
])('with %s for matrix: links', (_who, name, isPackaged, told) => {
  const app = { isPackaged, getApplicationNameForProtocol: () => name, setAsDefaultProtocolClient: vi.fn(() => true) };
  claimLinks(app, ['C:\\Carillon.exe']);
  expect(app.setAsDefaultProtocolClient.mock.calls).toEqual(told);
});
