/** How the commands that run until they are stopped learn that it is time. */

/**
 * Settles on Ctrl-C, on a polite signal, and when the process that started us has gone: npm ends at once on SIGTERM and
 * tells nobody. Keeps this process alive until then.
 */
export function toldToEnd(): Promise<void> {
  const parent = process.ppid;
  return new Promise((resolve) => {
    const watch = setInterval(() => {
      if (process.ppid !== parent) settle();
    }, 500);
    const settle = (): void => {
      clearInterval(watch);
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, settle);
  });
}
