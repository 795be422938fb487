import {describe, expect, test} from 'vitest';
import {Clocks} from '../src/clocks.js';
import {calendarTicks} from '../src/filling/gantt/ticks.js';
import {dateTime, wholeDate} from '../src/words.js';

const HOUR = 3_600_000;
const at = (text: string) => Date.parse(text);

describe('clocks', () => {
  test.each([
    ['Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-25T02:30:00Z'],
    ['Europe/Berlin', '2026-10-25T01:30:00Z', '2026-10-25T02:30:00Z'],
    ['Europe/Berlin', '2026-03-29T01:30:00Z', '2026-03-29T03:30:00Z'],
    ['Asia/Kolkata', '2026-03-29T01:30:00Z', '2026-03-29T07:00:00Z'],
    ['America/New_York', '1969-12-31T23:59:59.250Z', '1969-12-31T18:59:59.250Z'],
  ])('of %s at %s', (zone, moment, shown) => expect(new Clocks(zone).shown(at(moment))).toBe(at(shown)));

  test('lead back to a moment, but for an hour that they pass over', () => {
    const berlin = new Clocks('Europe/Berlin');
    for (let moment = at('2026-01-01T00:00:00Z'); moment < at('2026-12-31T00:00:00Z'); moment += 7 * HOUR) {
      expect(berlin.shown(berlin.moment(berlin.shown(moment)))).toBe(berlin.shown(moment));
    }
    expect(berlin.moment(at('2026-03-29T02:30:00Z'))).toBe(at('2026-03-29T01:30:00Z'));
  });

  test('stand beside times that are those of the site, wherever the visitor is', () => {
    expect(dateTime('2026-11-21T06:00:00Z', 'America/New_York')).toBe('21 Nov, 01:00');
    expect(wholeDate('2026-11-21T06:00:00Z', 'Asia/Tokyo')).toContain('15:00');
  });

  test('the axis has midnights of the site, through both changes', () => {
    const york = new Clocks('America/New_York');
    for (const start of ['2026-03-06T17:00:00Z', '2026-10-30T17:00:00Z']) {
      const ticks = calendarTicks(at(start), {from: 0, to: 24 * 6}, 3, york);
      expect(ticks.map((tick) => york.shown(at(start) + tick.at * HOUR) % (24 * HOUR))).toEqual(ticks.map(() => 0));
      expect(ticks).toHaveLength(6);
    }
  });
});
