/**
 * Report descriptors as headsets have them, and what WebHID makes of one: Chromium's `HidCollection`, in which every item
 * belongs to the collection around it and to all collections around that.
 */
import type { HidCollection, HidReportItem } from '../../../../renderer/headset/hid';

interface Collection {
  readonly usagePage: number;
  readonly usage: number;
  readonly children: Collection[];
  readonly inputReports: { readonly reportId: number; readonly items: HidReportItem[] }[];
  readonly outputReports: { readonly reportId: number; readonly items: HidReportItem[] }[];
}

/** Reads short items (HID 1.11, 6.2.2.2). @param bytes as they come from the device. */
export function collectionsOf(bytes: readonly number[]): HidCollection[] {
  const top: Collection[] = [];
  const open: Collection[] = [];
  const global = { page: 0, minimum: 0, size: 0, count: 0, reportId: 0 };
  let usages: number[] = [];
  let range: { minimum?: number; maximum?: number } = {};
  for (let at = 0; at < bytes.length;) {
    const prefix = bytes[at] ?? 0;
    const length = [0, 1, 2, 4][prefix & 3] ?? 0;
    const data = bytes.slice(at + 1, at + 1 + length);
    at += 1 + length;
    const value = data.reduce((sum, byte, index) => sum + byte * 2 ** (8 * index), 0);
    const signed = length === 1 && value > 127 ? value - 256 : value;
    const full = length === 4 ? value : global.page * 0x10000 + value;
    const tag = prefix & 0xfc;
    if (tag === 0x04) global.page = value;
    else if (tag === 0x14) global.minimum = signed;
    else if (tag === 0x74) global.size = value;
    else if (tag === 0x94) global.count = value;
    else if (tag === 0x84) global.reportId = value;
    else if (tag === 0x08) usages.push(full);
    else if (tag === 0x18) range.minimum = full;
    else if (tag === 0x28) range.maximum = full;
    else if (tag === 0xa0) {
      const usage = usages[0] ?? 0;
      const inner: Collection = {
        usagePage: usage >>> 16,
        usage: usage & 0xffff,
        children: [],
        inputReports: [],
        outputReports: [],
      };
      (open.at(-1)?.children ?? top).push(inner);
      open.push(inner);
    } else if (tag === 0xc0) open.pop();
    else if (tag === 0x80 || tag === 0x90) {
      const { minimum, maximum } = range;
      const isRange = minimum !== undefined && maximum !== undefined;
      const item: HidReportItem = {
        isConstant: (value & 1) !== 0,
        isArray: (value & 2) === 0,
        isAbsolute: (value & 4) === 0,
        reportSize: global.size,
        reportCount: global.count,
        logicalMinimum: global.minimum,
        isRange,
        ...(isRange ? { usageMinimum: minimum, usageMaximum: maximum } : { usages }),
      };
      for (const collection of open) {
        const reports = tag === 0x80 ? collection.inputReports : collection.outputReports;
        const report = reports.find(({ reportId }) => reportId === global.reportId);
        if (report === undefined) reports.push({ reportId: global.reportId, items: [item] });
        else report.items.push(item);
      }
    }
    if ((tag & 0x0c) === 0) [usages, range] = [[], {}];
  }
  return top;
}

const headset = [0x05, 0x0b, 0x09, 0x05, 0xa1, 0x01];

/** Volume keys, as most headsets have them in a collection of its own. */
export const consumer = [
  ...[0x05, 0x0c, 0x09, 0x01, 0xa1, 0x01, 0x85, 0x01, 0x15, 0x00, 0x25, 0x01],
  ...[0x09, 0xe9, 0x09, 0xea, 0x75, 0x01, 0x95, 0x02, 0x81, 0x02, 0x95, 0x06, 0x81, 0x01, 0xc0],
];

/**
 * One report each way, as Jabra's USB headsets: hook (absolute, no preferred state), line busy, mute and flash (relative),
 * a button of its own, the keypad as an array in a collection inside, and lamps that begin in the middle of a byte.
 */
