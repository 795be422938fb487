import type {TopicEvent} from '@headway/client';
import type {Annotation} from './annotations.js';
import type {Limits, Lines, Sample, Violation} from './api.js';

/** What a control chart shows. */
export interface ChartState {
  points: readonly Sample[];
  limits: Limits;
  /** By number; the open ones and the newest of the others. */
  violations: ReadonlyMap<number, Violation>;
  /** How many open violations are not among these. */
  unlisted: number;
  /** What people have said about the samples. */
  annotations: readonly Annotation[];
  /** How many events other than samples have changed it. */
  changes: number;
}

export const NO_LIMITS: Limits = {center_line: null, ucl: null, lcl: null, method: null, sample_count: 0};
export const EMPTY: ChartState = {points: [], limits: NO_LIMITS, violations: new Map(), unlisted: 0, annotations: [], changes: 0};

/** Events after which points, limits or the specification are others than those that are drawn. */
const ANEW = new Set(['snapshot', 'limits', 'specification', 'correction', 'stage']);

/** How many violations are open: counted, since a number of its own would have been read at another moment. */
export function openViolations({violations, unlisted}: ChartState): number {
  return unlisted + [...violations.values()].filter(({acknowledged}) => !acknowledged).length;
}

/**
 * The chart after an event of its characteristic, which it may know already; undefined when it is to be read anew.
 *
 * @param most how many points are shown: the newest
 */
export function after(state: ChartState, event: TopicEvent, most: number): ChartState | undefined {
  if (ANEW.has(event.type)) {
    return undefined;
  }
  if (event.type === 'sample') {
    return sampled(state, event.data as unknown as Sample, most);
  }
  return {...changed(state, event), changes: state.changes + 1};
}

function changed(state: ChartState, event: TopicEvent): ChartState {
  switch (event.type) {
    case 'excluded': {
      const sample = event.data as unknown as Sample;
      return {...state, points: state.points.map((one) => (one.sample_id === sample.sample_id ? {...one, ...sample} : one))};
    }
    case 'violation': {
      const told = event.data as unknown as Violation & {withdrawn?: boolean};
      if (told.withdrawn) {
        return {...state, unlisted: unlisted(state, told), violations: without(state.violations, told.violation_id)};
      }
      const sample = state.points.find(({sample_id: id}) => id === told.sample_id);
      const violation = {...told, timestamp: sample?.timestamp ?? event.at} as Violation;
      return {...state, violations: put(state.violations, violation), points: marked(state.points, violation)};
    }
    case 'acknowledged': {
      const answered = event.data as unknown as Violation;
      return {...state, unlisted: unlisted(state, answered), violations: put(state.violations, answered)};
    }
    default:
      return state;
  }
}

/** How many open violations are not listed once this one is not open any more. */
function unlisted(state: ChartState, {violation_id: id}: Violation): number {
  return state.violations.has(id) ? state.unlisted : Math.max(0, state.unlisted - 1);
}

function sampled(state: ChartState, sample: Sample, most: number): ChartState {
  const ids = sample.violation_ids ?? [];
  const violations = ids.reduce((all, id) => grown(all, id, sample), state.violations);
  const known = state.points.some(({sample_id: id}) => id === sample.sample_id);
  const points = known ? state.points : [...state.points, sample].slice(-most);
  return violations === state.violations && known ? state : {...state, violations, points};
}

/** A pattern that goes on is one violation that grows. */
function grown(violations: ReadonlyMap<number, Violation>, id: number, sample: Sample): ReadonlyMap<number, Violation> {
  const known = violations.get(id);
  if (known === undefined || (known.last_sample_id ?? known.sample_id) >= sample.sample_id) {
    return violations;
  }
  return put(violations, {...known, last_sample_id: sample.sample_id, sample_count: (known.sample_count ?? 1) + 1});
}

function without(violations: ReadonlyMap<number, Violation>, id: number): ReadonlyMap<number, Violation> {
  const others = new Map(violations);
  others.delete(id);
  return others;
}

function put(violations: ReadonlyMap<number, Violation>, violation: Violation): ReadonlyMap<number, Violation> {
  const known = violations.get(violation.violation_id);
  return new Map(violations).set(violation.violation_id, {...known, ...violation});
}

