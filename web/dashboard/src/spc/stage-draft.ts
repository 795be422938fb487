import {numberOf, type Typed} from '../ui/typed.js';
import {count, dateTime} from '../words.js';
import type {Baseline, LeftOut, Stage} from './api.js';

/** Where the limits of a stage come from; `keep` leaves them as they are. */
export type LimitsFrom = 'keep' | 'baseline' | 'hand' | 'known';
/** Which samples limits are estimated from. */
export type BaselineKind = 'all' | 'first' | 'last' | 'period' | 'chosen';

export const BASELINES: {value: BaselineKind; text: string}[] = [
  {value: 'all', text: 'All samples of the stage'},
  {value: 'first', text: 'Its first samples'},
  {value: 'last', text: 'Its last samples'},
  {value: 'period', text: 'The samples of a period'},
  {value: 'chosen', text: 'Chosen samples'},
];

/** The fields of the form, as the server names them. */
export const STAGE_FIELDS = [
  'name', 'from', 'from_sample', 'multiple', 'lcl', 'center_line', 'ucl', 'sigma', 'first_samples', 'last_samples', 'sample_ids', 'to', 'min_samples', 'left_out',
];

/** A stage as a person describes it. */
export interface StageDraft {
  typed: Typed;
  limits: LimitsFrom;
  baseline: BaselineKind;
  excludeBeyond: boolean;
  leftOut: readonly {sample: string; reason: string}[];
  /** Rules that are switched on or off, by their numbers; the others stay. */
  rules: Readonly<Record<number, boolean>>;
  /** Likewise on the chart of the spread. */
  spreadRules: Readonly<Record<number, boolean>>;
}

export const NEW_STAGE: StageDraft = {typed: {}, limits: 'keep', baseline: 'all', excludeBeyond: false, leftOut: [], rules: {}, spreadRules: {}};

/** The draft that a stage is changed from. */
export function draftOf(stage: Stage): StageDraft {
  const leftOut = (stage.baseline?.left_out ?? []).map((one) => ({sample: String(one.sample_id), reason: one.reason}));
  return {...NEW_STAGE, typed: {name: stage.name, from: localTime(stage.from)}, leftOut};
}

/** A stage as it is sent: nothing of what was left empty. */
export function stageOf(draft: StageDraft): Record<string, unknown> {
  const {typed, limits} = draft;
  return {
    name: (typed['name'] ?? '').trim() || undefined,
    from: instant(typed['from']),
    from_sample: numberOf(typed['from_sample']),
    limits: limits === 'hand' ? pick(typed, 'lcl', 'center_line', 'ucl') : limits === 'known' ? pick(typed, 'center_line', 'sigma') : undefined,
    baseline: limits === 'baseline' ? baselineOf(draft) : undefined,
    rules: rulesOf(draft),
  };
}

/** Sets of rules that go by a name; an empty value leaves the rules as they are. */
export const PRESETS = [
  {value: '', text: 'as they are'}, {value: 'nelson', text: 'Nelson, all eight'}, {value: 'western_electric', text: 'Western Electric'},
  {value: 'aiag', text: 'AIAG'}, {value: 'shewhart', text: 'Shewhart, beyond the limits alone'},
];

function rulesOf({typed, rules, spreadRules}: StageDraft): Record<string, unknown> | undefined {
  const preset = typed['preset'] || undefined;
  const multiple = numberOf(typed['multiple']);
  const main = switched(rules);
  const first = main.find(({rule_id: id}) => id === 1);
  const drafts = multiple === undefined ? main : [...main.filter((one) => one !== first), {...first, rule_id: 1, multiple}];
  const spread = switched(spreadRules);
  return preset === undefined && drafts.length === 0 && spread.length === 0
    ? undefined
    : {preset, rules: drafts.length > 0 ? drafts : undefined, dispersion_rules: spread.length > 0 ? spread : undefined};
}

function switched(rules: Readonly<Record<number, boolean>>): {rule_id: number; enabled?: boolean; multiple?: number | string}[] {
  return Object.entries(rules).map(([id, enabled]) => ({rule_id: Number(id), enabled}));
}

function baselineOf({typed, baseline, excludeBeyond, leftOut}: StageDraft): Record<string, unknown> {
  const left = leftOut.filter(({sample}) => sample.trim() !== '').map(({sample, reason}) => ({sample_id: numberOf(sample), reason: reason.trim()}));
  return {
    first_samples: baseline === 'first' ? numberOf(typed['first_samples']) : undefined,
    last_samples: baseline === 'last' ? numberOf(typed['last_samples']) : undefined,
    from: baseline === 'period' ? instant(typed['period_from']) : undefined,
    to: baseline === 'period' ? instant(typed['to']) : undefined,
    sample_ids: baseline === 'chosen' ? numbers(typed['sample_ids']) : undefined,
    min_samples: numberOf(typed['min_samples']),
    exclude_beyond: excludeBeyond || undefined,
    left_out: left.length > 0 ? left : undefined,
  };
}

function pick(typed: Typed, ...names: string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, numberOf(typed[name])]));
}

/** Numbers as people list them: `3, 5, 8-12`. */
export function numbers(text: string | undefined): (number | string)[] {
  return (text ?? '').split(/[\s,;]+/).filter((part) => part !== '').flatMap((part) => {
    const range = /^(\d+)-(\d+)$/.exec(part);
    if (range === null || Number(range[2]) - Number(range[1]) > 10_000) {
      return [/^\d+$/.test(part) ? Number(part) : part];
    }
    const from = Number(range[1]);
    return Array.from({length: Math.max(0, Number(range[2]) - from + 1)}, (_, at) => from + at);
  });
}

/** A time typed in the visitor's zone; undefined for none. */
export function instant(local: string | undefined): string | undefined {
  const at = new Date(local ?? '');
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

/** A time as a field of the visitor's zone has it. */
export function localTime(at: string | null | undefined): string {
  if (at === null || at === undefined) {
    return '';
  }
  const time = new Date(at);
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

/** The basis of a stage's limits in words. */
export function baselineWords(stage: Pick<Stage, 'baseline' | 'limits'>): string {
  const {baseline, limits} = stage;
  if (limits.center_line === null) {
    return 'no limits';
  }
  if (baseline === null) {
    return 'set by hand';
  }
  const left = baseline.left_out?.length ?? 0;
  return basis(baseline) + (left > 0 ? `, ${left} left out` : '');
}

function basis(baseline: Baseline): string {
  switch (baseline.kind) {
    case 'known':
      return 'known process';
    case 'first':
      return `first ${count(baseline.samples ?? 0, 'sample')}`;
    case 'last':
      return (baseline.samples ?? 0) >= 100_000 ? 'all samples then taken' : `last ${count(baseline.samples ?? 0, 'sample')}`;
    case 'chosen':
      return count(baseline.sample_ids?.length ?? 0, 'chosen sample');
    case 'period':
      return `samples from ${dateTime(baseline.from)} to ${dateTime(baseline.to)}`;
  }
}

/** Why samples are left out, in a line each. */
export function leftOutWords(leftOut: readonly LeftOut[] | undefined): string[] {
  return (leftOut ?? []).map(({sample_id: id, reason}) => `Sample ${id}: ${reason}`);
}
