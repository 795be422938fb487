import type {contract, TopicEvent} from '@headway/client';

/** A characteristic in a line: its newest values and limits, and how much is open. */
export type Line = contract.SpcOverviewEntry;

/** The lines at hand, and how many characteristics there are. */
export interface Overview {
  lines: readonly Line[];
  total: number;
}

const KEPT = 40;

/**
 * The lines after an event of the topic `characteristics:all`, which they may know already; undefined when they are to
 * be read anew, because the topic has begun anew or there is a new characteristic.
 */
export function afterOverview({lines, total}: Overview, {type, data}: TopicEvent): Overview | undefined {
  if (type !== 'overview') {
    return undefined;
  }
  const changed = new Map((data['characteristics'] as Line[]).map((one) => [one.id, one]));
  const deleted = new Set(data['deleted'] as number[]);
  if ([...changed.keys()].some((id) => !lines.some((one) => one.id === id))) {
    return undefined;
  }
  const left = lines.filter(({id}) => !deleted.has(id)).map((one) => withNewest(one, changed.get(one.id)));
  return {lines: left, total: total + left.length - lines.length};
}

function withNewest(line: Line, changed: Line | undefined): Line {
  if (changed === undefined) {
    return line;
  }
  const taken = changed.value !== null && Date.parse(changed.timestamp ?? '') > Date.parse(line.timestamp ?? '1970-01-01');
  return {...line, ...changed, values: taken ? [...line.values, changed.value!].slice(-KEPT) : line.values};
}
