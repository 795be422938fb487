import {Clocks, HERE} from '../../clocks.js';

export const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A part of a width or of a time. */
export interface Span {
  from: number;
  to: number;
}

/** A mark of the axis. */
export interface Tick {
  /** Hours from the left edge. */
  at: number;
  label: string;
  /** Whether a new day, or a new month, begins here. */
  strong: boolean;
}

/** How far marks must be apart, in pixels, so that their labels do not meet. */
const APART = 64;
const STEPS = [1, 2, 3, 6, 12, 24, 48, 96, 168, 336];
const MONTHS = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600];
const SHORTEST_MONTH = 28 * 24;

const DAY_MONTH = new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'short', timeZone: 'UTC'});
const MONTH = new Intl.DateTimeFormat('en-GB', {month: 'short', timeZone: 'UTC'});
const WEEKDAY = new Intl.DateTimeFormat('en-GB', {weekday: 'short', day: 'numeric', timeZone: 'UTC'});

/** The step between marks, in hours, at so many pixels an hour; beyond weeks it doubles. */
export function stepAt(pixelsPerHour: number): number {
  let step = STEPS.find((one) => one * pixelsPerHour >= APART) ?? SHORTEST_MONTH;
  while (step * pixelsPerHour < APART && step < 1e9) {
    step *= 2;
  }
  return step;
}

/**
 * Marks on round hours, days, months and years, as the clocks show them, summer time and all.
 *
 * @param start the left edge, in milliseconds since 1970
 * @param within in hours from the left edge
 */
export function calendarTicks(start: number, within: Span, pixelsPerHour: number, clocks: Clocks = HERE): Tick[] {
  const step = stepAt(pixelsPerHour);
  if (step >= SHORTEST_MONTH) {
    const months = MONTHS.find((one) => one * SHORTEST_MONTH * pixelsPerHour >= APART) ?? MONTHS.at(-1)!;
    return monthTicks(start, within, months, clocks);
  }
  const ticks: Tick[] = [];
  const first = firstMark(clocks.shown(start), step);
  const before = clocks.shown(start + within.from * HOUR) - DAY - first; // a day, for clocks may be put back
  const last = clocks.shown(start + within.to * HOUR) + DAY;
  for (let shown = first + Math.max(0, Math.floor(before / (step * HOUR))) * step * HOUR; shown <= last; shown += step * HOUR) {
    const at = (clocks.moment(shown) - start) / HOUR;
    if (at >= Math.max(0, within.from) && at <= within.to && clocks.shown(clocks.moment(shown)) === shown) {
      const date = new Date(shown);
      const strong = step < 24 ? date.getUTCHours() === 0 : date.getUTCDate() <= Math.max(1, step / 24 / 2);
      ticks.push({at, label: labelOf(date, step), strong});
    }
  }
  return ticks;
}

/** A time of day, a day, or a day that is the first mark of its year. */
function labelOf(at: Date, step: number): string {
  if (step < 24 && at.getUTCHours() !== 0) {
    return `${String(at.getUTCHours()).padStart(2, '0')}:00`;
  }
  const before = new Date(at.getTime() - step * HOUR);
  if (before.getUTCFullYear() < at.getUTCFullYear()) {
    return `${DAY_MONTH.format(at)} ${yearOf(at)}`;
  }
  return step < 24 || step > 48 || at.getUTCDate() === 1 ? DAY_MONTH.format(at) : WEEKDAY.format(at);
}

function yearOf(at: Date): string {
  return `’${String(at.getUTCFullYear()).slice(-2)}`;
}

/** Marks on the first of every so many months, with their years. */
function monthTicks(start: number, within: Span, months: number, clocks: Clocks): Tick[] {
  const ticks: Tick[] = [];
  const first = new Date(clocks.shown(start));
  const month = first.getUTCFullYear() * 12 + first.getUTCMonth();
  for (let next = Math.ceil(month / months) * months; ; next += months) {
    const date = new Date(Date.UTC(Math.floor(next / 12), next % 12, 1));
    const at = (clocks.moment(date.getTime()) - start) / HOUR;
    if (at > within.to) {
      return ticks;
    }
    if (at >= Math.max(0, within.from)) {
      const label = months >= 12 ? String(date.getUTCFullYear()) : `${MONTH.format(date)} ${yearOf(date)}`;
      ticks.push({at, label, strong: date.getUTCMonth() === 0});
    }
  }
}

/** The last mark before what clocks show, or on it. */
function firstMark(shown: number, step: number): number {
  const midnight = Math.floor(shown / DAY) * DAY;
  if (step >= 168) {
    return monday(midnight);
  }
  return step >= 24 ? midnight : midnight + Math.floor((shown - midnight) / (step * HOUR)) * step * HOUR;
}

/** The beginning of the week, which is on Monday. */
function monday(midnight: number): number {
  return midnight - ((new Date(midnight).getUTCDay() + 6) % 7) * DAY;
}

/** Marks at round numbers of hours. */
export function hourTicks(within: Span, pixelsPerHour: number): Tick[] {
  const step = stepAt(pixelsPerHour);
  const ticks: Tick[] = [];
  for (let at = Math.ceil(within.from / step) * step; at <= within.to; at += step) {
    ticks.push({at, label: `${at} h`, strong: at % 24 === 0});
  }
  return ticks;
}

/** Where days begin and end that are weekends, in hours from the left edge. */
export function weekends(start: number, hours: number, clocks: Clocks = HERE): Span[] {
  const found: Span[] = [];
  const first = monday(Math.floor(clocks.shown(start) / DAY) * DAY) + 5 * DAY;
  for (let saturday = first; clocks.moment(saturday) < start + hours * HOUR; saturday += 7 * DAY) {
    const from = (clocks.moment(saturday) - start) / HOUR;
    const to = (clocks.moment(saturday + 2 * DAY) - start) / HOUR;
    if (to > 0) {
      found.push({from: Math.max(0, from), to: Math.min(hours, to)});
    }
  }
  return found;
}
