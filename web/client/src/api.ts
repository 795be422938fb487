/** What travels between client and server; the document is the server's `/openapi.yaml`. */

/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | {[key: string]: Json};

export type JobStatus = 'pending' | 'queued' | 'in_progress' | 'completed' | 'failed' | 'cancelled';

/** The time left, in seconds, with the interval in which it lies. */
export interface Eta {
  seconds: number;
  low: number;
  high: number;
}

/** A job as REST shows it. */
export interface Job {
  id: string;
  job_type: string;
  status: JobStatus;
  priority: number;
  /** Percent from 0 to 100; null while unknown. */
  progress: number | null;
  stage: string | null;
  message: string | null;
  payload: {[key: string]: Json};
  result_payload: Json;
  error_message: string | null;
  error_code?: string | null;
  attempt: number;
  max_attempts?: number;
  eta: Eta | null;
  created_at: string;
  started_at: string | null;
  updated_at: string;
  completed_at: string | null;
  /** The user's id; null for anonymous work. */
  owner: number | null;
  queue?: string;
  external?: boolean;
  steps?: string[];
  metadata?: Json;
  cancel_requested?: boolean;
  retry_of?: string | null;
  parent_id?: string | null;
  cursor?: string;
}

/** A job just submitted: `cursor` and `watch.stream` follow it from its very beginning. */
export interface SubmittedJob extends Job {
  cursor: string;
  watch: {websocket: string; stream: string; events: string};
}

export interface JobSubmission {
  job_type: string;
  payload?: {[key: string]: Json};
  /** From -100 to 100; higher is claimed first. */
  priority?: number;
  timeout_seconds?: number;
  max_attempts?: number;
  queue?: string;
  /** The same key with the same content gives the first job again. */
  idempotency_key?: string;
  /** Whether it waits for a worker outside the server. */
  external?: boolean;
  parent_id?: string;
  weight?: number;
  callback_url?: string;
  /** The names of the steps of an external job. */
  steps?: string[];
}

export interface JobPage {
  jobs: Job[];
  total: number;
  page: number;
  limit: number;
}

export interface LogLine {
  number: number;
  at: string;
  stream: string;
  text: string;
}

export interface LogPage {
  lines: LogLine[];
  last_number: number;
}

export interface User {
  id: number;
  email: string;
  role?: 'user' | 'worker' | 'engineer' | 'admin';
  is_active: boolean;
  is_superuser: boolean;
  created_at: string;
}

export interface Token {
  access_token: string;
  token_type: 'bearer';
  expires_in: number;
}

export interface WatchToken {
  token: string;
  topics: string[];
  expires_at: string;
}

export interface Defect {
  field?: string;
  row?: number;
  column?: string;
  message: string;
}

/** The one error body of every route. */
export interface Problem {
  detail: string;
  code: string;
  errors?: Defect[];
  request_id: string;
}

/** How a job failed. */
export interface JobError {
  code: string;
  message: string;
  details?: string;
}

/** A job's present state as the stream shows it; also of a schedule, comparison or analysis. */
export interface JobSnapshot {
  job_id?: string;
  job_type?: string;
  status: JobStatus;
  attempt: number;
  percent: number | null;
  step: string | null;
  steps?: string[];
  message: string | null;
  done?: number;
  total?: number;
  eta: Eta | null;
  metadata?: Json;
  stalled_since?: string;
  cancel_requested?: boolean;
  owner?: number | null;
  created_at?: string;
  started_at?: string | null;
  completed_at?: string | null;
  result?: Json;
  /** Where the result is when it is too large for a frame. */
  result_url?: string;
  error?: JobError;
  [key: string]: unknown;
}

/** A user's feed: the jobs that they may see, each with its own topic. */
export interface FeedSnapshot {
  jobs: (JobSnapshot & {topic: string})[];
}

/** What a topic's snapshot can be. */
export type Snapshot = JobSnapshot | FeedSnapshot | {[key: string]: unknown};

/** One thing that happened in a topic. A `snapshot` is its whole present state. */
export interface TopicEvent {
  topic: string;
  /** A place in the topic's log, to resume from. Opaque. */
  cursor: string;
  type: string;
  /** ISO 8601; absent on snapshots. */
  at?: string;
  /** How many progress events were passed over before this one. */
  conflated?: number;
  data: {[key: string]: unknown};
}

/** The answer of a long poll. */
export interface EventBatch {
  topic: string;
  cursor: string;
  recovered: boolean;
  snapshot?: {[key: string]: unknown} | null;
  events: TopicEvent[];
  ended?: boolean;
}
