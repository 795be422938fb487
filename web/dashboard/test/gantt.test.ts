import {describe, expect, test} from 'vitest';
import type {Activity, ActivityKind} from '../src/filling/api.js';
import {fileName} from '../src/ui/files.js';
import {blocksOf, byBlock, byLine, neighbour, search, typesOf} from '../src/filling/gantt/layout.js';
import {calendarTicks, hourTicks, stepAt, weekends} from '../src/filling/gantt/ticks.js';
import {CLOSEST, fitting, scrollAfter, stepped} from '../src/filling/gantt/zoom.js';

const HOUR = 3_600_000;
const START = new Date(2026, 10, 23, 6).getTime(); // a Monday

/** Activities one after the other: `C24 F:A:10 X:B:8 F:B:5`. */
function line(name: string, text: string): Activity[] {
  let at = START;
  return text.split(' ').map((word, index) => {
    const [kind, type, hours] = word.includes(':') ? word.split(':') : [word[0], undefined, word.slice(1)];
    const duration = Number(hours);
    const begin = at;
    at += duration * HOUR;
    const kinds: Record<string, ActivityKind> = {C: 'CLEAN', F: 'FILL', X: 'CHANGEOVER'};
    return {
      start: new Date(begin).toISOString(), end: new Date(at).toISOString(), kind: kinds[kind!]!, line: name, note: '',
      duration_hours: duration, ...(type && {lot_type: type, lot_id: `L${index}`}),
    };
  });
}

const PLAN = [...line('Line 1', 'C24 F:A:10 X:B:8 F:B:5 C24 F:B:20'), ...line('Line 2', 'C24 F:C:30')];

describe('layout', () => {
  test('by line: a track for each line over one calendar', () => {
    const layout = byLine(PLAN);
    expect(layout.tracks.map(({label, items}) => [label, items.length])).toEqual([['Line 1', 6], ['Line 2', 2]]);
    expect(layout.hours).toBe(91);
    expect(layout.tracks.every(({origin}) => origin === START)).toBe(true);
    expect(layout.types).toEqual(['A', 'B', 'C']);
  });

  test('changeovers know what was filled before, and nothing is carried over a clean', () => {
    const items = byLine(PLAN).tracks[0]!.items;
    expect([items[2]!.from, items[2]!.to]).toEqual(['A', 'B']);
    expect(items[4]!.from).toBeUndefined();
  });

  test('by block: each begins at the left, and the longest gives the width', () => {
    const layout = byBlock(PLAN);
    expect(layout.tracks.map(({label}) => label)).toEqual(['Line 1 · 1', 'Line 1 · 2', 'Line 2 · 1']);
    expect(layout.hours).toBe(54);
    expect(layout.tracks[1]!.origin).toBe(START + 47 * HOUR);
    expect(byBlock(line('Line 1', 'C24 F:A:10')).tracks[0]!.label).toBe('Block 1');
  });

  test('blocks count their lots and the hours of their window', () => {
    expect(blocksOf(PLAN).map(({lots, workHours}) => [lots, workHours])).toEqual([[2, 23], [1, 20], [1, 30]]);
  });

  test('nothing at all is no fault', () => {
    expect(byLine([])).toMatchObject({tracks: [], hours: 0});
    expect(byBlock([]).hours).toBe(0);
    expect(typesOf([])).toEqual([]);
  });

  test('types are in the order of their names, numbers as numbers', () => {
    expect(typesOf(line('1', 'F:Vial-10:1 F:Vial-2:1'))).toEqual(['Vial-2', 'Vial-10']);
  });

  test('a search finds fills by lot or type, the earliest first', () => {
    const layout = byLine(PLAN);
    expect(search(layout, ' l1 ').map(({activity}) => [activity.line, activity.lot_id])).toEqual([['Line 1', 'L1'], ['Line 2', 'L1']]);
    expect(search(layout, 'b').map(({activity}) => activity.lot_id)).toEqual(['L3', 'L5']);
    expect(search(layout, '')).toEqual([]);
  });

  test('the arrow keys lead along a track and to the nearest of the next', () => {
    const layout = byLine(PLAN);
    const [first, second] = layout.tracks[0]!.items;
    expect(neighbour(layout, first!, 'ArrowRight')).toBe(second);
    expect(neighbour(layout, first!, 'ArrowLeft')).toBe(first);
    expect(neighbour(layout, first!, 'End')).toBe(layout.tracks[0]!.items.at(-1));
    expect(neighbour(layout, second!, 'ArrowDown')).toBe(layout.tracks[1]!.items[1]);
    expect(neighbour(layout, second!, 'ArrowUp')).toBe(second);
  });
});

