import type {contract} from '@headway/client';

export type Severity = contract.SpcSeverity;
export type Characteristic = contract.Characteristic;
export type Limits = Omit<contract.ControlLimits, 'characteristic_id'>;
export type LeftOut = contract.LeftOut;

/** The basis of a stage's limits, with what its kind says. */
export interface Baseline {
  kind: 'period' | 'first' | 'last' | 'chosen' | 'known';
  samples?: number;
  from?: string | null;
  to?: string | null;
  sample_ids?: number[];
  left_out?: LeftOut[];
}

export type Stage = Omit<contract.Stage, 'baseline' | 'limits'> & {baseline: Baseline | null; limits: Limits};

/** The lines of a chart at one point. */
export type Lines = NonNullable<contract.ControlLimits['dispersion']>;

/** A sample: whole from REST, its essence from a snapshot. */
export type Sample = Pick<contract.SpcSample, 'sample_id' | 'timestamp' | 'value' | 'zone' | 'in_control'> & Partial<contract.SpcSample>;

/** A violation: whole from REST, its beginning from an event. */
export type Violation = Pick<contract.SpcViolation, 'violation_id' | 'sample_id' | 'rule_id' | 'rule_name' | 'severity'> &
  Partial<contract.SpcViolation>;

export interface ChartData {
  chart_type: contract.ChartType;
  points: contract.SpcSample[];
  limits: contract.ControlLimits;
  annotations: contract.Annotation[];
  specification: {target_value: number | null; usl: number | null; lsl: number | null};
}

export interface Capability {
  cp: number | null;
  cpk: number | null;
  pp: number | null;
  ppk: number | null;
  samples: number;
  mean: number;
  remark: string | null;
  sigma_within: number;
  sigma_overall: number;
  distribution: contract.SpcDistribution;
}
