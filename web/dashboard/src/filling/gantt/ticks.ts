export const HOUR = 3_600_000;

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

const DAY_MONTH = new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'short'});
const MONTH = new Intl.DateTimeFormat('en-GB', {month: 'short'});
const WEEKDAY = new Intl.DateTimeFormat('en-GB', {weekday: 'short', day: 'numeric'});

/** The step between marks, in hours, at so many pixels an hour; beyond weeks it doubles. */
export function stepAt(pixelsPerHour: number): number {
  let step = STEPS.find((one) => one * pixelsPerHour >= APART) ?? SHORTEST_MONTH;
  while (step * pixelsPerHour < APART && step < 1e9) {
    step *= 2;
  }
  return step;
}

/**
 * Marks on round hours, days, months and years of the visitor's calendar, summer time and all.
 *
 * @param start the left edge, in milliseconds since 1970
 * @param within in hours from the left edge
 */
export function calendarTicks(start: number, within: Span, pixelsPerHour: number): Tick[] {
  const step = stepAt(pixelsPerHour);
  if (step >= SHORTEST_MONTH) {
    return monthTicks(start, within, MONTHS.find((one) => one * SHORTEST_MONTH * pixelsPerHour >= APART) ?? MONTHS.at(-1)!);
  }
  const ticks: Tick[] = [];
  for (let at = firstMark(start, step); at.getTime() <= start + within.to * HOUR; at = nextMark(at, step)) {
    if (at.getTime() < start + within.from * HOUR) {
      continue;
    }
    const strong = step < 24 ? at.getHours() === 0 : at.getDate() <= Math.max(1, step / 24 / 2);
    ticks.push({at: (at.getTime() - start) / HOUR, label: labelOf(at, step), strong});
  }
  return ticks;
}

/** A time of day, a day, or a day that is the first mark of its year. */
function labelOf(at: Date, step: number): string {
  if (step < 24 && at.getHours() !== 0) {
    return `${String(at.getHours()).padStart(2, '0')}:00`;
  }
  const before = new Date(at.getTime() - step * HOUR);
  if (before.getFullYear() < at.getFullYear()) {
    return `${DAY_MONTH.format(at)} ${yearOf(at)}`;
  }
  return step < 24 || step > 48 || at.getDate() === 1 ? DAY_MONTH.format(at) : WEEKDAY.format(at);
}

function yearOf(at: Date): string {
  return `’${String(at.getFullYear()).slice(-2)}`;
}

/** Marks on the first of every so many months, with their years. */
function monthTicks(start: number, within: Span, months: number): Tick[] {
  const ticks: Tick[] = [];
  const first = new Date(start);
  const month = first.getFullYear() * 12 + first.getMonth();
  for (let next = Math.ceil(month / months) * months; ; next += months) {
    const at = new Date(Math.floor(next / 12), next % 12, 1);
    const hours = (at.getTime() - start) / HOUR;
    if (hours > within.to) {
      return ticks;
    }
    if (hours >= Math.max(0, within.from)) {
      const label = months >= 12 ? String(at.getFullYear()) : `${MONTH.format(at)} ${yearOf(at)}`;
      ticks.push({at: hours, label, strong: at.getMonth() === 0});
    }
  }
}

function firstMark(start: number, step: number): Date {
  const at = new Date(start);
  at.setMinutes(0, 0, 0);
  if (step >= 24) {
    at.setHours(0);
    if (step >= 168) {
      at.setDate(at.getDate() - ((at.getDay() + 6) % 7)); // weeks begin on Monday
    }
  } else {
    at.setHours(at.getHours() - (at.getHours() % step));
  }
  while (at.getTime() < start) {
    at.setTime(nextMark(at, step).getTime());
  }
  return at;
}

function nextMark(at: Date, step: number): Date {
  const next = new Date(at);
  if (step >= 24) {
    next.setDate(next.getDate() + step / 24);
    next.setHours(0, 0, 0, 0);
  } else {
    next.setHours(next.getHours() + step - (next.getHours() % step)); // even hours stay even when the clocks change
    if (next.getTime() <= at.getTime()) {
      next.setTime(at.getTime() + step * HOUR);
    }
  }
  return next;
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
export function weekends(start: number, hours: number): Span[] {
  const found: Span[] = [];
  const at = new Date(start);
  at.setHours(0, 0, 0, 0);
  at.setDate(at.getDate() - ((at.getDay() + 6) % 7) + 5);
  while (at.getTime() < start + hours * HOUR) {
    const from = (at.getTime() - start) / HOUR;
    const monday = new Date(at);
    monday.setDate(monday.getDate() + 2);
    const to = (monday.getTime() - start) / HOUR;
    if (to > 0) {
      found.push({from: Math.max(0, from), to: Math.min(hours, to)});
    }
    at.setDate(at.getDate() + 7);
  }
  return found;
}
