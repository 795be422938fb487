import {describe, expect, test} from 'vitest';
import {characteristicOf, limitsOf, measurementsOf} from '../src/spc/draft.js';
import {faultsOf, numberOf} from '../src/ui/typed.js';

describe('what is typed', () => {
  test.each([['', undefined], ['  ', undefined], ['2,5', 2.5], [' 7 ', 7], ['-0.5', -0.5], ['two', 'two'], ['1e400', '1e400'], ['12,345', '12,345'], ['0,345', 0.345], ['12,3456', 12.3456]])(
    '%o is sent as %o', (text, sent) => expect(numberOf(text)).toBe(sent));

  test('faults stand at their field, the first of each; the others are told together', () => {
    expect(faultsOf([
      {field: 'config.clean_hours', message: 'too small'}, {field: 'clean_hours', message: 'odd'}, {field: 'lines[0].name', message: 'odd'},
      {field: 'strategy', message: 'x'}, {message: 'y'},
    ], ['clean_hours', 'lines'])).toEqual({fields: {clean_hours: 'too small', lines: 'odd'}, others: ['x', 'y']});
  });
});

describe('a new characteristic', () => {
  test('is sent without what was left empty', () => {
    expect(JSON.parse(JSON.stringify(characteristicOf({name: ' bore ', chart_type: '', subgroup_size: '5', usl: '13', lsl: ''})))).toEqual(
      {name: 'bore', description: '', subgroup_size: 5, usl: 13});
  });

  test('that counts has samples of one', () => {
    expect(characteristicOf({name: 'leaks', chart_type: 'p', subgroup_size: '5'})).toMatchObject({chart_type: 'p', subgroup_size: 1});
  });

  test('limits that are missing are named by the server', () => {
    expect(limitsOf({lcl: '7', ucl: '13 mm'})).toEqual({lcl: 7, center_line: null, ucl: '13 mm'});
  });

  test.each([
    ['individuals', 1, ['Measurement']],
    ['xbar_r', 3, ['Measurement 1', 'Measurement 2', 'Measurement 3']],
    ['c', 1, ['Defects']],
    ['np', 1, ['Defectives', 'Items inspected']],
  ] as const)('by hand, %s asks for its numbers', (chart_type, subgroup_size, asked) =>
    expect(measurementsOf({chart_type, subgroup_size})).toEqual(asked));
});
