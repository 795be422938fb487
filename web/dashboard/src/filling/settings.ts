import {numberOf, type Typed} from '../ui/typed.js';

/** A setting of a plan that a person may change. */
export interface Setting {
  key: string;
  label: string;
  unit: string;
  /** What the server takes when nothing is said. */
  usual: number;
  hint?: string;
}

export const SETTINGS: Setting[] = [
  {key: 'lines', label: 'Lines', unit: '', usual: 1, hint: 'Equal lines, side by side'},
  {key: 'fill_rate_vph', label: 'Filling rate', unit: 'vials/h', usual: 19_920},
  {key: 'window_hours', label: 'Sterile window', unit: 'h', usual: 120, hint: 'Filling and changeovers after a clean'},
  {key: 'clean_hours', label: 'Clean', unit: 'h', usual: 24, hint: 'Before every block'},
  {key: 'changeover_same_hours', label: 'Changeover, same type', unit: 'h', usual: 4},
  {key: 'changeover_different_hours', label: 'Changeover, other type', unit: 'h', usual: 8},
  {key: 'time_limit_seconds', label: 'Time to search', unit: 's', usual: 60, hint: 'For strategies that search'},
  {key: 'seed', label: 'Seed', unit: '', usual: 1, hint: 'Of their random choices'},
];

/** The configuration that is sent: only what differs from the usual. */
export function configOf(typed: Typed): Record<string, number | string> {
  const config: Record<string, number | string> = {};
  for (const {key, usual} of SETTINGS) {
    const value = numberOf(typed[key]);
    if (value !== undefined && value !== usual) {
      config[key] = value;
    }
  }
  return config;
}
