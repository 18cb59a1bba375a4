/** Electron's event objects. */

/** An event that a listener can hold back, with what Electron says about it. */
export function cancelable(): Electron.Event;
export function cancelable<T extends object>(details: T): Electron.Event<T>;
export function cancelable(details: object = {}): Electron.Event {
  let prevented = false;
  return Object.defineProperties({ ...details } as Electron.Event, {
    ...Object.getOwnPropertyDescriptors(details),
    preventDefault: {
      value: () => {
        prevented = true;
      },
    },
    defaultPrevented: { get: () => prevented },
  });
}
