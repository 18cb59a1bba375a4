/**
 * The part of IndexedDB's types that main needs. Main does without TypeScript's DOM library, so that nobody reaches for
 * `window` here; where that library is in use (the tests), these declarations merge with its own.
 */
type IDBValidKey = number | string | Date | ArrayBuffer | ArrayBufferView | IDBValidKey[];

interface IDBObjectStore {
  createIndex(name: string, keyPath: string | string[], options?: { multiEntry?: boolean; unique?: boolean }): unknown;
}

interface IDBDatabase {
  close(): void;
  createObjectStore(
    name: string,
    options?: { keyPath?: string | string[] | null; autoIncrement?: boolean },
  ): IDBObjectStore;
}

interface IDBOpenDBRequest extends EventTarget {
  readonly result: IDBDatabase;
  readonly error: DOMException | null;
}

interface IDBFactory {
  cmp(first: unknown, second: unknown): number;
  databases(): Promise<{ name?: string; version?: number }[]>;
  deleteDatabase(name: string): IDBOpenDBRequest;
  open(name: string, version?: number): IDBOpenDBRequest;
}
