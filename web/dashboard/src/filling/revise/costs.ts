import {number} from '../../words.js';
import type {ChangedPlan} from './revision.js';

/** The figures of a changed plan, and how far each is from the one before. */
export function costsOf({after, change}: ChangedPlan): {name: string; value: string; change: string}[] {
  const late = after.lateness;
  return [
    {name: 'Makespan', value: `${number(after.makespan_hours, 1)} h`, change: signed(change.makespan_hours, ' h', 1)},
    ...(late === undefined ? [] : [
      {name: 'Late lots', value: number(late.late_lots), change: signed(change.late_lots, '', 0)},
      {name: 'Tardiness', value: `${number(late.tardiness_hours, 1)} h`, change: signed(change.tardiness_hours, ' h', 1)},
    ]),
    {name: 'Changeovers', value: `${number(after.changeover_count)} · ${number(after.changeover_hours ?? 0, 1)} h`, change: signed(change.changeover_hours, ' h', 1)},
    {name: 'Cleans', value: number(after.clean_count ?? 0), change: signed(change.clean_count, '', 0)},
  ];
}

function signed(value: number, unit: string, digits: number): string {
  const shown = number(Math.abs(value), digits);
  return shown === number(0, digits) ? 'as before' : `${value > 0 ? '+' : '−'}${shown}${unit}`;
}
