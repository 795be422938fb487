import type {TopicEvent} from '@headway/client';
import {describe, expect, test} from 'vitest';
import type {Limits, Sample, Violation} from '../src/spc/api.js';
import {afterOverview, type Line} from '../src/spc/overview.js';
import {decimals, exact, line, plotted} from '../src/spc/digits.js';
import {after as afterEvent, borders, type ChartState, EMPTY, inOrder, isBeyond, onMainChart, onSpreadChart, openViolations, rangeOf, runs, zoneWords} from '../src/spc/state.js';

const LIMITS: Limits = {center_line: 5, ucl: 8, lcl: 2, method: 'r_bar', sample_count: 25};

function sample(id: number, more: Partial<Sample> = {}): Sample {
  return {sample_id: id, timestamp: '2026-11-21T10:00:00Z', value: 5, zone: 'zone_c_upper', in_control: true, ...more};
}

function violation(id: number, more: Partial<Violation> = {}): Violation {
  return {violation_id: id, sample_id: 1, rule_id: 1, rule_name: 'One point beyond 3 sigma', severity: 'CRITICAL', ...more};
}

function event(type: string, data: object): TopicEvent {
  return {topic: 'characteristic:1', cursor: 'e-1', type, at: '2026-11-21T10:00:01Z', data: {...data}};
}

const after = (chart: ChartState, heard: TopicEvent, most: number): ChartState => afterEvent(chart, heard, most)!;

const CHART: ChartState = {...EMPTY, points: [sample(1), sample(2)], limits: LIMITS};

describe('a chart', () => {
  test('takes new samples in, drops the oldest, and takes none twice', () => {
    const next = after(CHART, event('sample', sample(3)), 2);
    expect(next.points.map(({sample_id: id}) => id)).toEqual([2, 3]);
    expect(after(next, event('sample', sample(3)), 2)).toBe(next);
  });

  test('marks the sample of a violation', () => {
    const next = after(CHART, event('violation', violation(7, {sample_id: 2})), 10);
    expect(next.points[1]!.violation_ids).toEqual([7]);
    expect(next.violations.get(7)!.timestamp).toBe(CHART.points[1]!.timestamp);
    expect(after(next, event('violation', violation(7, {sample_id: 2})), 10).points[1]!.violation_ids).toEqual([7]);
  });

  test('a pattern that goes on is one violation that grows', () => {
    const begun = after(CHART, event('violation', violation(7, {sample_id: 2})), 10);
    const grown = after(begun, event('sample', sample(3, {violation_ids: [7]})), 10);
    expect(grown.violations.get(7)).toMatchObject({last_sample_id: 3, sample_count: 2});
  });

  test('keeps what it knows of a violation that is acknowledged', () => {
    const open = after(CHART, event('violation', violation(7)), 10);
    const done = after(open, event('acknowledged', {violation_id: 7, acknowledged: true, ack_user: 'ada', ack_reason: 'tool worn'}), 10);
    expect(done.violations.get(7)).toMatchObject({rule_name: 'One point beyond 3 sigma', acknowledged: true, ack_user: 'ada'});
  });

  test('shows samples that are left out, and other limits', () => {
    expect(after(CHART, event('excluded', {...sample(2), excluded: true}), 10).points[1]!.excluded).toBe(true);
    expect(afterEvent(CHART, event('limits', {...LIMITS, ucl: 9}), 10)).toBeUndefined(); // to be read anew: it was judged anew
    expect(after(CHART, event('something newer', {}), 10)).toEqual({...CHART, changes: 1});
  });
});

test('open violations come first, the gravest first, then the newest; the others by age', () => {
  const all = [
    violation(1, {acknowledged: true}), violation(2, {severity: 'WARNING'}), violation(3), violation(4), violation(5, {acknowledged: true, severity: 'INFO'}),
  ];
  expect(inOrder(new Map(all.map((one) => [one.violation_id, one]))).map(({violation_id: id}) => id)).toEqual([4, 3, 2, 5, 1]);
});

describe('runs of limits', () => {
  test('neighbours with the same limits are one run, others begin a new one', () => {
    const found = runs([sample(1), sample(2), sample(3, {ucl: 9, center_line: 5, lcl: 1}), sample(4)], LIMITS);
    expect(found.map(({from, to, lines}) => [from, to, lines.ucl])).toEqual([[0, 1, 8], [2, 2, 9], [3, 3, 8]]);
  });

  test('without limits there are none', () => {
    expect(runs([sample(1)], {...LIMITS, ucl: null})).toEqual([]);
  });
});

test('the range has some air, and is something for nothing', () => {
  expect(rangeOf([1, null, 3, undefined])).toEqual([0.84, 3.16]);
  expect(rangeOf([2])[0]).toBeLessThan(2);
  expect(rangeOf([0.1 + 0.2, 0.3])[1]).toBeGreaterThan(0.32);
  expect(rangeOf([])).toEqual([0, 1]);
});

test('a point is beyond the limits by its zone alone', () => {
  expect(isBeyond(sample(1, {zone: 'beyond_lcl'}))).toBe(true);
  expect(isBeyond(sample(1, {zone: 'zone_a_upper', in_control: false}))).toBe(false);
  expect(zoneWords(null)).toBe('not judged');
  expect(zoneWords('zone_a_lower')).toBe('zone A, lower');
});

