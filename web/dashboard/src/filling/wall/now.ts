import type {Activity} from '../api.js';

/** A line at a moment. */
export interface LineNow {
  line: string;
  /** What runs; absent before the first activity, in a pause, and after the last. */
  current?: Activity | undefined;
  /** How much of it is done, 0 to 1. */
  share: number;
  /** The fills and cleans that come, in their order. */
  next: Activity[];
}

/** What runs on each line at a moment, and what comes; lines in the order of their names. */
export function linesAt(activities: readonly Activity[], now: number, most: number): LineNow[] {
  return [...new Set(activities.map(({line}) => line))]
    .sort((left, right) => left.localeCompare(right, 'en', {numeric: true}))
    .map((line) => {
      const all = activities.filter((activity) => activity.line === line);
      const current = all.find(({start, end}) => Date.parse(start) <= now && now < Date.parse(end));
      const next = all
        .filter(({kind, start}) => kind !== 'CHANGEOVER' && Date.parse(start) > now)
        .sort((left, right) => Date.parse(left.start) - Date.parse(right.start))
        .slice(0, most);
      return {line, current, share: current ? shareOf(current, now) : 0, next};
    });
}

function shareOf({start, end}: Activity, now: number): number {
  return (now - Date.parse(start)) / Math.max(1, Date.parse(end) - Date.parse(start));
}
