import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ipcMain } from 'electron';
import { type Handlers, makeGatekeeper, serve, tell } from '../../../main/ipc';
import { commands } from '../../../preload/contract';

type Listener = (event: unknown, argument?: unknown) => unknown;

const mainPage = { name: 'main' };
const callWindow = { name: 'call window' };
const topFrame = { parent: null, url: 'app://bundle/index.html' };
const ours = { sender: mainPage, senderFrame: topFrame };
const ofCallWindow = { sender: callWindow, senderFrame: { ...topFrame, url: 'app://bundle/call-window.html' } };

/** Serves handlers that return what they were asked, and gives back what Electron would call. */
function served(): Map<string, Listener> {
  const listeners = new Map<string, Listener>();
  vi.mocked(ipcMain.handle).mockImplementation((name, listener) => {
    listeners.set(name, listener as Listener);
  });
  const echo = Object.fromEntries(Object.keys(commands).map((name) => [name, (argument: unknown) => argument]));
  const windows = { main: () => mainPage as never, callWindow: () => callWindow as never };
  serve(echo as unknown as Handlers, makeGatekeeper({ origin: 'app://bundle', ...windows }));
  return listeners;
}

describe('commands from the page', () => {
  let listeners: Map<string, Listener>;
  const invoke = (name: string, event: unknown, argument?: unknown) => listeners.get(name)?.(event, argument);
  beforeEach(() => {
    listeners = served();
  });

  it('has a handler for every command of the contract and for nothing else', () => {
    expect([...listeners.keys()]).toEqual(Object.keys(commands));
  });

  it('passes parsed data to the handler and its answer back', () => {
    expect(invoke('settings:change', ours, { theme: 'dark' })).toEqual({ theme: 'dark' });
    expect(invoke('app:snapshot', ours)).toBeUndefined();
  });

  it.each([
    ['settings:change', { theme: 'pink' }],
    ['settings:change', { theme: 'dark', extra: 1 }],
    ['turn:get', undefined],
    ['turn:get', { account: 'nobody' }],
    ['app:snapshot', {}],
    ['call:silence', { account: '@a:b.c', roomId: '!r:b.c', callId: 'not a call id' }],
    ['log:rule', { rule: 'NG-08', reason: 'negotiate of @ben' }],
    ['log:rule', { rule: 'NG-08', reason: 'v=0' }],
    ['log:rule', { rule: 'NG-08', reason: 'refused\n2026-01-01 error' }],
    ['log:rule', { rule: 'NG-08', reason: 'x'.repeat(121) }],
    ['log:rule', { rule: 'NG-08', reason: '' }],
    ['log:rule', { rule: 'ng', reason: 'refused' }],
    ['log:rule', { rule: 'NG-08', reason: 'refused', level: 'error' }],
  ])('%s refuses %j', (name, argument) => {
    expect(() => invoke(name, ours, argument)).toThrow(`${name}: malformed argument`);
  });

  it.each([
    ['a frame that is gone', { ...ours, senderFrame: null }],
    ['a subframe of our page', { ...ours, senderFrame: { ...topFrame, parent: {} } }],
    ['another page', { ...ours, senderFrame: { ...topFrame, url: 'https://example.org/' } }],
    ['another host of our scheme', { ...ours, senderFrame: { ...topFrame, url: 'app://bundle.example.org/' } }],
    ['an empty page', { ...ours, senderFrame: { ...topFrame, url: 'about:blank' } }],
    ['the call window, whatever its address says', { ...ofCallWindow, senderFrame: topFrame }],
    ['a window that nobody knows', { ...ours, sender: {} }],
  ])('refuses %s', (_who, event) => {
    expect(() => invoke('app:snapshot', event)).toThrow('app:snapshot: refused sender');
  });

  it('takes from each window what is its own, and nothing else', () => {
    const own = Object.keys(commands).filter((name) => name.startsWith('callWindow:'));
    const refused = (event: unknown) =>
      Object.keys(commands).filter((name) => {
        try {
          invoke(name, event);
          return false;
        } catch (error) {
          return String(error).includes('refused sender');
        }
      });
    expect(refused(ours)).toEqual(own);
    expect(refused(ofCallWindow)).toEqual(Object.keys(commands).filter((name) => !own.includes(name)));
  });
});

describe('events for the page', () => {
  const contents = (destroyed: boolean) => ({ isDestroyed: () => destroyed, send: vi.fn() });

  it('sends name and payload', () => {
    const page = contents(false);
    tell(page as never, 'network:changed', null);
    expect(page.send).toHaveBeenCalledWith('network:changed', null);
  });

  it('does not touch a page that is gone', () => {
    const page = contents(true);
    tell(page as never, 'network:changed', null);
    expect(page.send).not.toHaveBeenCalled();
  });
});