describe('an overview', () => {
  const one: Line = {
    id: 7, name: 'bore', description: '', chart_type: 'individuals', subgroup_size: 1, varying_size: false, target_value: null, usl: null, lsl: null,
    value: 5, timestamp: '2026-11-21T10:00:00Z', in_control: true, open: 0, worst: null, lcl: 2, center_line: 5, ucl: 8, values: [4, 5],
  };
  const changed = (more: object, deleted: number[] = []) => event('overview', {characteristics: [{id: 7, ...more}], deleted});

  const overview = (...lines: Line[]) => ({lines, total: 1_000 + lines.length});

  test('takes the newest values and counts of what has changed', () => {
    const next = afterOverview(overview(one, {...one, id: 8}), changed({value: 9, timestamp: '2026-11-21T10:01:00Z', open: 1, worst: 'CRITICAL', in_control: false}))!;
    expect(next.lines[0]).toMatchObject({name: 'bore', values: [4, 5, 9], open: 1, worst: 'CRITICAL', in_control: false});
    expect(next.lines[1]).toEqual({...one, id: 8});
    expect(afterOverview(overview(one), changed({value: 5, timestamp: one.timestamp, open: 1}))!.lines[0]!.values).toEqual([4, 5]);
  });

  test('takes no value twice that was read already, also where a newer one was', () => {
    const read = overview({...one, values: [4, 5, 6]});
    const older = changed({value: 4, timestamp: '2026-11-21T09:59:00Z', open: 0});
    expect(afterOverview(read, older)!.lines[0]!.values).toEqual([4, 5, 6]);
  });

  test('forgets what was deleted, and is read anew for what it does not know', () => {
    expect(afterOverview(overview(one, {...one, id: 8}), event('overview', {characteristics: [], deleted: [8]}))).toEqual(overview(one));
    expect(afterOverview(overview(one), event('overview', {characteristics: [{...one, id: 9}], deleted: []}))).toBeUndefined();
    expect(afterOverview(overview(one), event('snapshot', {overview: '/api/v1/characteristics/overview'}))).toBeUndefined();
  });
});

describe('what is open', () => {
  const known = (...all: Violation[]) => new Map(all.map((one) => [one.violation_id, one]));
  const answered = (id: number) => event('acknowledged', {...violation(id), acknowledged: true});
  const withdrawn = (id: number) => event('violation', {...violation(id), withdrawn: true});

  test('is counted, also beyond the violations that are at hand', () => {
    const chart = {...CHART, unlisted: 149, violations: known(violation(7))};
    expect(openViolations(chart)).toBe(150);
    expect(openViolations(after(chart, event('violation', violation(8)), 10))).toBe(151);
    expect(openViolations(after(chart, answered(7), 10))).toBe(149);
    expect(openViolations(after(chart, answered(3), 10))).toBe(149);
    const next = after(chart, withdrawn(7), 10);
    expect([openViolations(next), next.violations.has(7)]).toEqual([149, false]);
  });

  test('is right whether an event was read already or not', () => {
    const open = {...CHART, violations: known(violation(7))};
    expect(openViolations(after(open, event('violation', violation(7)), 10))).toBe(1);
    const done = {...CHART, violations: known(violation(7, {acknowledged: true}), violation(8))};
    expect(openViolations(after(done, answered(7), 10))).toBe(1);
    expect(openViolations(after({...CHART, violations: known(violation(8))}, withdrawn(7), 10))).toBe(1);
  });

  test('a pattern grows by a sample that was read before its violation was', () => {
    const read = {...CHART, points: [sample(1), sample(2, {violation_ids: [7]})], violations: known(violation(7))};
    expect(after(read, event('sample', sample(2, {violation_ids: [7]})), 10).violations.get(7)).toMatchObject({last_sample_id: 2, sample_count: 2});
  });
});

describe('a violation', () => {
  test('is marked on its own chart', () => {
    const violations = new Map([[1, violation(1, {chart: 'individual'})], [2, violation(2, {chart: 'moving_range'})]]);
    const point = sample(3, {violation_ids: [1, 2], spread: 9, spread_lines: {center_line: 1, ucl: 4, lcl: 0}});
    expect(onMainChart(point, violations).violation_ids).toEqual([1]);
    expect(onSpreadChart(point, violations)).toMatchObject({violation_ids: [2], ucl: 4, zone: 'beyond_ucl'});
  });
});

describe('numbers', () => {
  test('have the digits that they were measured with', () => {
    expect([exact(74.0029), exact(12345), exact(0.1 + 0.2), decimals(74.0029), exact(null)]).toEqual(['74.0029', '12,345', '0.3', 4, '–']);
    expect(plotted(sample(1, {value: 74.0029, measurements: [74.0029], range: 0}))).toBe('74.0029');
    expect(plotted(sample(1, {value: 74.00285714, measurements: [74.002, 74.003], range: 0.001}))).toBe('74.0029');
    expect(plotted(sample(1, {value: 0.0612345, measurements: [3, 49], range: null}))).toBe('0.0612');
  });

  test('of limits tell them apart', () => {
    expect(line(74.00788, {ucl: 74.00788, lcl: 74.00257})).toBe('74.008');
    expect(line(5, {ucl: null, lcl: null})).toBe('5.0000');
  });
});

test('the border of two stages is before the first point of the later one', () => {
  expect(borders([sample(1, {stage_id: 1}), sample(2, {stage_id: 1}), sample(3, {stage_id: 2}), sample(4, {stage_id: 2})])).toEqual([2]);
});