export const jabra = [
  ...headset,
  ...[0x85, 0x02, 0x15, 0x00, 0x25, 0x01, 0x75, 0x01, 0x95, 0x02],
  ...[0x09, 0x20, 0x09, 0x97, 0x81, 0x22], // bits 0, 1
  ...[0x95, 0x03, 0x09, 0x2f, 0x09, 0x21, 0x09, 0x24, 0x81, 0x06], // bits 2, 3, 4
  ...[0x09, 0x06, 0xa1, 0x02, 0x19, 0xb0, 0x29, 0xbb, 0x15, 0x00, 0x25, 0x0c, 0x75, 0x04, 0x95, 0x01, 0x81, 0x40, 0xc0],
  ...[0x05, 0x09, 0x09, 0x07, 0x15, 0x00, 0x25, 0x01, 0x75, 0x01, 0x95, 0x01, 0x81, 0x02], // bit 9
  ...[0x95, 0x06, 0x81, 0x01],
  ...[0x95, 0x03, 0x91, 0x01], // three bits of padding first
  ...[0x05, 0x08, 0x95, 0x07, 0x09, 0x17, 0x09, 0x1e, 0x09, 0x09, 0x09, 0x18, 0x09, 0x20, 0x09, 0x21, 0x09, 0x2a],
  ...[0x91, 0x22], // bits 3 to 9: off-hook, speaker, mute, ring, hold, microphone, on-line
  ...[0x95, 0x06, 0x91, 0x01, 0xc0],
];

/** A report for each lamp, as Plantronics has it; hook absolute, mute relative, flash held down. */
export const poly = [
  ...[...headset, 0x85, 0x20, 0x15, 0x00, 0x25, 0x01, 0x75, 0x01, 0x95, 0x01],
  ...[0x09, 0x20, 0x81, 0x22, 0x09, 0x2f, 0x81, 0x06, 0x09, 0x21, 0x81, 0x02, 0x09, 0x24, 0x81, 0x06],
  ...[0x75, 0x04, 0x81, 0x01, 0x05, 0x08, 0x75, 0x01],
  ...[0x85, 0x17, 0x09, 0x17, 0x91, 0x22, 0x75, 0x07, 0x91, 0x01, 0x75, 0x01],
  ...[0x85, 0x18, 0x09, 0x09, 0x91, 0x22, 0x75, 0x07, 0x91, 0x01, 0x75, 0x01],
  ...[0x85, 0x19, 0x09, 0x18, 0x91, 0x22, 0x75, 0x07, 0x91, 0x01, 0xc0],
];

/** No report ids, usages as a range (0x2f to 0x31: mute, send, recording), everything absolute, as of a USB phone. */
export const phone = [
  ...[0x05, 0x0b, 0x09, 0x01, 0xa1, 0x01, 0x15, 0x00, 0x25, 0x01, 0x75, 0x01],
  ...[0x95, 0x02, 0x09, 0x20, 0x09, 0x26, 0x81, 0x02], // bits 0, 1: hook, drop
  ...[0x95, 0x03, 0x19, 0x2f, 0x29, 0x31, 0x81, 0x02], // bits 2 to 4
  ...[0x95, 0x03, 0x81, 0x03],
  ...[0x05, 0x08, 0x95, 0x0a, 0x19, 0x17, 0x29, 0x20, 0x91, 0x02, 0x95, 0x06, 0x91, 0x03, 0xc0], // 0x17 to 0x20
];

/** Two places of four bits, each of which holds the number of a button that is down: 1 is 0x20 (hook), 4 is 0x23 (hold). */
export const keys = [
  ...[...headset, 0x85, 0x05, 0x15, 0x01, 0x25, 0x08, 0x75, 0x04, 0x95, 0x02, 0x19, 0x20, 0x29, 0x27, 0x81, 0x00, 0xc0],
];

/** Mute in two bits, from -1 (off) to 1 (on), relative. */
export const switched = [
  ...[...headset, 0x85, 0x01, 0x15, 0xff, 0x25, 0x01, 0x75, 0x02, 0x95, 0x02, 0x09, 0x2f, 0x09, 0x20, 0x81, 0x06],
  ...[0x75, 0x04, 0x95, 0x01, 0x81, 0x01, 0xc0],
];
