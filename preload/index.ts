/**
 * Builds `window.carillon` from the contract. The IPC event object never reaches the page.
 * Only types come from the contract: its schemas are main's, and would cost every window their start-up time.
 */
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import type { Carillon, EventName } from './contract';

/** A type leaves nothing to check a name by; the compiler asks for each event here. */
const known: Readonly<Record<EventName, true>> = {
  'accounts:changed': true,
  'signIn:progress': true,
  'people:changed': true,
  'signal:received': true,
  'turn:changed': true,
  'call:action': true,
  'history:changed': true,
  'history:open': true,
  'history:return': true,
  'history:callBack': true,
  'settings:changed': true,
  'update:changed': true,
  'trust:changed': true,
  'network:changed': true,
  'callWindow:view': true,
  'link:waiting': true,
  'hotkeys:changed': true,
  'call:place': true,
};

const carillon: Carillon = {
  invoke: (name, argument) => ipcRenderer.invoke(name, argument) as never,
  on: (name, listener) => {
    // A page that names another channel would read messages that are not meant for it.
    if (!Object.hasOwn(known, name)) throw new Error(`no such event: ${name as string}`);
    const relay = (_event: IpcRendererEvent, payload: unknown): void => {
      listener(payload as never);
    };
    ipcRenderer.on(name, relay);
    return () => {
      ipcRenderer.off(name, relay);
    };
  },
};

contextBridge.exposeInMainWorld('carillon', carillon);
