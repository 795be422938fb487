import {expect, test} from 'vitest';
import type {Capability} from '../src/spc/api.js';
import {normality} from '../src/spc/capability.js';
import {chartSvg} from '../src/spc/chart-svg.js';
import {type Column, moved, turnOf, within, zoomed} from '../src/spc/period.js';

const MINUTE = 60_000;

const SERIES: Column = {from: '2026-01-01T00:00:00Z', to: '2026-01-01T10:00:00Z', samples: 600, min: 1, max: 2};
const START = Date.parse(SERIES.from);

function minutes(from: number, to: number): {from: number; to: number} {
  return {from: START + from * MINUTE, to: START + to * MINUTE};
}

test('a period is made narrower and wider about a place of it', () => {
  expect(zoomed(minutes(0, 100), 0.5)).toEqual(minutes(25, 75));
  expect(zoomed(minutes(0, 100), 0.5, 1)).toEqual(minutes(50, 100));
  expect(zoomed(minutes(25, 75), 2)).toEqual(minutes(0, 100));
  const narrowest = zoomed({from: START, to: START + 10}, 0.5);
  expect(narrowest.to - narrowest.from).toBe(1_000);
});

test('a period moves by a share of its length, and never out of the series', () => {
  expect(moved(minutes(100, 200), -0.75)).toEqual(minutes(25, 125));
  expect(within(minutes(-50, 50), SERIES)).toEqual(minutes(0, 100));
  expect(within(minutes(590, 690), SERIES)).toEqual(minutes(500, 600));
  expect(within(minutes(-100, 1_000), SERIES)).toEqual(minutes(0, 600));
});

test('the wheel scrolls the page, unless it is asked to zoom or to go sideways', () => {
  const chart = {getBoundingClientRect: () => ({left: 0, width: 100})} as Element;
  const wheel = (more: object) => ({clientX: 50, deltaX: 0, deltaY: 0, preventDefault: () => undefined, ...more}) as WheelEvent;
  expect(turnOf(wheel({deltaY: 10}), chart)).toBeUndefined();
  expect(turnOf(wheel({deltaY: 10, ctrlKey: true}), chart)!(minutes(0, 100))).toEqual(minutes(-12.5, 112.5));
  expect(turnOf(wheel({deltaY: 10, shiftKey: true}), chart)!(minutes(0, 100))).toEqual(minutes(10, 110));
  expect(turnOf(wheel({deltaX: -10}), chart)!(minutes(0, 100))).toEqual(minutes(-10, 90));
});

test('a normality check says what follows for the indices', () => {
  const said = (test: {statistic: number; p_value: number} | null, measurements = 100) =>
    normality({distribution: {measurements, bins: [], below_lsl: null, above_usl: null, normality: test}} as Pick<Capability, 'distribution'>);
  expect(said(null)).toContain('at least 8');
  expect(said({statistic: 0.3, p_value: 0.58})).toBe('Anderson-Darling: A² = 0.300, p = 0.580. Nothing speaks against a normal distribution.');
  expect(said({statistic: 9, p_value: 1e-20})).toContain('p < 0.001. The measurements are not normally distributed');
  expect(said({statistic: 9, p_value: 1e-20}, 1_000_000)).toContain('look at the histogram');
});

test('a drawing of a chart has its points, lines and a title that is text', () => {
  const point = (id: number, value: number, more: object = {}) => ({sample_id: id, timestamp: '2026-01-01T00:00:00Z', value, zone: null, in_control: true, ...more});
  const svg = chartSvg({
    title: 'Bore <3 & more', usl: 14, lsl: null, annotations: [{annotation_id: 1, characteristic_id: 1, sample_id: 2, text: 'gauge <B>', author: 'eva', at: '2026-01-01T00:00:00Z'}], limits: {center_line: 10, ucl: 13, lcl: 7, method: 'known', sample_count: 0},
    points: [point(1, 10), point(2, 15, {zone: 'beyond_ucl', violation_ids: [1]}), point(3, 9, {excluded: true})],
  });
  expect(svg).toContain('Bore &#60;3 &#38; more');
  expect(svg).toContain('gauge &#60;B&#62; (eva)');
  expect(svg.match(/<circle/g)).toHaveLength(2);
  expect(svg.match(/fill="#b3261e"/g)).toHaveLength(1);
  expect(svg).toContain('UCL 13.0');
  expect(svg).toContain('USL 14.0');
  expect(svg).not.toContain('NaN');
});
