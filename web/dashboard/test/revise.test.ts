import {describe, expect, test} from 'vitest';
import type {Activity, ActivityKind} from '../src/filling/api.js';
import {byLine, type Item} from '../src/filling/gantt/layout.js';
import {add, EMPTY, type History, redo, undo} from '../src/filling/revise/history.js';
import {described, dropped, recleaned, shifted} from '../src/filling/revise/moves.js';
import {costsOf} from '../src/filling/revise/costs.js';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 10, 23);

/** A line of ten-hour cleans, `|`, and fills, their letters, one after the other. */
function line(name: string, text: string): Activity[] {
  return [...text].map((letter, at) => ({
    start: new Date(START + at * 10 * HOUR).toISOString(), end: new Date(START + (at + 1) * 10 * HOUR).toISOString(),
    kind: (letter === '|' ? 'CLEAN' : 'FILL') as ActivityKind, line: name, note: '', duration_hours: 10,
    ...(letter !== '|' && {lot_id: letter, lot_type: 'x'}),
  }));
}

const LAYOUT = byLine([...line('Line 1', '|AB|CD'), ...line('Line 2', '|E')], undefined, ['Line 1', 'Line 2', 'Line 3']);

function lot(id: string): Item {
  return LAYOUT.tracks.flatMap(({items}) => items).find(({activity}) => activity.lot_id === id)!;
}

function at(hours: number): number {
  return START + hours * HOUR;
}

describe('a lot that is dropped', () => {
  test('comes after the last lot whose middle is earlier, and stays where that is its own place', () => {
    expect(dropped(LAYOUT, lot('A'), 0, at(27))).toEqual({lot_id: 'A', line: 'Line 1', after: 'B'});
    expect(dropped(LAYOUT, lot('D'), 1, at(40))).toEqual({lot_id: 'D', line: 'Line 2', after: 'E'});
    expect(dropped(LAYOUT, lot('B'), 0, at(21))).toBeUndefined();
  });

  test('joins the block whose side of the clean it is on, and the first block in front of its lots', () => {
    expect(dropped(LAYOUT, lot('E'), 0, at(31))).toEqual({lot_id: 'E', line: 'Line 1', after: 'B'});
    expect(dropped(LAYOUT, lot('E'), 0, at(39))).toEqual({lot_id: 'E', line: 'Line 1', before: 'C'});
    expect(dropped(LAYOUT, lot('E'), 0, at(2))).toEqual({lot_id: 'E', line: 'Line 1', before: 'A'});
  });

  test('may go to a line that has none', () => {
    expect(dropped(LAYOUT, lot('A'), 2, at(5))).toEqual({lot_id: 'A', line: 'Line 3'});
    expect(dropped(LAYOUT, lot('A'), 3, at(5))).toBeUndefined();
  });
});

describe('a lot that a key moves', () => {
  test('changes places with its neighbour, or goes to the next line', () => {
    expect(shifted(LAYOUT, lot('B'), 'ArrowLeft')).toEqual({lot_id: 'B', before: 'A'});
    expect(shifted(LAYOUT, lot('C'), 'ArrowRight')).toEqual({lot_id: 'C', after: 'D'});
    expect(shifted(LAYOUT, lot('D'), 'ArrowDown')).toEqual({lot_id: 'D', line: 'Line 2', after: 'E'});
    expect(shifted(LAYOUT, lot('A'), 'ArrowLeft')).toBeUndefined();
    expect(shifted(LAYOUT, lot('A'), 'ArrowUp')).toBeUndefined();
  });

  test('gets a clean before it, or loses it with its whole block', () => {
    expect(recleaned(LAYOUT, lot('B'))).toEqual([{lot_id: 'B', after: 'A', clean: true}]);
    expect(recleaned(LAYOUT, lot('C'))).toEqual([{lot_id: 'C', after: 'B'}, {lot_id: 'D', after: 'C'}]);
    expect(recleaned(LAYOUT, lot('A'))).toEqual([]);
  });
});

test('steps are undone and done again, until another one is made', () => {
  let history: History<number> = add(add(EMPTY, 1), 2);
  history = undo(history);
  expect(history).toEqual({done: [1], undone: [2]});
  expect(redo(history)).toEqual({done: [1, 2], undone: []});
  expect(redo(add(history, 3))).toEqual({done: [1, 3], undone: []});
  expect(undo(EMPTY)).toEqual(EMPTY);
});

test('a move is said in words', () => {
  expect(described({lot_id: 'A', line: 'Line 2', after: 'B', clean: true})).toBe('A after B on Line 2, with a clean');
  expect(described({lot_id: 'A', line: 'Line 3'})).toBe('A last on Line 3');
});

test('costs say how far each figure is from the one before', () => {
  const kpis = {makespan_hours: 100, utilization_percent: 50, changeover_count: 3, changeover_hours: 12, clean_count: 2, avg_lot_duration: 10};
  const change = {makespan_hours: 4, cost_hours: 4, tardiness_hours: 0, late_lots: 0, changeover_hours: -2, changeover_count: -1, clean_count: 0};
  const costs = costsOf({valid: true, violations: [], before: kpis, after: kpis, change, moved: [], activities_json: []});
  expect(costs.map(({name, change}) => `${name} ${change}`)).toEqual(['Makespan +4.0 h', 'Changeovers −2.0 h', 'Cleans as before']);
});
