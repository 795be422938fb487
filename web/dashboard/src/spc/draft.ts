import {numberOf, type Typed} from '../ui/typed.js';
import type {Characteristic} from './api.js';

type ChartType = Characteristic['chart_type'];

/** Charts as people choose them; the first is what the server takes when nothing is said. */
export const CHARTS: {value: ChartType | ''; text: string}[] = [
  {value: '', text: 'What is usual for the size of a sample'},
  {value: 'individuals', text: 'Individuals and moving range'},
  {value: 'xbar_r', text: 'Means and ranges (X̄, R)'},
  {value: 'xbar_s', text: 'Means and standard deviations (X̄, s)'},
  {value: 'median_r', text: 'Medians and ranges (X̃, R)'},
  {value: 'p', text: 'Share of defectives (p)'},
  {value: 'p_prime', text: 'Share of defectives, Laney (p′)'},
  {value: 'np', text: 'Number of defectives (np)'},
  {value: 'c', text: 'Number of defects (c)'},
  {value: 'u', text: 'Defects a unit (u)'},
  {value: 'u_prime', text: 'Defects a unit, Laney (u′)'},
];

/** Whether a chart counts instead of measuring. */
export function counts(chart: string | undefined): boolean {
  return ['p', 'p_prime', 'np', 'c', 'u', 'u_prime'].includes(chart ?? '');
}

export const FIELDS = ['name', 'description', 'chart_type', 'subgroup_size', 'lsl', 'target_value', 'usl'];
export const LIMIT_FIELDS = ['lcl', 'center_line', 'ucl'];

/** A characteristic as it is sent: nothing of what was left empty. */
export function characteristicOf(typed: Typed): Record<string, unknown> {
  const chart = typed['chart_type'] || undefined;
  return {
    name: (typed['name'] ?? '').trim(),
    description: (typed['description'] ?? '').trim(),
    chart_type: chart,
    subgroup_size: counts(chart) ? 1 : numberOf(typed['subgroup_size']),
    lsl: numberOf(typed['lsl']),
    target_value: numberOf(typed['target_value']),
    usl: numberOf(typed['usl']),
  };
}

/** Limits as they are sent; one that is missing is null, for the server to say so. */
export function limitsOf(typed: Typed): Record<string, unknown> {
  return Object.fromEntries(LIMIT_FIELDS.map((name) => [name, numberOf(typed[name]) ?? null]));
}

/** What is asked for when a sample is taken by hand. */
export function measurementsOf({chart_type: chart, subgroup_size: size}: Pick<Characteristic, 'chart_type' | 'subgroup_size'>): string[] {
  switch (chart) {
    case 'c':
      return ['Defects'];
    case 'u':
    case 'u_prime':
      return ['Defects', 'Units inspected'];
    case 'p':
    case 'p_prime':
    case 'np':
      return ['Defectives', 'Items inspected'];
    case 'individuals':
      return ['Measurement'];
    case 'xbar_r':
    case 'median_r':
    case 'xbar_s':
      return Array.from({length: size}, (_, at) => `Measurement ${at + 1}`);
  }
}
