/** Numbers with the digits that they were measured with. */
import {number, significant} from '../words.js';
import type {Limits, Sample} from './api.js';

const EXACT = new Intl.NumberFormat('en', {maximumSignificantDigits: 15});

/** A measurement as it was taken, all its digits, with its thousands apart; `–` for none. */
export function exact(value: number | null | undefined): string {
  return value === null || value === undefined || !Number.isFinite(value) ? '–' : EXACT.format(value);
}

/** How many decimals a measurement was taken with. */
export function decimals(value: number): number {
  return EXACT.format(value).split('.')[1]?.length ?? 0;
}

/** What the main chart plots of a sample: a measurement with its own digits, a mean with one more, a rate to five. */
export function plotted(sample: Sample | undefined): string {
  const taken = sample?.measurements ?? [];
  if (sample === undefined || taken.length === 0) {
    return exact(sample?.value);
  }
  if (sample.range === null) {
    return significant(sample.value); // counted, not measured
  }
  const digits = Math.max(...taken.map(decimals)) + (taken.length > 1 ? 1 : 0);
  return number(sample.value, Math.min(12, digits));
}

/** A line of a chart, with the digits that tell the control limits apart to about a tenth, or another part, of their distance. */
export function line(value: number | null | undefined, {ucl, lcl}: Pick<Limits, 'ucl' | 'lcl'>, parts = 10): string {
  const distance = (ucl ?? 0) - (lcl ?? 0);
  if (value === null || value === undefined || !(distance > 0)) {
    return significant(value);
  }
  return number(value, Math.max(0, Math.min(12, Math.round(-Math.log10(distance / parts)))));
}
