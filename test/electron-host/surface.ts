/**
 * What Electron offers, read from its own declarations, so that whatever the stand-in lacks throws by name
 * instead of being `undefined`.
 */
/// <reference types="electron" />
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

export interface Members {
  readonly methods: ReadonlySet<string>;
  readonly properties: ReadonlySet<string>;
  readonly statics: ReadonlySet<string>;
}

export interface Surface {
  /** Names that `import { … } from 'electron'` can take in the main process. */
  readonly modules: ReadonlySet<string>;
  readonly interfaces: ReadonlyMap<string, Members>;
}

/** Optional properties (`name?:`) are absent in Electron too and are left out. */
const declaration =
  /^ {2}(?:interface|class) (?<opens>\w+)|^ {2}(?:namespace (?<namespace>\w+) \{|(?<closes>\}))|^ {4}(?:const|class) (?<module>\w+)|^ {4}(?<isStatic>static )?(?:readonly )?(?<member>\w+)(?<kind>[(:<])/gm;

/** @param text of electron.d.ts: generated, so its indentation tells the nesting. */
export function readSurface(text: string): Surface {
  const modules = new Set<string>();
  const interfaces = new Map<string, { methods: Set<string>; properties: Set<string>; statics: Set<string> }>();
  let namespace = '';
  let current: { methods: Set<string>; properties: Set<string>; statics: Set<string> } | undefined;
  for (const { groups = {} } of text.matchAll(declaration)) {
    if (groups.namespace !== undefined) namespace = groups.namespace;
    else if (groups.closes !== undefined) [namespace, current] = ['', undefined];
    else if (groups.opens !== undefined) {
      current = interfaces.get(groups.opens) ?? { methods: new Set(), properties: new Set(), statics: new Set() };
      interfaces.set(groups.opens, current);
    } else if (groups.module !== undefined) {
      if (namespace === 'Main' || namespace === 'Common') modules.add(groups.module);
    } else if (current && groups.member !== undefined && groups.member !== 'constructor') {
      const list = groups.isStatic !== undefined ? 'statics' : groups.kind === ':' ? 'properties' : 'methods';
      current[list].add(groups.member);
    }
  }
  return { modules, interfaces };
}

let installed: Surface | undefined;

/** The surface of the `electron` package that this repository pins. */
export function electronSurface(): Surface {
  const manifest = createRequire(import.meta.url).resolve('electron/package.json');
  return (installed ??= readSurface(fs.readFileSync(path.join(path.dirname(manifest), 'electron.d.ts'), 'utf8')));
}

export class UnsupportedError extends Error {
  constructor(name: string) {
    super(`electron-host: ${name} is not supported`);
  }
}

/** Gives `target` the members of Electron's interface `name` that it lacks; each throws, by name, when used. */
export function complete<T extends object>(target: T, name: string, label = name): T {
  const members = membersOf(name);
  for (const method of members.methods) define(target, method, `${label}.${method}`, 'method');
  for (const property of members.properties) define(target, property, `${label}.${property}`, 'property');
  return target;
}

/** As {@link complete}, for a class: its instances and its static members. */
export function completeClass<T extends abstract new (...args: never[]) => object>(
  constructor: T,
  name: string,
  label = name,
): T {
  complete(constructor.prototype as object, name, label);
  for (const method of membersOf(name).statics) define(constructor, method, `${label}.${method}`, 'method');
  return constructor;
}

/** A module of Electron's that the stand-in lacks altogether. */
export function unsupportedModule(name: string): object {
  const fail = (member: string) => (): never => {
    throw new UnsupportedError(`${name}.${member}`);
  };
  const target = function (): void {
    // Only its proxy is ever called.
  };
  return new Proxy(target, {
    // Loaders, promises and inspectors look these up on anything.
    get: (_target, key): unknown =>
      typeof key === 'symbol' || ['then', 'prototype', 'name', 'length', 'toString', '__esModule'].includes(key)
        ? Reflect.get(target, key)
        : fail(key),
    construct: fail('constructor'),
  });
}

/** Members with Electron's types; the events' side is Node's own. */
export type Part<T> = Partial<Omit<T, keyof NodeJS.EventEmitter>>;

/** What is missing throws by name, so what is there may stand for the whole. */
export function asElectron<T extends object>(part: Part<T>): T {
  return part as T;
}

function membersOf(name: string): Members {
  const members = electronSurface().interfaces.get(name);
  if (!members) throw new Error(`electron-host: Electron declares no ${name}`);
  return members;
}

function define(target: object, member: string, label: string, kind: 'method' | 'property'): void {
  if (member in target) return;
  const fail = (): never => {
    throw new UnsupportedError(label);
  };
  const shape = kind === 'method' ? { value: fail, writable: true } : { get: fail, set: fail };
  Object.defineProperty(target, member, { ...shape, configurable: true, enumerable: false });
}
