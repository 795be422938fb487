import {expect, test} from 'vitest';
import type {Activity, ActivityKind} from '../src/filling/api.js';
import {linesAt} from '../src/filling/wall/now.js';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 10, 23);

function activity(line: string, kind: ActivityKind, from: number, to: number, lot?: string): Activity {
  return {
    line, kind, start: new Date(START + from * HOUR).toISOString(), end: new Date(START + to * HOUR).toISOString(), note: '',
    duration_hours: to - from, ...(lot && {lot_id: lot, lot_type: 'x'}),
  };
}

const PLAN = [
  activity('Line 10', 'CLEAN', 0, 24), activity('Line 10', 'FILL', 24, 30, 'D'),
  activity('Line 2', 'CLEAN', 0, 10), activity('Line 2', 'FILL', 10, 20, 'A'), activity('Line 2', 'CHANGEOVER', 20, 24, 'B'), activity('Line 2', 'FILL', 24, 30, 'B'),
];

test('a line has what runs, how much of it is done, and what comes', () => {
  const [two, ten] = linesAt(PLAN, START + 15 * HOUR, 3);
  expect([two!.line, two!.current?.lot_id, two!.share, two!.next.map(({lot_id: lot}) => lot)]).toEqual(['Line 2', 'A', 0.5, ['B']]);
  expect([ten!.line, ten!.current?.kind, ten!.next.map(({lot_id: lot}) => lot)]).toEqual(['Line 10', 'CLEAN', ['D']]);
});

test('before the first activity and after the last nothing runs', () => {
  expect(linesAt(PLAN, START - HOUR, 1)[0]).toMatchObject({current: undefined, next: [{kind: 'CLEAN'}]});
  expect(linesAt(PLAN, START + 30 * HOUR, 3)[0]).toEqual({line: 'Line 2', current: undefined, share: 0, next: []});
  expect(linesAt([], START, 3)).toEqual([]);
});
