/** The part of Node's EventEmitter that a sandboxed preload may use. */

type Listener = (...args: never[]) => void;

export class PreloadEmitter {
  readonly #listeners = new Map<string, { readonly call: Listener; readonly given: Listener }[]>();

  on(name: string, listener: Listener): this {
    return this.#add(name, listener, listener);
  }

  addListener(name: string, listener: Listener): this {
    return this.on(name, listener);
  }

  once(name: string, listener: Listener): this {
    const call = (...args: never[]): void => {
      this.off(name, listener);
      listener(...args);
    };
    return this.#add(name, call, listener);
  }

  off(name: string, listener: Listener): this {
    const list = this.#listeners.get(name) ?? [];
    const index = list.findLastIndex(({ given }) => given === listener);
    // A copy: the list may be being walked.
    if (index >= 0) this.#listeners.set(name, list.toSpliced(index, 1));
    return this;
  }

  removeListener(name: string, listener: Listener): this {
    return this.off(name, listener);
  }

  removeAllListeners(name?: string): this {
    if (name === undefined) this.#listeners.clear();
    else this.#listeners.delete(name);
    return this;
  }

  emit(name: string, ...args: unknown[]): boolean {
    const list = this.#listeners.get(name) ?? [];
    for (const { call } of list) (call as (...args: unknown[]) => void)(...args);
    return list.length > 0;
  }

  listenerCount(name: string): number {
    return this.#listeners.get(name)?.length ?? 0;
  }

  #add(name: string, call: Listener, given: Listener): this {
    if (typeof (given as unknown) !== 'function') {
      throw new TypeError('The "listener" argument must be of type function');
    }
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), { call, given }]);
    return this;
  }
}
