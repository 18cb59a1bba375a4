/**
 * `npm run checklist`: every rule of README.md with the tests that show it. Fails on a rule that has neither a test nor a
 * reason, and on an id in a title that no rule has.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const tests = path.join(import.meta.dirname, '..');
const readme = path.join(import.meta.dirname, 'README.md');

export interface Rule {
  readonly id: string;
  readonly text: string;
  /** Why no test shows it, or where it is shown otherwise; empty when a test does. */
  readonly reason: string;
}

export interface Title {
  readonly file: string;
  readonly text: string;
}

/** `V1-01`, `N5`, `W13`, `element-web#6583` */
const ids = /\b(?:(?:V0|V1|GL|LV|RG|AN|IC|NG|RM|DT|CD|SM|X|EN)-\d{2}|[NW]\d{1,2}|[a-z]+(?:-[a-z]+)*#\d+)\b/g;

/** Rows of the tables whose first cell is an id. */
export function readRules(markdown: string): readonly Rule[] {
  return markdown
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter(([, id = '']) => id.match(ids)?.[0] === id)
    .map(([, id = '', text = '', , reason = '']) => ({ id, text, reason }));
}

/** What `it`, `test` and `describe` are called, rows of `each` included. */
export function readTitles(file: string, source: string): readonly Title[] {
  const titles: Title[] = [];
  const strings = (node: ts.Node): readonly string[] => {
    if (ts.isStringLiteralLike(node)) return [node.text];
    if (ts.isTemplateExpression(node))
      return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
    const found: string[] = [];
    ts.forEachChild(node, (child) => void found.push(...strings(child)));
    return found;
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && names(node.expression)) {
      const isTable = ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'each';
      const [first] = node.arguments;
      if (first !== undefined && (isTable || ts.isStringLiteralLike(first) || ts.isTemplateExpression(first))) {
        const text = strings(first).join(' ').replace(/\s+/g, ' ').trim();
        if (!isTable || ids.test(text)) titles.push({ file, text });
        ids.lastIndex = 0;
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest));
  return titles;
}

/** `it`, `it.only`, `it.each`, `it.each(…)`, and so on. */
function names(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return ['it', 'test', 'describe'].includes(callee.text);
  return (ts.isPropertyAccessExpression(callee) || ts.isCallExpression(callee)) && names(callee.expression);
}

export interface Checked {
  readonly rule: Rule;
  readonly titles: readonly Title[];
}

export function check(rules: readonly Rule[], titles: readonly Title[]): readonly Checked[] {
  return rules.map((rule) => ({
    rule,
    titles: titles.filter(({ text }) => text.match(ids)?.includes(rule.id) === true),
  }));
}

export function faultsOf(checked: readonly Checked[], titles: readonly Title[]): readonly string[] {
  const known = new Set(checked.map(({ rule }) => rule.id));
  const strange = titles.flatMap(({ file, text }) =>
    (text.match(ids) ?? [])
      .filter((id) => !known.has(id))
      .map((id) => `${id}: no such rule (${file}: ${text.slice(0, 60)})`),
  );
  const bare = checked
    .filter((one) => one.titles.length === 0 && one.rule.reason === '')
    .map(({ rule }) => `${rule.id}: neither a test nor a reason`);
  const twice = checked
    .filter(({ rule }, index) => checked.findIndex((other) => other.rule.id === rule.id) !== index)
    .map(({ rule }) => `${rule.id}: stands twice in the table`);
  return [...bare, ...twice, ...new Set(strange)];
}

/** Everything under `test/`. */
export function allTitles(): readonly Title[] {
  const files = readdirSync(tests, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(test|spec)\.ts$/.test(file),
  );
  return files.sort().flatMap((file) => {
    const source = readFileSync(path.join(tests, file), 'utf8');
    return source.search(ids) < 0 ? [] : readTitles(file, source);
  });
}

export const allRules = (): readonly Rule[] => readRules(readFileSync(readme, 'utf8'));

function main(): number {
  const titles = allTitles();
  const checked = check(allRules(), titles);
  for (const { rule, titles: covering } of checked) {
    console.log(`${rule.id}  ${rule.text}`);
    for (const { file, text } of covering) console.log(`    ${file}: ${text}`);
    if (rule.reason !== '') console.log(`    (${rule.reason})`);
  }
  const faults = faultsOf(checked, titles);
  const covered = checked.filter((one) => one.titles.length > 0).length;
  console.log(`\n${String(checked.length)} rules, ${String(covered)} shown by tests, ${String(faults.length)} faults`);
  for (const fault of faults) console.error(fault);
  return faults.length === 0 ? 0 : 1;
}

if (process.argv[1] === import.meta.filename) process.exitCode = main();
