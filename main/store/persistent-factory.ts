/** An `IDBFactory` in memory whose databases are written through to a file. */
import { domException, expectInternal, MemoryFactory, type RawDatabase } from './fake-indexeddb';

/** What becomes of the factory's databases in the file. */
export interface Keeper {
  readonly adopt: (database: RawDatabase) => void;
  /** @throws when the database is still in the file. */
  readonly drop: (database: RawDatabase) => void;
}

export class PersistentFactory extends MemoryFactory {
  #failedDeletion: unknown;

  constructor() {
    super();
    expectInternal(this._databases instanceof Map, '_databases');
  }

  /** From here on every new database is adopted, and a deleted one is dropped. Those that are there have been adopted. */
  writeThrough(keeper: Keeper): void {
    const drop = (database: RawDatabase): boolean => {
      try {
        keeper.drop(database);
        return true;
      } catch (error) {
        this.#failedDeletion = error;
        return false;
      }
    };
    this._databases = new DatabaseMap(this._databases, keeper.adopt, drop);
  }

  /** fake-indexeddb knows no failing deletion; a wipe that did not reach the disk must not look like a success. */
  override deleteDatabase(name: string): IDBOpenDBRequest {
    const request = super.deleteDatabase(name) as IDBOpenDBRequest & { error: DOMException | null };
    const dispatch = request.dispatchEvent.bind(request);
    request.dispatchEvent = (event) => {
      if (event.type === 'success' && this._databases.has(name)) {
        const cause = this.#failedDeletion instanceof Error ? this.#failedDeletion : new Error('not deleted');
        request.error = domException('UnknownError', cause);
        Object.assign(event, { type: 'error', cancelable: true });
      }
      return dispatch(event);
    };
    return request;
  }
}

/** Stands in for the factory's own map. A database that could not be dropped stays in it. */
class DatabaseMap extends Map<string, RawDatabase> {
  readonly #adopt: (database: RawDatabase) => void;
  readonly #drop: (database: RawDatabase) => boolean;

  constructor(
    databases: ReadonlyMap<string, RawDatabase>,
    adopt: (database: RawDatabase) => void,
    drop: (database: RawDatabase) => boolean,
  ) {
    super();
    for (const [name, database] of databases) super.set(name, database);
    this.#adopt = adopt;
    this.#drop = drop;
  }

  override set(name: string, database: RawDatabase): this {
    this.#adopt(database);
    return super.set(name, database);
  }

  override delete(name: string): boolean {
    const database = this.get(name);
    if (database !== undefined && !this.#drop(database)) return false;
    return super.delete(name);
  }
}
