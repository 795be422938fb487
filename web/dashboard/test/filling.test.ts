import {describe, expect, test} from 'vitest';
import type {ComparedStrategy, Kpis} from '../src/filling/api.js';
import {compared, MEASURES, ranked} from '../src/filling/compare.js';
import {configOf} from '../src/filling/settings.js';
import {distance, isProved, tilesOf, versus} from '../src/filling/tiles.js';

describe('settings', () => {
  test('only what differs from the usual is sent', () => {
    expect(configOf({lines: '2', clean_hours: '24', window_hours: ' '})).toEqual({lines: 2});
    expect(configOf({changeover_same_hours: '2,5'})).toEqual({changeover_same_hours: 2.5});
  });

  test('what is no number goes as it is, for the server to name it', () => {
    expect(configOf({lines: 'two'})).toEqual({lines: 'two'});
  });
});

describe('figures', () => {
  const kpis: Kpis = {
    makespan_hours: 497.16, utilization_percent: 67.5, changeover_count: 11, avg_lot_duration: 22.4, fill_hours: 335.8, changeover_hours: 60,
    clean_count: 4, clean_hours: 96, lower_bound_hours: 493.2, gap_percent: 0.803, optimal: false,
    vs_given: {makespan_hours: -34.7, utilization_percent: 4.4},
  };

  test('say how they compare with the given order', () => {
    expect(versus(-48.04, ' h', 1, 'shorter', 'longer')).toBe('48.0 h shorter than as given');
    expect(versus(0.01, ' h', 1, 'shorter', 'longer')).toBeUndefined();
    expect(tilesOf(kpis)[0]).toMatchObject({value: '497.2', note: '34.7 h shorter than as given', good: true});
    expect(tilesOf({...kpis, vs_given: {}})[0]!.note).toBe('20.7 days');
  });

  test('the distance to the bound is a sentence', () => {
    expect(distance(kpis)).toBe('At most 0.80 % (4.0 h) above the shortest possible: nothing below 493.2 h can exist.');
    expect(distance({...kpis, optimal: true})).toContain('Proved');
  });

  test('with due dates the distance is that of makespan and tardiness', () => {
    const lateness = {due_lots: 3, late_lots: 1, tardiness_hours: 22, weighted_tardiness_hours: 66, cost_hours: 563.16};
    expect(tilesOf({...kpis, lateness}).at(-1)).toMatchObject({name: 'Late lots', value: '1', unit: 'of 3 due', good: false});
    expect(distance({...kpis, lateness, gap_percent: 5.2, lower_bound_hours: 535.3}))
      .toBe('563.2 h of makespan, weighted tardiness, at most 5.2 % above the least possible: nothing below 535.3 h can exist.');
    expect(distance({...kpis, lateness, optimal: true})).toContain('Proved: no schedule of these lots has less.');
  });

  test('nothing is called proved that the server does not call optimal, however near', () => {
    const near = {...kpis, makespan_hours: 848.7008, lower_bound_hours: 848.6787, gap_percent: 0.0026};
    expect(isProved(near)).toBe(false);
    expect(distance(near)).toBe('Less than 0.01 % above the shortest possible: nothing below 848.6787 h can exist.');
  });
});

describe('a comparison', () => {
  const rows: ComparedStrategy[] = [
    {strategy: 'a', status: 'completed', makespan: 220, changeovers: 5},
    {strategy: 'b', status: 'failed', error: 'no'},
    {strategy: 'c', status: 'completed', makespan: 200, changeovers: 5},
  ];
  const measure = (key: string) => MEASURES.find((one) => one.key === key)!;

  test('puts the shortest first, and what found nothing last', () => {
    expect(ranked(rows).map(({strategy}) => strategy)).toEqual(['c', 'a', 'b']);
  });

  test('marks the best, says how far the others are behind, draws from nought', () => {
    const [a, b, c] = compared(rows, measure('makespan'));
    expect(a).toEqual({value: 220, share: 100, best: false, behind: '+10 %'});
    expect(b).toEqual({value: undefined, share: 0, best: false, behind: ''});
    expect(c!.best).toBe(true);
    expect(c!.share).toBeCloseTo(90.9, 1);
  });

  test('marks nothing where all are the same', () => {
    expect(compared(rows, measure('changeovers')).some(({best}) => best)).toBe(false);
  });
});
