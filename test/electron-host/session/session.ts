/** `session`: one profile per instance, the default session. */
import { EventEmitter } from 'node:events';
import path from 'node:path';
import { app } from '../app.ts';
import { assertReady } from '../process-state.ts';
import { asElectron, completeClass, UnsupportedError, type Part } from '../surface.ts';
import { netFetch, protocol } from './net.ts';
import { permissionHandlers } from './permissions.ts';
import { webRequest } from './web-request.ts';

class Session extends EventEmitter implements Part<Electron.Session> {
  readonly protocol = asElectron<Electron.Protocol>(protocol);
  readonly webRequest = asElectron<Electron.WebRequest>(webRequest);

  get storagePath(): string {
    return path.join(app.getPath('userData'), 'chromium');
  }

  getStoragePath(): string {
    return this.storagePath;
  }

  isPersistent(): boolean {
    return true;
  }

  setPermissionRequestHandler(handler: typeof permissionHandlers.request): void {
    permissionHandlers.request = handler;
  }

  setPermissionCheckHandler(handler: typeof permissionHandlers.check): void {
    permissionHandlers.check = handler;
  }

  setDevicePermissionHandler(handler: typeof permissionHandlers.device): void {
    permissionHandlers.device = handler;
  }

  setDisplayMediaRequestHandler(handler: typeof permissionHandlers.display): void {
    permissionHandlers.display = handler;
  }

  fetch(...args: Parameters<typeof netFetch>): Promise<Response> {
    return netFetch(...args);
  }
}
completeClass(Session, 'Session', 'session');

let defaultSession: Session | undefined;

/** Electron's class of that name, as far as it is one: the app never makes sessions itself. */
export const session = {
  get defaultSession(): Session {
    assertReady('Session can only be received when app is ready');
    return (defaultSession ??= new Session());
  },
  fromPartition: (partition: string): Session => {
    if (partition !== '') throw new UnsupportedError(`session.fromPartition('${partition}')`);
    return session.defaultSession;
  },
  fromPath: (): never => {
    throw new UnsupportedError('session.fromPath');
  },
};
