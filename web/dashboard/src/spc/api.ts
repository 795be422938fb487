export type Severity = 'INFO' | 'WARNING' | 'CRITICAL';

export interface Lines {
  center_line: number;
  ucl: number;
  lcl: number;
}

export interface Limits {
  center_line: number | null;
  ucl: number | null;
  lcl: number | null;
  method: string | null;
  sample_count: number;
  dispersion?: Lines | null;
}

export interface Characteristic {
  id: number;
  name: string;
  description: string;
  chart_type: string;
  subgroup_size: number;
  target_value: number | null;
  usl: number | null;
  lsl: number | null;
  limits?: Limits;
}

export interface Sample {
  sample_id: number;
  timestamp: string;
  measurements?: number[];
  value: number;
  spread?: number | null;
  zone: string | null;
  in_control: boolean;
  excluded?: boolean;
  batch_number?: string | null;
  operator_id?: string | null;
  violation_ids?: number[];
  ucl?: number;
  center_line?: number;
  lcl?: number;
}

export interface Violation {
  violation_id: number;
  sample_id: number;
  last_sample_id?: number;
  sample_count?: number;
  rule_id: number;
  rule_name: string;
  severity: Severity;
  chart?: string;
  timestamp?: string;
  acknowledged?: boolean;
  ack_user?: string | null;
  ack_reason?: string | null;
  ack_at?: string | null;
}

export interface ChartData {
  chart_type: string;
  points: Sample[];
  limits: Limits;
}

export interface Capability {
  cp: number | null;
  cpk: number | null;
  pp: number | null;
  ppk: number | null;
  samples: number;
  mean: number;
  remark: string | null;
}
