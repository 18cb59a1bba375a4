/** How many call events were measured in a whole run, whose workers are processes of their own: a line for each test. */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const fileIn = (folder: string): string => path.join(folder, 'valid-call-events');

/** @param folder is emptied before each run, as Playwright does with its output folder. */
export function addToCount(folder: string, events: number): void {
  mkdirSync(folder, { recursive: true });
  appendFileSync(fileIn(folder), `${events}\n`);
}

export function total(folder: string): number {
  if (!existsSync(fileIn(folder))) return 0;
  return readFileSync(fileIn(folder), 'utf8')
    .split('\n')
    .reduce((sum, line) => sum + Number(line), 0);
}
