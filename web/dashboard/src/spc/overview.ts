import type {contract, TopicEvent} from '@headway/client';

/** A characteristic in a line: its newest values and limits, and how much is open. */
export type Line = contract.SpcOverviewEntry;

const KEPT = 40;

/**
 * The lines after an event of the topic `characteristics:all`; undefined when they are to be read anew, because the
 * topic has begun anew or there is a new characteristic.
 */
export function afterOverview(lines: readonly Line[], {type, data}: TopicEvent): readonly Line[] | undefined {
  if (type !== 'overview') {
    return undefined;
  }
  const changed = new Map((data['characteristics'] as Line[]).map((one) => [one.id, one]));
  const deleted = new Set(data['deleted'] as number[]);
  if ([...changed.keys()].some((id) => !lines.some((one) => one.id === id))) {
    return undefined;
  }
  return lines.filter(({id}) => !deleted.has(id)).map((one) => withNewest(one, changed.get(one.id)));
}

function withNewest(line: Line, changed: Line | undefined): Line {
  if (changed === undefined) {
    return line;
  }
  const taken = changed.value !== null && changed.timestamp !== line.timestamp;
  return {...line, ...changed, values: taken ? [...line.values, changed.value!].slice(-KEPT) : line.values};
}
