import {describe, expect, test} from 'vitest';
import type {Stage} from '../src/spc/api.js';
import {baselineWords, draftOf, NEW_STAGE, numbers, stageOf} from '../src/spc/stage-draft.js';

const LIMITS = {center_line: 5, ucl: 8, lcl: 2, method: 'r_bar' as const, sample_count: 25};
const STAGE: Stage = {id: 2, name: 'New tool', from: '2026-11-21T10:00:00Z', to: null, baseline: null, limits: LIMITS};

describe('a stage', () => {
  test('is sent with its baseline alone, and nothing of what was left empty', () => {
    const draft = {
      ...NEW_STAGE, limits: 'baseline' as const, baseline: 'first' as const, excludeBeyond: true,
      typed: {name: ' New tool ', from_sample: '12', first_samples: '25', center_line: '5'},
      leftOut: [{sample: '14', reason: ' gauge faulty '}, {sample: '', reason: 'never filled in'}],
    };
    expect(JSON.parse(JSON.stringify(stageOf(draft)))).toEqual({
      name: 'New tool', from_sample: 12,
      baseline: {first_samples: 25, exclude_beyond: true, left_out: [{sample_id: 14, reason: 'gauge faulty'}]},
    });
  });

  test('is sent with limits by hand, or of a known process', () => {
    const typed = {lcl: '2', center_line: '5,5', ucl: '8', sigma: '1'};
    expect(stageOf({...NEW_STAGE, limits: 'hand', typed})['limits']).toEqual({lcl: 2, center_line: 5.5, ucl: 8});
    expect(stageOf({...NEW_STAGE, limits: 'known', typed})['limits']).toEqual({center_line: 5.5, sigma: 1});
  });

  test('is sent with a set of rules and the multiple of the first', () => {
    const rules = (typed: Record<string, string>) => JSON.parse(JSON.stringify(stageOf({...NEW_STAGE, typed})))['rules'];
    expect(rules({preset: 'aiag'})).toEqual({preset: 'aiag'});
    expect(rules({multiple: '2,5'})).toEqual({rules: [{rule_id: 1, multiple: 2.5}]});
    expect(rules({})).toBeUndefined();
  });

  test('is changed from what it is, without losing its beginning or the samples left out', () => {
    const stage: Stage = {...STAGE, baseline: {kind: 'first', samples: 25, left_out: [{sample_id: 14, reason: 'gauge faulty'}]}};
    const draft = draftOf(stage);
    expect(stageOf(draft)['from']).toBe('2026-11-21T10:00:00.000Z');
    expect(draft.leftOut).toEqual([{sample: '14', reason: 'gauge faulty'}]);
  });

  test('tells the basis of its limits in words', () => {
    const words = (more: Partial<Stage>) => baselineWords({...STAGE, ...more});
    expect([
      words({}), words({baseline: {kind: 'known'}}), words({baseline: {kind: 'last', samples: 100_000}}),
      words({baseline: {kind: 'first', samples: 25, left_out: [{sample_id: 4, reason: 'x'}]}}),
      words({limits: {...LIMITS, center_line: null}}),
    ]).toEqual(['set by hand', 'known process', 'all samples then taken', 'first 25 samples, 1 left out', 'no limits']);
  });
});

test('numbers are listed one by one or as ranges; what is none goes as it is', () => {
  expect(numbers('3, 5;8-10 x')).toEqual([3, 5, 8, 9, 10, 'x']);
  expect(numbers(undefined)).toEqual([]);
});
