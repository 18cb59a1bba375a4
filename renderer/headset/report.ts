/** Bits of reports: the lowest bit of the first byte is the first (HID 1.11, 8.1). */
import type { Lamps } from './hid';
import type { ButtonField, LampReport } from './layout';

function bitsAt(data: DataView, offset: number, size: number): number | null {
  if (offset + size > data.byteLength * 8) return null;
  let value = 0;
  for (let bit = 0; bit < size; bit += 1) {
    const at = offset + bit;
    if ((data.getUint8(at >> 3) >> (at & 7)) & 1) value += 2 ** bit;
  }
  return value;
}

/** 1 where a button is on or down, 0 where not, -1 where it was switched off; null where the report is too short to tell. */
export function readButton({ offsets, size, index, isSigned }: ButtonField, data: DataView): -1 | 0 | 1 | null {
  const values = offsets.map((offset) => bitsAt(data, offset, size));
  if (values.includes(null)) return null;
  if (index !== null) return values.includes(index) ? 1 : 0;
  const value = values[0] ?? 0;
  if (value === 0) return 0;
  return isSigned && value >= 2 ** (size - 1) ? -1 : 1;
}

/** Whatever else is in the report is off. */
export function lampBytes({ length, lamps }: LampReport, on: Lamps): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (const { lamp, offset } of lamps) {
    if (on[lamp]) bytes[offset >> 3] = (bytes[offset >> 3] ?? 0) | (1 << (offset & 7));
  }
  return bytes;
}
