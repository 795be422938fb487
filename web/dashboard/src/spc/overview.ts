import type {TopicEvent} from '@headway/client';
import type {Limits, Severity} from './api.js';

/** A characteristic in a line: its last values, and how much is open. */
export interface Overview {
  values: readonly number[];
  open: number;
  worst: Severity | undefined;
  limits: Limits | undefined;
  /** Whether the last sample is in control; null when it was not judged. */
  judged?: boolean | null;
}

const KEPT = 40;
const GRAVEST: Severity[] = ['CRITICAL', 'WARNING', 'INFO'];

/** The overview after an event. What is open is counted anew with each snapshot. */
export function overviewOf(before: Overview | undefined, {type, data}: TopicEvent): Overview {
  const known = before ?? {values: [], open: 0, worst: undefined, limits: undefined};
  switch (type) {
    case 'snapshot': {
      const latest = (data['latest'] ?? []) as {value: number; in_control: boolean | null}[];
      const open = (data['open_violations'] ?? []) as {severity: Severity}[];
      const worst = GRAVEST.find((severity) => open.some((one) => one.severity === severity));
      const limits = data['limits'] as Limits | undefined;
      return {values: latest.map(({value}) => value).slice(-KEPT), open: (data['open_count'] as number | undefined) ?? open.length, worst, limits, judged: latest.at(-1)?.in_control};
    }
    case 'sample':
      return {...known, values: [...known.values, data['value'] as number].slice(-KEPT), judged: data['in_control'] as boolean | null};
    case 'violation':
      if (data['withdrawn'] === true) {
        return closed(known);
      }
      return {...known, open: known.open + 1, worst: graver(known.worst, data['severity'] as Severity)};
    case 'acknowledged':
      return closed(known);
    case 'limits':
      return {...known, limits: data as unknown as Limits};
    default:
      return known;
  }
}

/** With one violation fewer that is open. */
function closed(known: Overview): Overview {
  const open = Math.max(0, known.open - 1);
  return {...known, open, worst: open === 0 ? undefined : known.worst};
}

function graver(left: Severity | undefined, right: Severity): Severity {
  return left !== undefined && GRAVEST.indexOf(left) <= GRAVEST.indexOf(right) ? left : right;
}
