/** `npm test`: everything, with one summary. Only a machine that cannot be prepared stops it early. */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';

import { chooseElectron } from './demo/choose-electron.ts';
import { root, runProgram } from './demo/program.ts';
import {
  type Counts,
  type Failure,
  oneOff,
  type Part,
  playwrightCounts,
  playwrightFailures,
  summary,
  vitestCounts,
  vitestFailures,
} from './setup/results.ts';

const results = path.join(root, 'node_modules/.cache/carillon-test');
const vitestReport = path.join(results, 'vitest.json');
const playwrightReport = path.join(results, 'playwright.json');

const say = (line: string): void => {
  console.log(`test: ${line}`);
};

async function part(
  name: string,
  run: () => Promise<Counts>,
  failures: () => readonly Failure[] = () => [],
): Promise<Part> {
  const started = performance.now();
  const counts = await run();
  const seconds = (performance.now() - started) / 1000;
  say(`${name}: ${counts.failed === 0 ? 'ok' : 'FAILED'} after ${seconds.toFixed(1)} s`);
  return { name, counts, failures: failures(), seconds };
}

/** A tool that either passes or fails; what it says is shown in the second case. */
async function check(name: string): Promise<Counts> {
  const run = await runProgram('npm', ['run', '--silent', name]);
  if (run.code !== 0) console.log(run.output);
  return oneOff(run.code === 0);
}

async function vitest(): Promise<Counts> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`];
  const run = await runProgram('vitest', ['run', ...reporters], { shown: true });
  return vitestCounts(vitestReport, run.code);
}

async function endToEnd(): Promise<Counts> {
  const electron = await chooseElectron(say);
  say(electron.words);
  const run = await runProgram('playwright', ['test', '--reporter=list,json'], {
    shown: true,
    env: { ...electron.executable.env, PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport },
  });
  return playwrightCounts(playwrightReport, run.code);
}

const prepared = await runProgram('test/setup/setup', [], { shown: true });
if (prepared.code === 0) {
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const parts = [
    // Each of them takes one processor.
    ...(await Promise.all([
      part('lint', () => check('lint:rules')),
      part('layout', () => check('lint:layout')),
      part('types', () => check('typecheck')),
    ])),
    await part('unit, component, scenario, integration', vitest, () => vitestFailures(vitestReport)),
    await part('build', () => check('build')),
    await part('end to end', endToEnd, () => playwrightFailures(playwrightReport)),
  ];
  console.log(summary(parts));
  process.exitCode = parts.some(({ counts }) => counts.failed > 0) ? 1 : 0;
} else {
  say('this machine is not ready; see above');
  process.exitCode = 1;
}
