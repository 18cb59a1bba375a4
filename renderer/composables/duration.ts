/** Lengths of time in words and figures. */
import { numberFormat } from './formatters';

const two = (figure: number): string => String(figure).padStart(2, '0');

/** `0:07`, `12:40`, `1:02:03`. Negative lengths, which a clock that was set back can give, count as none. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const tail = `${hours > 0 ? two(minutes) : minutes}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${tail}` : tail;
}

/** `12 seconds`, `3 minutes`, rounded up: for "wait …". `locale` is a BCP 47 tag. */
export function formatWait(ms: number, locale: string): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  const [value, unit] = seconds < 90 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

/** `12 min 40 sec`, `1 hr 5 min`, `0 sec`: two units at most. `locale` is a BCP 47 tag. */
export function formatLength(ms: number, locale: string): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const parts = [
    { value: Math.floor(seconds / 3600), unit: 'hour' },
    { value: Math.floor(seconds / 60) % 60, unit: 'minute' },
    { value: seconds % 60, unit: 'second' },
  ];
  const first = parts.findIndex(({ value }) => value > 0);
  const shown = first === -1 ? parts.slice(-1) : parts.slice(first, first + 2).filter(({ value }) => value > 0);
  return shown
    .map(({ value, unit }) => numberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(value))
    .join(' ');
}
