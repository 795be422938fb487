import {describe, expect, test} from 'vitest';
import {matrixOf, NEW_LINE, NEW_SHIFT, NO_SITE, replaced, siteConfig, withoutLine} from '../src/filling/site-draft.js';

describe('a site', () => {
  test('that says nothing sets nothing', () => {
    expect(siteConfig(NO_SITE)).toEqual({});
  });

  test('sets what it says', () => {
    const site = {
      start: '2026-11-30T06:00', zone: ' Europe/Berlin ', lines: [{...NEW_LINE, name: 'A', window_hours: '96'}, NEW_LINE],
      shifts: [NEW_SHIFT], shutdowns: [{from: '2026-12-24', to: '2026-12-26'}], matrix: ';A\nA;2,5',
    };
    expect(siteConfig(site)).toEqual({
      start_time: '2026-11-30T06:00', time_zone: 'Europe/Berlin', lines: [{name: 'A', window_hours: 96}, {}],
      shifts: [{days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '06:00', to: '22:00'}],
      shutdowns: [{from: '2026-12-24', to: '2026-12-26'}], changeover_matrix: {A: {A: 2.5}},
    });
  });

  test('with calendars of single lines: own shifts replace those of all, own shutdowns stand beside them', () => {
    const site = {
      ...NO_SITE, lines: [NEW_LINE, {...NEW_LINE, name: 'B'}],
      shifts: [NEW_SHIFT, {...NEW_SHIFT, days: ['sat'], line: 1}],
      shutdowns: [{from: '2026-12-24', to: '2026-12-26'}, {from: '2027-01-04', to: '2027-01-05', line: 1}],
    };
    const usual = {days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '06:00', to: '22:00'};
    const own = {
      name: 'B', shifts: [{...usual, days: ['sat']}],
      shutdowns: [{from: '2026-12-24', to: '2026-12-26'}, {from: '2027-01-04', to: '2027-01-05'}],
    };
    expect(siteConfig(site)).toEqual({lines: [{}, own], shifts: [usual], shutdowns: [{from: '2026-12-24', to: '2026-12-26'}]});
    expect(siteConfig(withoutLine(site, 0))).toMatchObject({lines: [own]});
    expect(siteConfig(withoutLine(site, 1))).toMatchObject({lines: [{}], shifts: [usual]});
    expect(withoutLine(site, 1).shifts).toHaveLength(1);
  });

  test('reads a table as spreadsheets copy it; what is missing stays so, for the server to name', () => {
    expect(matrixOf('\tA\tB\r\nA\t2\t6\r\nB\t8\t\r\n')).toEqual({A: {A: 2, B: 6}, B: {A: 8}});
    expect(matrixOf('x,A\nA,two')).toEqual({A: {A: 'two'}});
  });

  test('changes one item of a list, or takes it out', () => {
    expect(replaced([1, 2, 3], 1, 5)).toEqual([1, 5, 3]);
    expect(replaced([1, 2, 3], 1, undefined)).toEqual([1, 3]);
  });
});
