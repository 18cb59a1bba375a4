/**
 * Which bits of a headset's reports are buttons and lamps: read from what the headset says of itself, so that there is no
 * table of makers. A descriptor comes from whoever made the device, and may say anything.
 */
import {
  type ButtonName,
  buttonUsages,
  type HidCollection,
  type HidReport,
  type HidReportItem,
  type LampName,
  lampUsages,
  telephonyPage,
} from './hid';

export interface ButtonField {
  readonly button: ButtonName;
  readonly reportId: number;
  /** Bit at which it begins; of an array, of each of its places. */
  readonly offsets: readonly number[];
  /** Bits. */
  readonly size: number;
  /** In an array, the value that says that the button is down; null where the field is the button's own. */
  readonly index: number | null;
  /** The value is how it stands; without, that it was pressed. */
  readonly isAbsolute: boolean;
  /** From -1, switched off, to 1, switched on. */
  readonly isSigned: boolean;
}

export interface LampReport {
  readonly reportId: number;
  /** Bytes, without the report id. */
  readonly length: number;
  readonly lamps: readonly { readonly lamp: LampName; readonly offset: number }[];
}

export interface Layout {
  readonly buttons: readonly ButtonField[];
  readonly lampReports: readonly LampReport[];
}

/** Far more than a headset has, and little enough to be gone through with every report. */
const most = { collections: 16, reports: 256, items: 1024, usages: 0x10000, fields: 32, places: 16 };
/** Bits; of a report, as Chromium bounds it. */
const longest = 0xffff * 8;

/** An item's field "cannot span more than 4 bytes" (HID 1.11, 8.4). */
const isField = (size: number): boolean => size >= 1 && size <= 32;

export function readLayout(collections: readonly HidCollection[]): Layout {
  const telephony = collections.filter(({ usagePage }) => usagePage === telephonyPage).slice(0, most.collections);
  return {
    buttons: telephony
      .flatMap(({ inputReports }) => (inputReports ?? []).slice(0, most.reports).flatMap(buttonsIn))
      .slice(0, most.fields),
    lampReports: telephony
      .flatMap(({ outputReports }) => (outputReports ?? []).slice(0, most.reports).flatMap((report) => lampsIn(report)))
      .slice(0, most.fields),
  };
}

interface Placed {
  readonly item: HidReportItem;
  readonly offset: number;
  readonly size: number;
  readonly count: number;
}

/** The items with the bits at which they begin, and how long they are together; null where that cannot be. */
function place({ items = [] }: HidReport): { readonly placed: readonly Placed[]; readonly bits: number } | null {
  if (items.length > most.items) return null;
  const placed: Placed[] = [];
  let bits = 0;
  for (const item of items) {
    const { reportSize: size = 0, reportCount: count = 0 } = item;
    if (!Number.isInteger(size) || !Number.isInteger(count) || size < 0 || count < 0) return null;
    placed.push({ item, offset: bits, size, count });
    bits += size * count;
    if (bits > longest) return null;
  }
  return { placed: placed.filter(({ item, size }) => item.isConstant !== true && isField(size)), bits };
}

/** At which of the first `many` fields a usage stands. A range counts up; a list names one after the other (HID 1.11, 6.2.2.8). */
function fieldOf(item: HidReportItem, usage: number, many: number): number | null {
  const { usageMinimum = 0, usageMaximum = 0, usages = [] } = item;
  if (item.isRange === true && usage > usageMaximum) return null;
  const at = item.isRange === true ? usage - usageMinimum : usages.indexOf(usage);
  return at >= 0 && at < many ? at : null;
}

/** Which of our usages the item has, and where. */
const named = <N extends string>(usages: Readonly<Record<N, number>>, item: HidReportItem, many: number) =>
  (Object.keys(usages) as N[]).flatMap((name) => {
    const at = fieldOf(item, usages[name], many);
    return at === null ? [] : [{ name, at }];
  });

function buttonsIn(report: HidReport): ButtonField[] {
  return (place(report)?.placed ?? []).flatMap(({ item, offset, size, count }): ButtonField[] => {
    const common = { reportId: report.reportId ?? 0, size, isAbsolute: item.isAbsolute !== false };
    const first = item.logicalMinimum ?? 0;
    if (item.isArray === true) {
      const offsets = Array.from({ length: Math.min(count, most.places) }, (_, at) => offset + at * size);
      return named(buttonUsages, item, most.usages).map(({ name, at }) => ({
        ...common,
        button: name,
        offsets,
        index: first + at,
        isSigned: false,
      }));
    }
    return named(buttonUsages, item, count).map(({ name, at }) => ({
      ...common,
      button: name,
      offsets: [offset + at * size],
      index: null,
      isSigned: first < 0,
    }));
  });
}

/** Lamps that are named in an array are left out: no headset is known to have them. */
function lampsIn(report: HidReport): LampReport[] {
  const whole = place(report);
  if (whole === null) return [];
  const lamps = whole.placed
    .filter(({ item }) => item.isArray !== true)
    .flatMap(({ item, offset, size, count }) =>
      named(lampUsages, item, count).map(({ name, at }) => ({
        lamp: name,
        offset: offset + at * size,
      })),
    )
    .slice(0, most.fields);
  return lamps.length === 0 ? [] : [{ reportId: report.reportId ?? 0, length: Math.ceil(whole.bits / 8), lamps }];
}
