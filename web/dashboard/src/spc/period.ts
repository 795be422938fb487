import type {contract} from '@headway/client';

export type Column = contract.SeriesColumn;

/** A part of the past that is looked at, in milliseconds since the epoch. */
export interface Period {
  from: number;
  to: number;
}

/** A period that is narrower or wider by a factor about a place of it, from 0 to 1. */
export function zoomed({from, to}: Period, factor: number, place = 0.5): Period {
  const length = Math.max(1_000, (to - from) * factor);
  const about = from + (to - from) * place;
  return {from: about - length * place, to: about + length * (1 - place)};
}

/** A period that lies later by a share of its length, or earlier by a negative one. */
export function moved({from, to}: Period, share: number): Period {
  const by = (to - from) * share;
  return {from: from + by, to: to + by};
}

/** A change of the period that is looked at. */
export type Turn = (period: Period) => Period;

/**
 * What a turn of the wheel over a chart asks for: with the control key (or two fingers) closer or wider, sideways
 * (or with the shift key) earlier or later. Otherwise the page scrolls as ever.
 */
export function turnOf(event: WheelEvent, chart: Element): Turn | undefined {
  const {left, width} = chart.getBoundingClientRect();
  const place = Math.min(1, Math.max(0, (event.clientX - left) / width));
  const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.shiftKey ? event.deltaY : 0;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    return (period) => zoomed(period, event.deltaY > 0 ? 1.25 : 0.8, place);
  }
  if (sideways !== 0) {
    event.preventDefault();
    return (period) => moved(period, 0.1 * Math.sign(sideways));
  }
  return undefined;
}

/** The period within a series; undefined when it is all of it. */
export function within(period: Period, series: Column): Period {
  const first = Date.parse(series.from);
  const last = Date.parse(series.to);
  const length = Math.min(period.to - period.from, last - first);
  const from = Math.min(Math.max(period.from, first), last - length);
  return {from, to: from + length};
}
