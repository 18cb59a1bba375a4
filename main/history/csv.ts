/** The list of calls as a table for other programs. Pure. RFC 4180, in UTF-8. */
import type { HistoryEntry } from '../../preload/contract/history';

const columns = {
  started: (call) => timeOf(call.startedAt),
  ended: (call) => timeOf(call.endedAt),
  duration_seconds: (call) => durationOf(call),
  direction: (call) => call.direction,
  kind: (call) => call.kind ?? '',
  name: (call) => call.peerName,
  address: (call) => call.peer,
  account: (call) => call.account,
  outcome: (call) => call.outcome,
  cause: (call) => call.cause ?? '',
} satisfies Record<string, (call: HistoryEntry) => string>;

/** @returns the file's text, header first. It begins with the mark by which spreadsheets know UTF-8. */
export function csvOf(calls: readonly HistoryEntry[]): string {
  const lines = calls.map((call) => Object.values(columns).map((column) => column(call)));
  return `\ufeff${[Object.keys(columns), ...lines].map((fields) => `${fields.map(fieldOf).join()}\r\n`).join('')}`;
}

const timeOf = (ms: number | null): string => (ms === null ? '' : new Date(ms).toISOString());

/** How long they talked, in whole seconds. */
const durationOf = ({ connectedAt, endedAt }: HistoryEntry): string =>
  connectedAt === null || endedAt === null ? '' : String(Math.max(0, Math.round((endedAt - connectedAt) / 1000)));

/**
 * A spreadsheet takes for a formula whatever begins like one, and a stranger chooses their own name: an apostrophe in
 * front makes it text (OWASP, "CSV Injection").
 */
function fieldOf(text: string): string {
  const safe = /^[=+\-@＝＋－＠\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
