import {expect, test} from 'vitest';
import {againBody} from '../src/filling/again-body.js';
import {LOOKS, TEXTURES, TYPES} from '../src/filling/gantt/paint.js';
import {rulesOf} from '../src/filling/rules.js';

test('planning again goes on from a time by the clocks of the site, or from now', () => {
  expect(againBody('on', '2026-11-21T07:00', '2,5', 'best', 'Europe/Berlin')).toEqual({strategy: 'best', at: '2026-11-21T06:00:00.000Z', move_hours: 2.5});
  expect(againBody('on', '', '', 'best', 'UTC')).toEqual({strategy: 'best'});
  expect(againBody('anew', '2026-11-21T07:00', '2', 'given', 'UTC')).toEqual({strategy: 'given', anew: true});
});

test('twelve types have twelve colours and their neighbours other textures', () => {
  expect(new Set(TYPES).size).toBe(12);
  const looks = Array.from({length: LOOKS}, (_, at) => `${TYPES[at % TYPES.length]} ${TEXTURES[at % TEXTURES.length]}`);
  expect(new Set(looks).size).toBe(LOOKS);
});

test('rules are said with the zone of their times', () => {
  const rules = rulesOf({
    start_time: '2026-11-21T06:00:00Z', time_zone: 'Europe/Berlin', clean_hours: 24, changeover_matrix: {A: {A: 2, B: 6}},
    lines: [{name: 'F1', window_hours: 96, fill_rate_vph: 24_000, shifts: [{days: ['mon'], from: '06:00', to: '22:00'}]}],
    time_limit_seconds: 60, seed: 7,
  });
  expect(Object.fromEntries(rules)).toMatchObject({
    Begins: expect.stringContaining('07:00 (Europe/Berlin)') as string, Clean: '24 h', 'Changeover from A': 'to A 2 h, to B 6 h',
    F1: 'window 96 h; 24,000 vials/h; mon 06:00 to 22:00', Seed: '7',
  });
});
