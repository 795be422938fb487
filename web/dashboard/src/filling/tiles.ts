import type {Tile} from '../ui/parts.js';
import {number} from '../words.js';
import type {Kpis} from './api.js';

/** How a figure compares with that of the lots in their given order; nothing where it is the same. */
export function versus(difference: number | undefined, unit: string, digits: number, less: string, more: string): string | undefined {
  if (difference === undefined || Math.abs(difference) < 0.5 * 10 ** -digits) {
    return undefined;
  }
  return `${number(Math.abs(difference), digits)}${unit} ${difference < 0 ? less : more} than as given`;
}

/** The figures of a schedule. */
export function tilesOf(kpis: Kpis): Tile[] {
  const given = kpis.vs_given ?? {};
  const days = kpis.makespan_hours / 24;
  return [
    {
      name: 'Makespan', value: number(kpis.makespan_hours, 1), unit: 'h', good: (given['makespan_hours'] ?? 0) < 0,
      note: versus(given['makespan_hours'], ' h', 1, 'shorter', 'longer') ?? `${number(days, 1)} days`,
    },
    {
      name: 'Utilisation', value: number(kpis.utilization_percent, 1), unit: '%', good: (given['utilization_percent'] ?? 0) > 0,
      note: versus(given['utilization_percent'], ' points', 1, 'less', 'more') ?? 'filling, of all the lines’ time',
    },
    {
      name: 'Changeovers', value: number(kpis.changeover_count), note: `${number(kpis.changeover_hours)} h in all`,
    },
    {
      name: 'Cleans', value: number(kpis.clean_count), note: `${number(kpis.clean_hours)} h in all`,
    },
    {
      name: 'Mean lot', value: number(kpis.avg_lot_duration, 1), unit: 'h', note: `${number(kpis.fill_hours, 1)} h of filling`,
    },
    ...lateTiles(kpis),
    ...movedTiles(kpis),
  ];
}

/** How late lots are, where any has a due date. */
function lateTiles({lateness}: Kpis): Tile[] {
  return lateness === undefined
    ? []
    : [{
        name: 'Late lots', value: number(lateness.late_lots), unit: `of ${number(lateness.due_lots)} due`, good: lateness.late_lots === 0,
        note: lateness.late_lots === 0 ? 'all in time' : `${number(lateness.tardiness_hours, 1)} h late, ${number(lateness.weighted_tardiness_hours, 1)} h by priority`,
      }];
}

/** Whether it is proved that no schedule of the lots is shorter: as the server says, for figures are rounded. */
export function isProved(kpis: Kpis): boolean {
  return kpis.optimal === true;
}

/** How many lots have another place, where there was an earlier plan. */
function movedTiles({moves}: Kpis): Tile[] {
  return moves === undefined
    ? []
    : [{
        name: 'Moved', value: number(moves.moved_lots), unit: `of ${number(moves.known_lots)} lots`, good: moves.moved_lots === 0,
        note: moves.moved_lots === 0 ? 'as in the earlier plan' : 'another line, or another lot before',
      }];
}

/** What a planner makes as small as it can, in hours: makespan, weighted tardiness and moves. */
export function costOf(kpis: Kpis): number {
  return kpis.makespan_hours + (kpis.lateness?.weighted_tardiness_hours ?? 0) + (kpis.moves?.cost_hours ?? 0);
}

/** How near to the shortest possible a schedule is, in a sentence. */
export function distance(kpis: Kpis): string {
  const {gap_percent: gap, lower_bound_hours: bound, makespan_hours: makespan} = kpis;
  if (kpis.lateness !== undefined || kpis.moves !== undefined) {
    return distanceOfCost(kpis);
  }
  if (isProved(kpis)) {
    return 'Proved: no schedule of these lots is shorter.';
  }
  if (gap === undefined || bound === undefined) {
    return 'How short a schedule of these lots can be is not known.';
  }
  if (gap < 0.005) {
    return `Less than 0.01 % above the shortest possible: nothing below ${number(bound, 4)} h can exist.`;
  }
  return `At most ${number(gap, gap < 1 ? 2 : 1)} % (${number(makespan - bound, 1)} h) above the shortest possible: nothing below ${number(bound, 1)} h can exist.`;
}

function distanceOfCost(kpis: Kpis): string {
  const {gap_percent: gap, lower_bound_hours: bound} = kpis;
  const what = `${number(costOf(kpis), 1)} h of makespan${kpis.lateness ? ', weighted tardiness' : ''}${kpis.moves ? ', moves' : ''}`;
  if (isProved(kpis)) {
    return `${what}. Proved: no schedule of these lots has less.`;
  }
  return gap === undefined || bound === undefined
    ? `${what}. How little is possible is not known.`
    : `${what}, at most ${number(gap, gap < 1 ? 2 : 1)} % above the least possible: nothing below ${number(bound, 1)} h can exist.`;
}
