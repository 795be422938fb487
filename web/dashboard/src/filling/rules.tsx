import type {contract} from '@headway/client';
import type {JSX} from 'preact';
import {number, wholeDate} from '../words.js';

export type Rules = contract.FillingSettings;

/** The rules of a schedule, each by its name. */
export function rulesOf(rules: Rules): [string, string][] {
  const zone = rules.time_zone ?? 'UTC';
  const lines = Array.isArray(rules.lines) ? rules.lines : [];
  return [
    ...(rules.start_time ? [['Begins', `${wholeDate(rules.start_time, zone)} (${zone})`] as [string, string]] : []),
    ['Clean', hours(rules.clean_hours)],
    ...changeovers(rules),
    ...lines.map((line): [string, string] => [line.name ?? 'Line', [
      `window ${hours(line.window_hours)}`,
      `${number(line.fill_rate_vph ?? undefined)} vials/h`,
      ...(line.shifts ?? []).map(({days, from, to}) => `${(days ?? ['every day']).join(' ')} ${from} to ${to}`),
      ...(line.shutdowns ?? []).map(({from, to}) => `shut from ${shut(from, zone)} to ${shut(to, zone)}`),
    ].join('; ')]),
    ['Time limit', `${number(rules.time_limit_seconds ?? undefined)} s`],
    ['Seed', String(rules.seed)],
  ];
}

function changeovers(rules: Rules): [string, string][] {
  return rules.changeover_matrix
    ? Object.entries(rules.changeover_matrix).map(([from, row]) =>
        [`Changeover from ${from}`, Object.entries(row).map(([to, time]) => `to ${to} ${hours(time)}`).join(', ')])
    : [
        ['Changeover within a type', hours(rules.changeover_same_hours)],
        ['Changeover between types', hours(rules.changeover_different_hours)],
      ];
}

function hours(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : `${Number(value.toFixed(6))} h`;
}

function shut(moment: string, zone: string): string {
  return wholeDate(moment, zone);
}

/** The rules that a schedule was made by. */
export function RulesCard({rules, lots}: {rules: Rules; lots: number | undefined}): JSX.Element {
  return (
    <details class="card settings no-print">
      <summary><h2>Rules</h2></summary>
      <dl class="facts rules">
        {lots !== undefined && <><dt>Lots</dt><dd>{number(lots)}</dd></>}
        {rulesOf(rules).flatMap(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name} is`}>{value}</dd>])}
      </dl>
    </details>
  );
}
