/** What the stand-in offers must exist in Electron: a typing error or an idea of ours would pass here and fail there. */
import { describe, expect, it } from 'vitest';
import { supported } from '../../electron-host/electron-module.ts';
import { electronSurface } from '../../electron-host/surface.ts';

/** Own names up to Node's classes, without what every object or emitter has. */
function membersOf(object: object): string[] {
  const names = new Set<string>();
  for (
    let each: object | null = object;
    each && each.constructor !== Object;
    each = Object.getPrototypeOf(each) as object | null
  ) {
    if (each.constructor.name === 'EventEmitter') break;
    for (const name of Object.getOwnPropertyNames(each)) names.add(name);
  }
  for (const name of Object.getOwnPropertyNames(object)) names.add(name);
  for (const name of ['constructor', '_events', '_eventsCount', '_maxListeners', 'domain']) names.delete(name);
  return [...names];
}

const interfaceNames: Readonly<Record<string, string>> = {
  nativeImage: 'NativeImage',
  session: 'Session',
  webContents: 'WebContents',
};
/** Statics of these classes are the members of the module. */
const classModules = new Set(Object.keys(interfaceNames));

describe('every member of the stand-in is one of Electron', () => {
  const { interfaces, modules } = electronSurface();

  it.each(Object.entries(supported))('%s', (name, value: object) => {
    expect(modules).toContain(name);
    const interfaceName = interfaceNames[name] ?? name.charAt(0).toUpperCase() + name.slice(1);
    const declared = interfaces.get(interfaceName);
    const base = name === 'BrowserWindow' ? interfaces.get('BaseWindow') : undefined;
    const known = new Set([
      ...(declared?.methods ?? []),
      ...(declared?.properties ?? []),
      ...(declared?.statics ?? []),
      ...(base?.methods ?? []),
      ...(base?.properties ?? []),
      ...(base?.statics ?? []),
    ]);
    const isClass = typeof value === 'function';
    const offered = isClass ? membersOf((value as { prototype: object }).prototype) : Object.getOwnPropertyNames(value);
    const own = isClass || classModules.has(name) ? offered : membersOf(value);
    expect(own.filter((member) => !known.has(member))).toEqual(name === 'app' ? ['setVersion'] : []);
  });
});
