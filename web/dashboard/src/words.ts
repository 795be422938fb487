/** How things are said; plain functions of what they are given. */

const NUMBERS = new Map<number, Intl.NumberFormat>();

/** A number with its thousands apart; `–` for none. */
export function number(value: number | null | undefined, digits = 0): string {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return '–';
  }
  let format = NUMBERS.get(digits);
  if (format === undefined) {
    format = new Intl.NumberFormat('en', {minimumFractionDigits: digits, maximumFractionDigits: digits});
    NUMBERS.set(digits, format);
  }
  return format.format(value);
}

/** A number to so many significant digits, without an exponent where that is readable. */
export function significant(value: number | null | undefined, digits = 5): string {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return '–';
  }
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e9 || size < 1e-5)) {
    return value.toExponential(digits - 1);
  }
  const before = size < 1 ? 1 : Math.floor(Math.log10(size)) + 1;
  return number(value, Math.max(0, Math.min(8, digits - before)));
}

/** A length of time: `3 min 20 s`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, ms / 1_000);
  if (seconds < 10) {
    return `${seconds.toFixed(1)} s`;
  }
  if (seconds < 60) {
    return `${Math.floor(seconds)} s`;
  }
  if (seconds < 3_600) {
    return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
  }
  const hours = Math.floor(seconds / 3_600);
  return hours < 48
    ? `${hours} h ${Math.floor((seconds % 3_600) / 60)} min`
    : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** How long ago: `just now`, `5 min ago`, then the date. */
export function ago(at: string | null | undefined, now: number): string {
  if (at === null || at === undefined) {
    return '';
  }
  const seconds = (now - Date.parse(at)) / 1_000;
  if (seconds < 45) {
    return 'just now';
  }
  if (seconds < 3_600) {
    return `${Math.max(1, Math.round(seconds / 60))} min ago`;
  }
  return seconds < 86_400 ? `${Math.round(seconds / 3_600)} h ago` : dateTime(at);
}

const DATE_TIME = {day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit'} as const;
const WHOLE = {weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit'} as const;
const DATES = new Map<string, Intl.DateTimeFormat>();

function date(at: string | number | Date, parts: Intl.DateTimeFormatOptions, zone: string | undefined): string {
  const key = `${parts === WHOLE} ${zone}`;
  let format = DATES.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {...parts, ...(zone !== undefined && {timeZone: zone})});
    DATES.set(key, format);
  }
  return format.format(new Date(at));
}

/** `21 Nov, 14:05`, in a zone, or where the visitor is. */
export function dateTime(at: string | number | Date | null | undefined, zone?: string): string {
  return at === null || at === undefined ? '–' : date(at, DATE_TIME, zone);
}

/** `Sat 21 Nov 2026, 14:05`, in a zone, or where the visitor is. */
export function wholeDate(at: string | number | Date, zone?: string): string {
  return date(at, WHOLE, zone);
}

/** `smart-pack` as it is written in a sentence's beginning: `Smart pack`. */
export function label(name: string): string {
  const text = name.replace(/[-_.]+/g, ' ').trim();
  return text === '' ? name : text[0]!.toUpperCase() + text.slice(1);
}

/** `812 bytes`, `1.4 MB`. */
export function size(bytes: number): string {
  if (bytes < 1_000) {
    return count(bytes, 'byte');
  }
  const rounded = Number(bytes.toPrecision(3));
  const power = Math.min(4, Math.floor(Math.log10(rounded) / 3));
  return `${Number((rounded / 1_000 ** power).toPrecision(3))} ${['', 'kB', 'MB', 'GB', 'TB'][power]}`;
}

/** `1 lot`, `2 lots`. */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${number(amount)} ${amount === 1 ? one : many}`;
}
