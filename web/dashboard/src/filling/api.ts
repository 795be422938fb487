import type {Defect} from '@headway/client';

export type TaskStatus = 'pending' | 'running' | 'completed' | 'failed' | 'cancelled';
export type ActivityKind = 'CLEAN' | 'CHANGEOVER' | 'FILL';

export interface Activity {
  start: string;
  end: string;
  kind: ActivityKind;
  lot_id?: string;
  lot_type?: string;
  line: string;
  note: string;
  duration_hours: number;
}

export interface Kpis {
  makespan_hours: number;
  utilization_percent: number;
  changeover_count: number;
  avg_lot_duration: number;
  fill_hours: number;
  changeover_hours: number;
  clean_count: number;
  clean_hours: number;
  lower_bound_hours: number;
  gap_percent: number;
  optimal: boolean;
  vs_given?: Record<string, number>;
}

interface Task {
  id: number;
  name: string;
  status: TaskStatus;
  created_at: string;
  started_at: string | null;
  completed_at: string | null;
  error_message: string | null;
  job_id: string;
  cursor?: string;
  partial?: boolean;
  errors?: Defect[];
}

export interface Schedule extends Task {
  strategy: string;
  makespan?: number;
  utilization_percent?: number;
  changeovers?: number;
  lots_scheduled?: number;
  lower_bound?: number;
  gap?: number;
  kpis_json?: Kpis;
  activities_json?: Activity[];
}

export interface ComparedStrategy {
  strategy: string;
  status: TaskStatus;
  makespan?: number | null;
  utilization?: number | null;
  changeovers?: number | null;
  lower_bound?: number;
  gap?: number;
  execution_time?: number | null;
  error?: string | null;
  kpis_json?: Kpis;
  activities_json?: Activity[];
}

export interface Comparison extends Task {
  strategies: string[];
  best_strategy?: string;
  best_makespan?: number;
  recommendation?: string;
  results?: ComparedStrategy[];
}

export interface Strategy {
  name: string;
  aliases: string[];
  description: string;
  default: boolean;
  available: boolean;
}

export interface Validation {
  valid: boolean;
  errors: Defect[];
  warnings: Defect[];
  lots_count: number;
}

export interface Page {
  total: number;
  page: number;
  page_size: number;
}
