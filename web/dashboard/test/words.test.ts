import {describe, expect, test} from 'vitest';
import {joined} from '../src/jobs/log.js';
import {match} from '../src/route-match.js';
import {ago, count, duration, label, number, significant, size} from '../src/words.js';

test.each([
  [400, '0.4 s'], [12_900, '12 s'], [200_000, '3 min 20 s'], [7_500_000, '2 h 5 min'], [190_000_000, '2 d 4 h'], [-5, '0.0 s'],
])('%d ms last %s', (ms, words) => expect(duration(ms)).toBe(words));

test.each([
  ['2026-11-21T10:00:00Z', 10, 'just now'], ['2026-11-21T10:00:00Z', 300, '5 min ago'], ['2026-11-21T10:00:00Z', 7_300, '2 h ago'],
])('%s, seen %d s later, is %s', (at, later, words) => expect(ago(at, Date.parse(at) + later * 1_000)).toBe(words));

test('numbers have their thousands apart, and none is a dash', () => {
  expect(number(1234.5, 1)).toBe('1,234.5');
  expect(number(null)).toBe('–');
  expect(count(1, 'lot')).toBe('1 lot');
  expect(count(1500, 'lot')).toBe('1,500 lots');
});

test.each([[0.7421123, '0.7421'], [9.123456, '9.1235'], [1234567, '1,234,567'], [0, '0.0000'], [1e-9, '1.0000e-9'], [Number.NaN, '–']])(
  '%d has the significant digits of %s', (value, text) => expect(significant(value)).toBe(text),
);

test('labels are words', () => {
  expect(label('smart-pack')).toBe('Smart pack');
  expect(label('')).toBe('');
});

describe('match', () => {
  test('gives the variable parts, decoded', () => {
    expect(match('/schedule/:id', '/schedule/12')).toEqual({id: '12'});
    expect(match('/schedule/:id', '/schedule/12/')).toEqual({id: '12'});
    expect(match('/x/:id', '/x/a%20b')).toEqual({id: 'a b'});
    expect(match('/x/:id', '/x/%zz')).toEqual({id: '%zz'});
    expect(match('/', '/')).toEqual({});
  });

  test('refuses other paths', () => {
    expect(match('/schedule/:id', '/schedule/')).toBeUndefined();
    expect(match('/schedule/:id', '/schedule/12/export')).toBeUndefined();
    expect(match('/', '/schedule')).toBeUndefined();
  });
});

describe('a log', () => {
  const line = (number: number) => ({number, at: '', stream: 'log', text: `line ${number}`});

  test('takes lines in order, each once, whichever way they come', () => {
    const live = joined([], [line(4), line(5)]);
    const whole = joined(live, [line(1), line(2), line(3), line(4)]);
    expect(whole.map(({number}) => number)).toEqual([1, 2, 3, 4, 5]);
    expect(joined(whole, [line(6)]).at(-1)?.number).toBe(6);
  });

  test('keeps the newest two thousand', () => {
    const lines = Array.from({length: 2_500}, (_, at) => line(at + 1));
    expect(joined([], lines)).toHaveLength(2_000);
    expect(joined([], lines)[0]?.number).toBe(501);
  });
});

test.each([
  [0, '0 bytes'], [1, '1 byte'], [999, '999 bytes'], [1_000, '1 kB'], [10_000, '10 kB'], [100_000, '100 kB'], [250_400, '250 kB'],
  [999_600, '1 MB'], [1_440_000, '1.44 MB'], [1_073_741_824, '1.07 GB'], [5e15, '5000 TB'],
])('%i bytes are %s', (bytes, text) => expect(size(bytes)).toBe(text));
