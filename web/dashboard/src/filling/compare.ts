import {number} from '../words.js';
import type {ComparedStrategy, Kpis} from './api.js';

/** A figure by which strategies are compared. */
export interface Measure {
  key: string;
  label: string;
  unit: string;
  digits: number;
  /** Whether less of it is better. */
  lessIsBetter: boolean;
  of: (row: ComparedStrategy) => number | undefined;
}

const kpi = (key: keyof Kpis) => (row: ComparedStrategy): number | undefined => {
  const value = row.kpis_json?.[key];
  return typeof value === 'number' ? value : undefined;
};

export const MEASURES: Measure[] = [
  {key: 'makespan', label: 'Makespan', unit: 'h', digits: 1, lessIsBetter: true, of: (row) => row.makespan ?? undefined},
  {key: 'utilization', label: 'Utilisation', unit: '%', digits: 1, lessIsBetter: false, of: kpi('utilization_percent')},
  {key: 'changeovers', label: 'Changeovers', unit: '', digits: 0, lessIsBetter: true, of: (row) => row.changeovers ?? undefined},
  {key: 'changeover_hours', label: 'Changing over', unit: 'h', digits: 0, lessIsBetter: true, of: kpi('changeover_hours')},
  {key: 'cleans', label: 'Cleans', unit: '', digits: 0, lessIsBetter: true, of: kpi('clean_count')},
  {key: 'time', label: 'Time to plan', unit: 's', digits: 2, lessIsBetter: true, of: (row) => row.execution_time ?? undefined},
];

/** A strategy's figure beside those of the others. */
export interface Compared {
  value: number | undefined;
  /** The bar's length in percent of the greatest; all bars begin at nought. */
  share: number;
  best: boolean;
  /** How far it is from the best, in words; nothing for the best. */
  behind: string;
}

/** The figures of all strategies by one measure, in their order. */
export function compared(rows: readonly ComparedStrategy[], measure: Measure): Compared[] {
  const values = rows.map(measure.of);
  const known = values.filter((value) => value !== undefined);
  const best = measure.lessIsBetter ? Math.min(...known) : Math.max(...known);
  const most = Math.max(...known, 0);
  const step = 0.5 * 10 ** -measure.digits;
  const differ = known.some((value) => Math.abs(value - best) >= step); // else there is nothing to mark
  return values.map((value) => {
    if (value === undefined) {
      return {value, share: 0, best: false, behind: ''};
    }
    const near = Math.abs(value - best) < step;
    const share = most === 0 ? 0 : (100 * value) / most;
    return {value, share, best: near && differ, behind: near || best < step ? '' : signed((100 * (value - best)) / best)};
  });
}

function signed(percent: number): string {
  const text = number(Math.abs(percent), Math.abs(percent) < 10 ? 1 : 0);
  return `${percent < 0 ? '−' : '+'}${text} %`;
}

/** The strategies that found something, the shortest plan first; the others as they came. */
export function ranked(rows: readonly ComparedStrategy[]): ComparedStrategy[] {
  const length = (row: ComparedStrategy) => row.makespan ?? Infinity;
  return rows.toSorted((left, right) => (length(left) === length(right) ? 0 : length(left) - length(right)));
}
