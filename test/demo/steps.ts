/** A list of steps that is played from the top, each with its time; the first that fails ends it. */

export interface Step {
  readonly name: string;
  /** What it returns is printed behind the time. */
  readonly run: () => Promise<string | undefined>;
  /** Done when the step has succeeded, outside of its time. */
  readonly after?: () => Promise<void>;
}

export interface StepsEnv {
  readonly say: (line: string) => void;
  /** Steady, in ms. */
  readonly now: () => number;
}

/** @returns whether all steps succeeded. */
export async function playSteps(steps: readonly Step[], { say, now }: StepsEnv): Promise<boolean> {
  const width = Math.max(...steps.map(({ name }) => name.length));
  for (const { name, run, after } of steps) {
    const started = now();
    const time = (): string => `${Math.round(now() - started)} ms`.padStart(8);
    try {
      const detail = await run();
      say(`  ok      ${name.padEnd(width)} ${time()}${detail === undefined ? '' : `  ${detail}`}`);
      await after?.();
    } catch (error) {
      say(`  FAILED  ${name.padEnd(width)} ${time()}`);
      say(error instanceof Error ? error.message : String(error));
      return false;
    }
  }
  return true;
}
