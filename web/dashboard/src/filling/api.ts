import type {contract, Defect} from '@headway/client';

export type Activity = contract.FillingActivity;
export type ActivityKind = Activity['kind'];
export type Kpis = contract.FillingKpis;
export type Schedule = contract.Schedule;
export type Comparison = contract.Comparison;
export type ComparedStrategy = contract.ComparedStrategy;

export type Preview = contract.FilePreview;

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
  /** The file as the server has read it. */
  preview?: Preview;
}

export interface Page {
  total: number;
  page: number;
  page_size: number;
}