function marked(points: readonly Sample[], violation: Violation): readonly Sample[] {
  return points.map((one) =>
    one.sample_id === violation.sample_id && !one.violation_ids?.includes(violation.violation_id)
      ? {...one, violation_ids: [...(one.violation_ids ?? []), violation.violation_id]}
      : one);
}

/** Violations as people work through them: what is open first, the gravest and newest of it first. */
export function inOrder(violations: ReadonlyMap<number, Violation>): Violation[] {
  const weight = {CRITICAL: 0, WARNING: 1, INFO: 2};
  return [...violations.values()].sort(
    (left, right) =>
      Number(left.acknowledged ?? false) - Number(right.acknowledged ?? false) ||
      (left.acknowledged ? 0 : weight[left.severity] - weight[right.severity]) ||
      right.violation_id - left.violation_id);
}

/** The limits that a point is judged by: its own where samples differ in size. */
export function linesAt(sample: Sample, limits: Limits): Lines | undefined {
  const ucl = sample.ucl ?? limits.ucl;
  const center = sample.center_line ?? limits.center_line;
  const lcl = sample.lcl ?? limits.lcl;
  return ucl === null || center === null || lcl === null ? undefined : {ucl, center_line: center, lcl};
}

/** The lines that the points from one to another have in common. */
export interface Run {
  from: number;
  to: number;
  lines: Lines;
}

/** Neighbouring points with the same limits, as runs. */
export function runs(points: readonly Sample[], limits: Limits): Run[] {
  const found: Run[] = [];
  points.forEach((point, at) => {
    const lines = linesAt(point, limits);
    const last = found.at(-1);
    if (lines === undefined) {
      return;
    }
    if (last && last.to === at - 1 && last.lines.ucl === lines.ucl && last.lines.lcl === lines.lcl && last.lines.center_line === lines.center_line) {
      last.to = at;
    } else {
      found.push({from: at, to: at, lines});
    }
  });
  return found;
}

const SPREADS: ReadonlySet<string | undefined> = new Set(['moving_range', 'range', 'standard_deviation']);

/** A sample as the main chart marks it: with the violations of that chart alone. */
export function onMainChart(sample: Sample, violations: ChartState['violations']): Sample {
  return {...sample, violation_ids: (sample.violation_ids ?? []).filter((id) => !SPREADS.has(violations.get(id)?.chart))};
}

/** A sample as the chart of the spread draws it: its own limits there, and the violations of that chart alone. */
export function onSpreadChart(sample: Sample, violations: ChartState['violations']): Sample {
  const {ucl: _, lcl: __, center_line: ___, spread_lines: lines, ...one} = sample;
  const spread = one.spread ?? 0;
  const zone = lines === undefined ? null : spread > lines.ucl ? 'beyond_ucl' : spread < lines.lcl ? 'beyond_lcl' : null;
  return {...one, ...lines, zone, violation_ids: (one.violation_ids ?? []).filter((id) => SPREADS.has(violations.get(id)?.chart))};
}

/** The points that begin another stage than the one before them lies in. */
export function borders(points: readonly Sample[]): number[] {
  return points.flatMap((point, at) => (at > 0 && point.stage_id !== points[at - 1]!.stage_id ? [at] : []));
}

/** Whether a point lies beyond its limits, and is not merely part of a pattern. */
export function isBeyond(sample: Sample): boolean {
  return sample.zone === 'beyond_ucl' || sample.zone === 'beyond_lcl';
}

/** The least and greatest of what must be seen, with some air. */
export function rangeOf(values: readonly (number | null | undefined)[]): [number, number] {
  const known = values.filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
  if (known.length === 0) {
    return [0, 1];
  }
  const least = Math.min(...known);
  const most = Math.max(...known);
  const same = most - least <= 1e-9 * Math.abs(most); // but for what is lost in calculating
  const air = (same ? Math.abs(most) || 1 : most - least) * 0.08;
  return [least - air, most + air];
}

const ZONES: Record<string, string> = {
  beyond_ucl: 'above the upper limit',
  zone_a_upper: 'zone A, upper',
  zone_b_upper: 'zone B, upper',
  zone_c_upper: 'zone C, upper',
  zone_c_lower: 'zone C, lower',
  zone_b_lower: 'zone B, lower',
  zone_a_lower: 'zone A, lower',
  beyond_lcl: 'below the lower limit',
};

/** A zone in words. */
export function zoneWords(zone: string | null): string {
  return zone === null ? 'not judged' : (ZONES[zone] ?? zone);
}
