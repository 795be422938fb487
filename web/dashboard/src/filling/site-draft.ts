import {numberOf} from '../ui/typed.js';

/** A line as a person describes it. */
export interface LineDraft {
  name: string;
  window_hours: string;
  fill_rate_vph: string;
}

/** A weekly shift as a person describes it. */
export interface ShiftDraft {
  /** The position of the line whose own it is; all lines' when absent. */
  line?: number;
  days: readonly string[];
  from: string;
  to: string;
}

/** A time without work, by day or moment. */
export interface ShutdownDraft {
  /** The position of the line whose own it is; all lines' when absent. */
  line?: number;
  from: string;
  to: string;
}

/** The site: when the schedule begins, by which clocks, on which lines, when they work, and how long changeovers take. */
export interface SiteDraft {
  start: string;
  zone: string;
  lines: readonly LineDraft[];
  shifts: readonly ShiftDraft[];
  shutdowns: readonly ShutdownDraft[];
  /** A table of hours as spreadsheets copy it. */
  matrix: string;
}

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export const NO_SITE: SiteDraft = {start: '', zone: '', lines: [], shifts: [], shutdowns: [], matrix: ''};
export const NEW_LINE: LineDraft = {name: '', window_hours: '', fill_rate_vph: ''};
export const NEW_SHIFT: ShiftDraft = {days: DAYS.slice(0, 5), from: '06:00', to: '22:00'};
export const NEW_SHUTDOWN: ShutdownDraft = {from: '', to: ''};

export type Config = Record<string, unknown>;

/** The settings that a site makes; nothing for what is not said. */
export function siteConfig(site: SiteDraft): Config {
  const config: Config = {};
  const put = (key: string, value: unknown, wanted: boolean) => {
    if (wanted) {
      config[key] = value;
    }
  };
  put('start_time', site.start, site.start !== '');
  put('time_zone', site.zone.trim(), site.zone.trim() !== '');
  const shifts = ofLine(site.shifts, undefined).map(shiftOf);
  const shutdowns = ofLine(site.shutdowns, undefined).map(shutdownOf);
  put('lines', site.lines.map((line, at) => ({...lineOf(line), ...calendarOf(site, at)})), site.lines.length > 0);
  put('shifts', shifts, shifts.length > 0);
  put('shutdowns', shutdowns, shutdowns.length > 0);
  put('changeover_matrix', matrixOf(site.matrix), site.matrix.trim() !== '');
  return config;
}

/** What is a line's own, or all lines'. */
function ofLine<T extends {line?: number}>(all: readonly T[], wanted: number | undefined): T[] {
  return all.filter(({line}) => line === wanted);
}

/** The site without one of its lines and what was that line's own. */
export function withoutLine(site: SiteDraft, gone: number): SiteDraft {
  const left = <T extends {line?: number}>(all: readonly T[]): T[] =>
    all.flatMap((item) => (item.line === gone ? [] : item.line === undefined || item.line < gone ? [item] : [{...item, line: item.line - 1}]));
  return {...site, lines: replaced(site.lines, gone, undefined), shifts: left(site.shifts), shutdowns: left(site.shutdowns)};
}

/** A line's own shifts, which replace those of all lines, and its own shutdowns beside theirs. */
function calendarOf(site: SiteDraft, line: number): Config {
  const shifts = ofLine(site.shifts, line);
  const shutdowns = ofLine(site.shutdowns, line);
  return {
    ...(shifts.length > 0 && {shifts: shifts.map(shiftOf)}),
    ...(shutdowns.length > 0 && {shutdowns: [...ofLine(site.shutdowns, undefined), ...shutdowns].map(shutdownOf)}),
  };
}

function shiftOf({days, from, to}: ShiftDraft): Config {
  return {days, from, to};
}

function shutdownOf({from, to}: ShutdownDraft): Config {
  return {from, to};
}

function lineOf({name, window_hours, fill_rate_vph}: LineDraft): Config {
  const line: Config = {};
  if (name.trim() !== '') {
    line['name'] = name.trim();
  }
  for (const [key, text] of [['window_hours', window_hours], ['fill_rate_vph', fill_rate_vph]] as const) {
    const value = numberOf(text);
    if (value !== undefined) {
      line[key] = value;
    }
  }
  return line;
}

/**
 * Hours by type before and type after, of a table whose first row and first column name the types. Cells are apart by
 * tabs, semicolons or commas, whichever the first row has.
 */
export function matrixOf(text: string): Record<string, Record<string, number | string>> {
  const rows = text.split(/\r?\n/).filter((row) => row.trim() !== '');
  const apart = ['\t', ';', ','].find((mark) => rows[0]?.includes(mark)) ?? '\t';
  const [head = [], ...below] = rows.map((row) => row.split(apart).map((cell) => cell.trim()));
  const matrix: Record<string, Record<string, number | string>> = {};
  for (const [from = '', ...hours] of below) {
    const row: Record<string, number | string> = {};
    head.slice(1).forEach((to, at) => {
      const value = numberOf(hours[at]);
      if (value !== undefined) {
        row[to] = value;
      }
    });
    matrix[from] = row;
  }
  return matrix;
}

/** A list with one of its items changed, or taken out. */
export function replaced<T>(items: readonly T[], at: number, item: T | undefined): readonly T[] {
  return items.flatMap((other, index) => (index !== at ? [other] : item === undefined ? [] : [item]));
}