describe('ticks', () => {
  test.each([[60, 2], [10, 12], [2.4, 48], [0.4, 168], [0.01, 10_752]])('at %d pixels an hour marks are %d h apart', (scale, step) =>
    expect(stepAt(scale)).toBe(step));

  test.each([48, 16, 3, 0.4, 0.2, 0.05, 0.01, 0.001])('at %d pixels an hour no label of ten years reaches the next one', (scale) => {
    const ticks = calendarTicks(START, {from: 0, to: Math.min(10 * 365 * 24, 60_000 / scale)}, scale);
    ticks.slice(1).forEach(({at}, before) => expect((at - ticks[before]!.at) * scale).toBeGreaterThan(6 * ticks[before]!.label.length + 4));
  });

  test('of years say which', () => {
    expect(calendarTicks(START, {from: 0, to: 5_000}, 0.05).map(({label}) => label)).toEqual(['Jan ’27', 'Mar ’27', 'May ’27']);
    expect(calendarTicks(START, {from: 0, to: 1_500}, 0.4).map(({label}) => label)).toContain('4 Jan ’27');
  });

  test('stand on round hours of the calendar, midnight with its date', () => {
    const ticks = calendarTicks(START + HOUR / 2, {from: 0, to: 24}, 16); // 06:30, every 6 hours
    expect(ticks.map(({label}) => label)).toEqual(['12:00', '18:00', '24 Nov', '06:00']);
    expect(ticks[0]!.at).toBeCloseTo(5.5);
    expect(ticks[2]!.strong).toBe(true);
  });

  test('days begin at midnight where the visitor is, also when the clocks change', () => {
    const before = new Date(2026, 9, 24).getTime();
    for (const tick of calendarTicks(before, {from: 0, to: 24 * 6}, 3)) {
      expect(new Date(before + tick.at * HOUR).getHours()).toBe(0);
    }
  });

  test('after the clocks have changed, marks stand on the same hours as before', () => {
    const march = new Date(2027, 2, 27).getTime();
    const hours = calendarTicks(march, {from: 0, to: 90}, 48).map(({at}) => new Date(march + at * HOUR).getHours());
    expect(hours.filter((hour) => hour % 2 === 1 && hour !== 3)).toEqual([]); // at most the hour that follows 01:59
    expect(hours.filter((hour) => hour === 0)).toHaveLength(4);
  });

  test.each([0.4, 1.5, 16, 48])('at %d pixels an hour, those of a part are those of the whole', (scale) => {
    const whole = calendarTicks(START + HOUR / 2, {from: 0, to: 2_000}, scale);
    const part = calendarTicks(START + HOUR / 2, {from: 700, to: 1_500}, scale);
    expect(part).toEqual(whole.filter(({at}) => at >= 700 && at <= 1_500));
    expect(part).not.toEqual([]);
  });

  test('hours of a block are counted from its beginning', () => {
    expect(hourTicks({from: 0, to: 30}, 6).map(({label}) => label)).toEqual(['0 h', '12 h', '24 h']);
    expect(hourTicks({from: 13, to: 30}, 6).map(({label}) => label)).toEqual(['24 h']);
  });

  test('weekends reach from Saturday to Monday, cut at the edges', () => {
    const found = weekends(START, 24 * 14);
    expect(found).toHaveLength(2);
    expect(new Date(START + found[0]!.from * HOUR).getDay()).toBe(6);
    expect(new Date(START + found[0]!.to * HOUR).getDay()).toBe(1);
    const sunday = new Date(2026, 10, 22, 12).getTime();
    expect(weekends(sunday, 48)[0]).toEqual({from: 0, to: 12});
  });
});

describe('zoom', () => {
  test('the whole fits the width; zooming never leaves the whole and the closest', () => {
    const fit = fitting(500, 1_000);
    expect(fit).toBe(2);
    expect(stepped(fit, fit, false)).toBe(fit);
    expect(stepped(fit, fit, true)).toBe(3);
    expect(stepped(CLOSEST, fit, true)).toBe(CLOSEST);
    expect(fitting(0, 1_000)).toBe(1);
  });

  test('what is under the pointer stays there', () => {
    const scroll = scrollAfter(100, 50, 2, 4);
    expect((scroll + 50) / 4).toBe((100 + 50) / 2);
  });
});

test.each([['Week 48', 'week-48'], ['Über/alles: 3', 'uber-alles-3'], ['…', 'schedule']])('%s is saved as %s', (title, name) =>
  expect(fileName(title)).toBe(name));
