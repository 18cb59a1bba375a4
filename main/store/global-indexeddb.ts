/**
 * matrix-sdk-crypto-wasm opens its databases on the global `indexedDB` and knows only their names. So that several accounts
 * share a process, that global is a switchboard: each store gets a prefix of its own, and a name leads by its prefix to
 * one store. A prefix is valid once, for as long as its store is open: a client that outlives its store reaches nothing.
 */
import { classes, MemoryFactory } from './fake-indexeddb';

export interface Route {
  /** Databases called `PREFIX::…` are found in the store. */
  readonly prefix: string;
  readonly close: () => void;
}

const routes = new Map<string, IDBFactory>();
let count = 0;

/** Within the store's file the names are the same at every start, and tell nothing of the account. */
const KEPT_PREFIX = 'account';

export function openRoute(factory: IDBFactory): Route {
  install();
  const prefix = `carillon-${++count}`;
  routes.set(prefix, factory);
  return { prefix, close: () => void routes.delete(prefix) };
}

/** Where a name leads. @throws InvalidStateError for any other: what is kept in memory alone would be lost. */
function lookUp(name: string): { factory: IDBFactory; kept: string } {
  const [prefix = ''] = name.split('::', 1);
  const factory = routes.get(prefix);
  if (factory === undefined) throw new DOMException('no store is open for this database', 'InvalidStateError');
  return { factory, kept: KEPT_PREFIX + name.slice(prefix.length) };
}

const compare = new MemoryFactory();

const switchboard: IDBFactory = {
  open: (name, version) => {
    const { factory, kept } = lookUp(name);
    return factory.open(kept, version);
  },
  deleteDatabase: (name) => {
    const { factory, kept } = lookUp(name);
    return factory.deleteDatabase(kept);
  },
  databases: async () => {
    const lists = [...routes].map(async ([prefix, factory]) =>
      (await factory.databases()).map(({ name = '', ...rest }) => ({
        name: prefix + name.slice(KEPT_PREFIX.length),
        ...rest,
      })),
    );
    return (await Promise.all(lists)).flat();
  },
  cmp: (first, second) => compare.cmp(first, second),
};

function install(): void {
  for (const [name, value] of Object.entries({ ...classes, indexedDB: switchboard })) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true, enumerable: false });
  }
}
