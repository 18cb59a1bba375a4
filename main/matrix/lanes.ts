/** So many pieces of work at once; the others wait for their turn, the urgent ones in front. */
export type Lanes = <T>(isUrgent: boolean, work: () => Promise<T>) => Promise<T>;

export function makeLanes(count: number): Lanes {
  let free = count;
  const urgent: (() => void)[] = [];
  const patient: (() => void)[] = [];

  function next(): void {
    const begin = urgent.shift() ?? patient.shift();
    if (begin === undefined) free++;
    else begin();
  }

  return async (isUrgent, work) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => (isUrgent ? urgent : patient).push(resolve));
    try {
      return await work();
    } finally {
      next();
    }
  };
}
