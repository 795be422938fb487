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
const STEPS = [1, 2, 3, 6, 12, 24, 48, 96, 168, 336, 672];

const DAY_MONTH = new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'short'});
const WEEKDAY = new Intl.DateTimeFormat('en-GB', {weekday: 'short', day: 'numeric'});

/** The step between marks, in hours, at so many pixels an hour. */
export function stepAt(pixelsPerHour: number): number {
  return STEPS.find((step) => step * pixelsPerHour >= APART) ?? 672;
}

/**
 * Marks on round hours and days of the visitor's calendar, summer time and all.
 *
 * @param start the left edge, in milliseconds since 1970
 * @param within in hours from the left edge
 */
export function calendarTicks(start: number, within: Span, pixelsPerHour: number): Tick[] {
  const step = stepAt(pixelsPerHour);
  const ticks: Tick[] = [];
  for (let at = firstMark(start, step); at.getTime() <= start + within.to * HOUR; at = nextMark(at, step)) {
    if (at.getTime() < start + within.from * HOUR) {
      continue;
    }
    const midnight = at.getHours() === 0;
    const strong = step < 24 ? midnight : at.getDate() <= Math.max(1, step / 24 / 2);
    const clock = `${String(at.getHours()).padStart(2, '0')}:00`;
    const label = step < 24 ? (midnight ? DAY_MONTH.format(at) : clock) : step <= 48 ? WEEKDAY.format(at) : DAY_MONTH.format(at);
    ticks.push({at: (at.getTime() - start) / HOUR, label: step >= 24 && step <= 48 && at.getDate() === 1 ? DAY_MONTH.format(at) : label, strong});
  }
  return ticks;
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
