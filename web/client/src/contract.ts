/**
 * What travels between client and server, as the server's `/openapi.yaml` and `/asyncapi.yaml` say.
 * Written by codegen/contract.mjs; do not edit.
 */

/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | {[key: string]: Json};

/** The one error body. */
export interface Problem {
  /** For a person. */
  detail: string;
  code: ErrorCode;
  /** All that is wrong with the input, not only the first. */
  errors?: Defect[];
  /** Names the request in the log. */
  request_id: string;
}

/** The error body by RFC 9457, for who accepts `application/problem+json`. */
export interface StandardProblem {
  /** For a person. */
  detail: string;
  code: ErrorCode;
  /** All that is wrong with the input, not only the first. */
  errors?: Defect[];
  /** Names the request in the log. */
  request_id: string;
  /** `code` tells the kinds of problem apart. */
  type: 'about:blank';
  /** The phrase of the status. */
  title: string;
  status: number;
}

export type ErrorCode =
  | 'INVALID_INPUT'
  | 'VALIDATION_ERROR'
  | 'AUTHENTICATION_ERROR'
  | 'AUTHORIZATION_ERROR'
  | 'NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'NOT_ACCEPTABLE'
  | 'REQUEST_TIMEOUT'
  | 'MISDIRECTED'
  | 'CONFLICT'
  | 'TOO_LATE'
  | 'LEASE_LOST'
  | 'TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'RATE_LIMITED'
  | 'EXECUTION_ERROR'
  | 'UNAVAILABLE'
  | 'TIMEOUT_ERROR'
  | 'WORKER_LOST'
  | 'CANCELLED'
  | 'CONNECTION_ERROR';

export interface Defect {
  field?: string;
  /** The row of a table, its header being row 1. */
  row?: number;
  column?: string;
  message: string;
}

/** A place in a topic's log. Opaque. */
export type Cursor = string;

/** Where the work can be watched. */
export interface Watch {
  /** The contract's own socket. */
  websocket: string;
  /** The topic's name on the native stream. */
  stream?: string;
  /** Server-Sent Events, long poll and lines. */
  events: string;
}

export type JobType = string;

export type Queue = string;

export interface QueueState {
  name: string;
  /** Whether no job of it may begin. */
  paused: boolean;
  rate: StartRate | null;
  /** Jobs that wait, also for their `run_at`. */
  waiting: number;
  running: number;
}

/** At most so many jobs begin in any so many seconds, evenly spaced. */
export interface StartRate {
  starts: number;
  seconds: number;
}

/** At most `limit` jobs of one owner run at once under a key, whatever their queues and types; the others wait in their order. */
export interface ConcurrencyKey {
  name: string;
  limit: number;
}

export type JobStatus = 'pending' | 'queued' | 'in_progress' | 'completed' | 'failed' | 'cancelled';

/** What the worker got when it claimed the job. */
export type LeaseToken = string;

/** The time left, as an interval; null when unknown. */
export type Eta = {
  seconds: number;
  low: number;
  high: number;
} | null;

export type Tag = string;

/** Who is told; `slack+`, `teams+` or `ntfy+` before it names what reads it; `mailto:` and an address for an e-mail. */
export type CallbackUrl = string;

/** What is told; all of them where it is left out. */
export type NotificationEvents = ('completed' | 'failed' | 'cancelled' | 'stalled')[];

export interface NotificationRule {
  id: string;
  callback_url: string;
  events: NotificationEvents;
  job_id: string | null;
  tag: string | null;
  silent_seconds: number | null;
  /** Ends before it are not told. */
  created_at: string;
}

export interface JobSubmission {
  job_type: JobType;
  /** The work's input. */
  payload?: {[key: string]: Json};
  /** Higher is claimed first. */
  priority?: number;
  /** How long one attempt may take. */
  timeout_seconds?: number;
  /** How often the work may be begun until a failure is final. */
  max_attempts?: number;
  /** How many leases may be lost, because a worker died or fell silent, until the job fails. They do not count as attempts. */
  max_lost?: number;
  /** The pauses between attempts that failed: the first, how much longer each is than the one before, and the longest; each is longer by up to a quarter, so that jobs which failed together are not tried again together. */
  retry?: {
    first_seconds?: number;
    factor?: number;
    max_seconds?: number;
  };
  /** What people call the job. */
  name?: string;
  queue?: Queue;
  key?: ConcurrencyKey;
  idempotency_key?: string;
  /** Wait for a worker outside the server. */
  external?: boolean;
  /** Do the job yourself: the answer has its `lease`, and no worker can claim it. When the lease is lost, the job fails with `WORKER_LOST`, unless `max_lost` lets it wait in its queue for a worker. */
  start?: boolean;
  /** The moment from which on it may be begun. One that has passed is at once; one more than ten years ahead is refused. */
  run_at?: string;
  /** With `start`, how long the lease lasts without a report. */
  lease_seconds?: number;
  parent_id?: string;
  /** Its share of the parent's bar; 0 does not move it. */
  weight?: number;
  /** What happens to the job when its parent ends, or is asked to stop, before it. */
  on_parent_end?: 'cancel' | 'continue';
  callback_url?: CallbackUrl;
  /** The creator's own words for finding the job; one that is named twice counts once. */
  tags?: Tag[];
  /** The steps of an external job, in order. What is counted in a step fills that step's share of the bar. */
  steps?: Step[];
}

/** A step as its name, or with its share of the bar relative to the other steps'. */
export type Step = string | {
  name: string;
  weight?: number;
};

export interface CancelRequest {
  /** Keep what has been found so far. */
  keep_partial?: boolean;
}

export interface Job {
  id: string;
  job_type: string;
  /** What people call it. */
  name?: string | null;
  status: JobStatus;
  priority: number;
  /** Percent; null when unknown. */
  progress: number | null;
  stage: string | null;
  message: string | null;
  payload: {[key: string]: Json};
  /** The result; null before the end. */
  result_payload: Json;
  error_message: string | null;
  /** An `ErrorCode`. */
  error_code?: string | null;
  attempt: number;
  max_attempts?: number;
  /** How many leases may be lost; they do not count as attempts. */
  max_lost?: number;
  eta: Eta;
  created_at: string;
  /** The moment that it waits for, of its submission or of the pause before an attempt; null for none. */
  run_at?: string | null;
  started_at: string | null;
  updated_at: string;
  completed_at: string | null;
  /** Since when its worker has been silent. */
  stalled_since?: string | null;
  /** The user's id; null for anonymous work. */
  owner: number | null;
  queue?: string;
  /** 1 for the next of its queue; null unless it waits, in lists, while it waits for its `run_at`, and beyond 10,000. */
  queue_position?: number | null;
  /** When it may be begun, estimated by the pace of its queue; null when unknown. */
  expected_start?: string | null;
  key?: ConcurrencyKey | null;
  /** Whether it is done by a worker outside the server. */
  external?: boolean;
  /** The names of the steps; `stage` is the present one. */
  steps?: string[];
  /** The steps' shares of the bar, relative to each other's; null without steps. */
  step_weights?: number[] | null;
  metadata?: {[key: string]: Json} | null;
  cancel_requested?: boolean;
  retry_of?: string | null;
  parent_id?: string | null;
  tags?: string[];
  /** The span that the job was submitted in: the request's header `traceparent` (W3C Trace Context). Whoever does the job sends it, or a span below it, with what it reports, so that all of it is one trace. */
  traceparent?: string;
  cursor?: Cursor;
}

export interface SubmittedJob {
  id: string;
  job_type: string;
  /** What people call it. */
  name?: string | null;
  status: JobStatus;
  priority: number;
  /** Percent; null when unknown. */
  progress: number | null;
  stage: string | null;
  message: string | null;
  payload: {[key: string]: Json};
  /** The result; null before the end. */
  result_payload: Json;
  error_message: string | null;
  /** An `ErrorCode`. */
  error_code?: string | null;
  attempt: number;
  max_attempts?: number;
  /** How many leases may be lost; they do not count as attempts. */
  max_lost?: number;
  eta: Eta;
  created_at: string;
  /** The moment that it waits for, of its submission or of the pause before an attempt; null for none. */
  run_at?: string | null;
  started_at: string | null;
  updated_at: string;
  completed_at: string | null;
  /** Since when its worker has been silent. */
  stalled_since?: string | null;
  /** The user's id; null for anonymous work. */
  owner: number | null;
  queue?: string;
  /** 1 for the next of its queue; null unless it waits, in lists, while it waits for its `run_at`, and beyond 10,000. */
  queue_position?: number | null;
  /** When it may be begun, estimated by the pace of its queue; null when unknown. */
  expected_start?: string | null;
  key?: ConcurrencyKey | null;
  /** Whether it is done by a worker outside the server. */
  external?: boolean;
  /** The names of the steps; `stage` is the present one. */
  steps?: string[];
  /** The steps' shares of the bar, relative to each other's; null without steps. */
  step_weights?: number[] | null;
  metadata?: {[key: string]: Json} | null;
  cancel_requested?: boolean;
  retry_of?: string | null;
  parent_id?: string | null;
  tags?: string[];
  /** The span that the job was submitted in: the request's header `traceparent` (W3C Trace Context). Whoever does the job sends it, or a span below it, with what it reports, so that all of it is one trace. */
  traceparent?: string;
  cursor: Cursor;
  watch: {
    /** The contract's own socket. */
    websocket: string;
    /** The topic's name on the native stream. */
    stream: string;
    /** Server-Sent Events, long poll and lines. */
    events: string;
  };
  /** Of a job that was submitted with `start`. */
  lease?: LeaseToken;
  lease_expires_at?: string;
}

/** For `after`; null at the end of the list. */
export type NextPage = string | null;

export interface JobPage {
  /** A payload or result of more than 2,048 characters is left out, an empty object or null in its place; `GET /jobs/{id}` has it. */
  jobs: Job[];
  total: number;
  page: number;
  limit: number;
  next: NextPage;
}

export interface ClaimRequest {
  queue?: Queue;
  /** What the worker can do; everything when empty. */
  job_types?: JobType[];
  worker_id: string;
  /** How long the job stays this worker's without a report. The clients ask for 30. */
  lease_seconds?: number;
  wait_seconds?: number;
}

export interface Claim {
  job: Job;
  lease: LeaseToken;
  lease_expires_at: string;
  /** What an earlier attempt has left, where it has left something. The bar starts where it was then. */
  checkpoint?: Json;
}

export interface ProgressReport {
  lease: LeaseToken;
  /** Percent, not a fraction. */
  progress?: number | null;
  done?: number;
  total?: number;
  stage?: string | null;
  /** Cut at 2000 characters. */
  message?: string | null;
  /** At most 4096 characters of JSON. */
  metadata?: {[key: string]: Json} | null;
  /** What the next attempt would go on from: any JSON value of at most 65,536 bytes. The newest is stored, at most one a second and the last one always, and the next claim has it. */
  checkpoint?: Json;
  /** The job's steps, for a worker that knows them better than the submitter. They are declared once: others are refused, the same ones are no change. */
  steps?: Step[];
}

export interface ProgressReply {
  /** Whether the worker is to stop. */
  cancel_requested: boolean;
  keep_partial?: boolean;
  lease_expires_at: string;
}

/** `stdout`, `stderr` and `log` are lines. Any other name is an open output, a text that grows: its pieces follow one another as they are, line ends included. */
export type LogStream = string;

export interface LogAppend {
  lease?: LeaseToken;
  lines: (string | {
    text: string;
    stream?: LogStream;
  })[];
}

export interface LogPage {
  lines: {
    number: number;
    at: string;
    stream: string;
    text: string;
  }[];
  /** For the next `after`. */
  last_number: number;
}

export interface Event {
  topic: string;
  cursor: Cursor;
  type: string;
  at: string;
  data: {[key: string]: Json};
  /** How many progress events were passed over before this one. */
  conflated?: number;
}

export interface EventBatch {
  topic: string;
  cursor: Cursor;
  /** Whether every event after the cursor is here; else `snapshot` has the state. */
  recovered: boolean;
  snapshot?: {[key: string]: Json} | null;
  events: Event[];
  /** Whether the topic has had its last event. */
  ended?: boolean;
}

export type Email = string;

export type NewPassword = string;

export interface Credentials {
  /** The e-mail address. */
  username: string;
  password: string;
  grant_type?: string;
  scope?: string;
}

export type Role = 'user' | 'worker' | 'engineer' | 'admin';

export interface User {
  id: number;
  email: string;
  role?: Role;
  is_active: boolean;
  is_superuser: boolean;
  created_at: string;
}

export interface Token {
  access_token: string;
  token_type: 'bearer';
  /** Seconds. */
  expires_in: number;
}

export interface HeldTokens {
  tokens: ({
    id: string;
    kind: 'session' | 'watch' | 'link';
    /** The address that signed in, or what may be watched. */
    detail: string;
    signed_in_at: string;
    issued_at: string;
    expires_at: string;
    /** Whether it is the one that was shown. */
    current: boolean;
  })[];
}

export interface WatchToken {
  /** Ends it early: `DELETE /api/v1/auth/tokens/{id}`. */
  id: string;
  token: string;
  topics: string[];
  expires_at: string;
}

export interface JobFile {
  name: string;
  bytes: number;
  uploaded_at: string;
}

export interface FileLink {
  /** Ends it early: `DELETE /api/v1/links/{id}`. */
  id: string;
  url: string;
  expires_at: string;
}

export interface Link {
  /** Ends it early: `DELETE /api/v1/links/{id}`. */
  id: string;
  topic: string;
  /** What the page shows to the server, for the element on a page of your own. */
  token: string;
  url: string;
  expires_at: string;
}

/** The look of the page. */
export interface LinkPage {
  /** The heading; the job's name, or the tag, where it is left out. */
  title?: string;
  /** The colour of the bar. */
  accent?: string;
  /** Of the words (BCP 47). */
  language?: string;
  words?: LinkWords;
}

/** What the page says in other words than the usual ones. `left` has `{time}` in it. */
export interface LinkWords {
  waiting?: string;
  running?: string;
  stalled?: string;
  stopping?: string;
  completed?: string;
  failed?: string;
  cancelled?: string;
  left?: string;
  soon?: string;
  connecting?: string;
  reconnecting?: string;
  offline?: string;
  delayed?: string;
  refused?: string;
  nothing?: string;
  empty?: string;
  notify?: string;
}

export interface ApiKey {
  id: number;
  name: string;
  role: Role;
  queues: string[];
  created_at: string;
  expires_at: string | null;
}

export interface NewApiKey {
  id: number;
  name: string;
  role: Role;
  queues: string[];
  created_at: string;
  expires_at: string | null;
  key: string;
}

export interface ServerStatus {
  node: {
    /** The same after a restart. */
    name: string;
    started_at: string;
    /** How many are in memory. */
    topics: number;
    /** What its objects take, garbage among them. */
    memory_mb: number;
    max_memory_mb: number;
  };
  connections: {
    total: number;
    /** By who they are, the most connected first, at most 100. */
    clients: ({
      /** Null for a client without credentials. */
      user_id: number | null;
      /** The e-mail address, or the network address. */
      name: string;
      connections: number;
    })[];
    /** By what they watch where that is limited, at most 100. */
    resources: {
      name: string;
      connections: number;
    }[];
  };
  /** Who was turned away since the start, the most frequent reason first. */
  refusals: {
    /** As in the metric `headway_refusals_total`. */
    reason: string;
    count: number;
  }[];
  limits: {
    connections: number;
    connections_per_user: number;
    connections_per_resource: number;
    message_bytes: number;
    messages_per_second: number;
    jobs_at_once: number;
  };
  work: {
    running: number;
    waiting: number;
  };
  /** Who works on jobs: this node first, then others that share its store and workers outside. */
  nodes: ({
    name: string;
    /** Whether it is this node. */
    here: boolean;
    jobs: number;
    lease_expires_at: string | null;
  })[];
}

export interface Health {
  status: 'ok';
  version: string;
  applications: string[];
}

export interface Readiness {
  status: 'ready' | 'draining' | 'unavailable';
  checks: {[key: string]: 'ok' | 'failing'};
  /** For each duty of the server, how many seconds ago it last succeeded. */
  duties?: {[key: string]: number};
}

export interface ScheduleForm {
  /** Columns Lot ID, Type, Vials and, if wanted, Fill Hours, Release, Due, Priority, Lines, Locked Start, After. */
  csv_file: Blob;
  name?: string;
  strategy?: string;
  /** Settings as JSON text. */
  config?: FillingSettings;
  start_time?: string;
  defer_validation?: boolean;
}

export interface ScheduleRequest {
  lots_data: LotInput[];
  name?: string | null;
  strategy?: string | null;
  config?: FillingSettings;
  /** When the first clean begins; now when absent. */
  start_time?: string | null;
  /** Keep the schedule even if it cannot be planned. */
  defer_validation?: boolean | null;
}

export interface ReplanRequest {
  /** Whether the same lots are planned by the same rules from the beginning, as if nothing had been filled, without `at` and `move_hours`; whatever else is given replaces what was. */
  anew?: boolean | null;
  /** Now when absent. */
  at?: string | null;
  /** That of the schedule when absent. */
  name?: string | null;
  /** That of the schedule when absent. */
  strategy?: string | null;
  /** Hours of cost that moving a lot is worth. */
  move_hours?: number | null;
  /** Lots that are new, or replace those of the same id. */
  lots_data?: LotInput[] | null;
  /** Lots that are no longer to be filled. */
  remove?: string[] | null;
  /** Settings that replace the schedule's own. */
  config?: FillingSettings;
}

export interface MovesRequest {
  moves: LotMove[];
  /** The version whose lots are moved; 0 is the plan as it was planned. */
  base?: number | null;
  /** Why, where the plan is saved. */
  note?: string | null;
}

export interface PlanVersion {
  version: number;
  /** The version that it was made from; 0 is the plan as it was planned. */
  base: number;
  note: string;
  status: 'draft' | 'approved' | 'published' | 'superseded';
  created_at: string;
  /** The address of the user, or `anonymous`. */
  created_by: string;
  approved_at?: string;
  approved_by?: string;
  published_at?: string;
  published_by?: string;
}

/** Without `after` and `before` the lot becomes the last of its line; a move that only locks it leaves it in its place. */
export interface LotMove {
  lot_id: string;
  /** The name of its line; that of the lot beside it, or else its own, when absent. */
  line?: string | null;
  /** The lot that it follows. */
  after?: string | null;
  /** The lot whose block it joins, right before it; not with `after`. */
  before?: string | null;
  /** Whether a clean comes right before it, so that it begins a block, with all that followed in the one that it joins. */
  clean?: boolean | null;
  /** The moment at which its filling has to begin from now on; an empty text for none any more. */
  locked_start?: string | null;
}

export interface AdoptRequest {
  /** Whose plan. */
  strategy: string;
  /** That of the comparison when absent. */
  name?: string | null;
}

export interface ComparisonForm {
  /** Columns Lot ID, Type, Vials and, if wanted, Fill Hours, Release, Due, Priority, Lines, Locked Start, After. */
  csv_file: Blob;
  name?: string;
  /** Names separated by commas, a JSON list, or the field again and again. */
  strategies: string[];
  /** Settings as JSON text. */
  config?: FillingSettings;
  start_time?: string;
}

export interface ComparisonRequest {
  lots_data: LotInput[];
  strategies: string[];
  name?: string | null;
  config?: FillingSettings;
  /** When the first clean begins; now when absent. */
  start_time?: string | null;
}

/** A file as it was read. The rows with errors, 100 at most; of a sound file the first eight. */
export interface FilePreview {
  header: string[];
  rows: {
    /** As a spreadsheet counts it; the header is row 1. */
    row: number;
    cells: string[];
  }[];
  /** How many rows the file has below its header. */
  rows_count: number;
}

export type TaskStatus = 'pending' | 'running' | 'completed' | 'failed' | 'cancelled';

export interface LotInput {
  lot_id: string;
  /** `product` is understood, too. */
  lot_type: string;
  /** `quantity` is understood, too. */
  vials: number;
  /** Replaces vials divided by the rate. */
  fill_hours?: number;
  /** Filling must not begin before. A date and time, with an offset or by the clocks of `time_zone`, or a day, which begins then. */
  release?: string;
  /** Filling should have ended by then; written likewise, a day lasts until its end. */
  due?: string;
  /** The weight of an hour of tardiness. */
  priority?: number;
  /** The only lines that it may run on; all when absent. */
  lines?: string[];
  /** When its filling begins. The lot needs one line then. */
  locked_start?: string;
  /** The lot that is filled earlier on the same line. */
  after?: string;
  /** Whether a clean comes right before it. */
  locked_clean?: boolean;
  /** Its line in an earlier plan. */
  was_line?: string;
  /** The lot before it there; none when it was the line's first. */
  was_after?: string;
  /** The cost of moving it from there. */
  move_hours?: number;
}

export interface FillingSettings {
  /** Vials an hour. */
  fill_rate_vph?: number | null;
  clean_hours?: number | null;
  /** Filling and changeovers that one clean allows. */
  window_hours?: number | null;
  changeover_same_hours?: number | null;
  changeover_different_hours?: number | null;
  /** Hours by type before and type after, for every pair of types. */
  changeover_matrix?: {[key: string]: {[key: string]: number}} | null;
  /** How many equal lines, or each with its name, window and rate. */
  lines?: number | ({
    name?: string | null;
    window_hours?: number | null;
    fill_rate_vph?: number | null;
    shifts?: Shifts;
    shutdowns?: Shutdowns;
  })[] | null;
  /** The site’s, as IANA names it, such as Europe/Berlin: of times without an offset, and of shifts. */
  time_zone?: string | null;
  shifts?: Shifts;
  shutdowns?: Shutdowns;
  start_time?: string | null;
  /** Of the searching strategies. */
  time_limit_seconds?: number | null;
  /** Of their random choices. */
  seed?: number | null;
}

/** When a line works, each week; always when absent. Every clean, changeover and fill lies within working time as a whole, and the sterile window goes on while the line is closed. */
export type Shifts = ({
  /** On which it begins; every day when absent. */
  days?: (
    | 'mon'
    | 'tue'
    | 'wed'
    | 'thu'
    | 'fri'
    | 'sat'
    | 'sun')[] | null;
  from: string;
  /** On the next day unless it is later than `from`. */
  to: string;
})[] | null;

/** When a line does not work. Moments like a lot’s `release`; a day as `to` is included. */
export type Shutdowns = {
  from: string;
  to: string;
}[] | null;

export interface FillingActivity {
  start: string;
  end: string;
  kind: 'CLEAN' | 'CHANGEOVER' | 'FILL';
  lot_id?: string;
  lot_type?: string;
  line: string;
  note: string;
  duration_hours: number;
  /** Of the lot that is filled. */
  due?: string;
  /** How much later than that it ends. */
  tardiness_hours?: number;
  /** Whether the lot has another place than in an earlier plan. */
  moved?: boolean;
}

export interface FillingKpis {
  makespan_hours: number;
  utilization_percent: number;
  changeover_count: number;
  /** Mean filling hours of a lot. */
  avg_lot_duration: number;
  fill_hours?: number;
  changeover_hours?: number;
  clean_count?: number;
  clean_hours?: number;
  lower_bound_hours?: number;
  gap_percent?: number;
  optimal?: boolean;
  /** How late lots are; absent where none has a due date. */
  lateness?: {
    /** How many lots have a due date. */
    due_lots: number;
    late_lots: number;
    tardiness_hours: number;
    /** The tardiness of each lot times its priority. */
    weighted_tardiness_hours: number;
    /** The makespan and that: what planners make as small as they can. */
    cost_hours: number;
  };
  /** Lots that have another place than in the earlier plan; absent without one. */
  moves?: {
    /** How many had a place there. */
    known_lots: number;
    moved_lots: number;
    cost_hours: number;
  };
  /** How much each figure is above that of the lots in their given order. */
  vs_given?: {[key: string]: number};
}

export interface ChangedPlan {
  /** Whether it breaks no rule. */
  valid: boolean;
  violations: ({
    rule:
      | 'LOTS'
      | 'CONTINUITY'
      | 'SEQUENCE'
      | 'DURATION'
      | 'WINDOW'
      | 'LINES'
      | 'ALLOWED_LINES'
      | 'RELEASE'
      | 'CALENDAR'
      | 'LOCK';
    line?: string;
    lot_id?: string;
    /** What is wrong, with times by the site's clocks. */
    message: string;
  })[];
  before: FillingKpis;
  after: FillingKpis;
  /** How much each figure is above the one before. */
  change: {
    makespan_hours: number;
    /** The makespan, the weighted tardiness and the moves. */
    cost_hours: number;
    tardiness_hours: number;
    late_lots: number;
    changeover_hours: number;
    changeover_count: number;
    clean_count: number;
  };
  /** The lots that have another line or another start than before. */
  moved: {
    lot_id: string;
    before: LotPlace;
    after: LotPlace;
  }[];
  activities_json: FillingActivity[];
}

export interface LotPlace {
  line: string;
  /** When its filling begins. */
  start: string;
}

export interface Schedule {
  id: number;
  /** The same. */
  schedule_id?: number;
  name: string;
  strategy: string;
  status: TaskStatus;
  created_at: string;
  started_at: string | null;
  completed_at: string | null;
  error_message: string | null;
  job_id: string;
  cursor?: Cursor;
  watch?: Watch;
  progress?: number;
  step?: string | null;
  message?: string;
  /** Hours. */
  makespan?: number;
  utilization?: number;
  utilization_percent?: number;
  changeovers?: number;
  lots_scheduled?: number;
  /** Hours that no schedule of these lots can go below; with due dates its `cost_hours` cannot. */
  lower_bound?: number;
  /** How far the makespan, or cost, is above the bound, as a fraction of it; 0 may be a rounded one. */
  gap?: number;
  /** Whether it is proved that no schedule of these lots is shorter, or costs less. */
  optimal?: boolean;
  /** Whether it is what a cancelled search had found. */
  partial?: boolean;
  /** What to know about how it came about, for example that the exact solver was lost on the way. */
  note?: string;
  kpis_json?: FillingKpis;
  activities_json?: FillingActivity[];
  /** The settings that it was made by, every default in its place; sent again as `config`, they are the same rules. */
  rules?: {
    /** Vials an hour. */
    fill_rate_vph?: number | null;
    clean_hours?: number | null;
    /** Filling and changeovers that one clean allows. */
    window_hours?: number | null;
    changeover_same_hours?: number | null;
    changeover_different_hours?: number | null;
    /** Hours by type before and type after, for every pair of types. */
    changeover_matrix?: {[key: string]: {[key: string]: number}} | null;
    /** How many equal lines, or each with its name, window and rate. */
    lines?: number | ({
      name?: string | null;
      window_hours?: number | null;
      fill_rate_vph?: number | null;
      shifts?: Shifts;
      shutdowns?: Shutdowns;
    })[] | null;
    /** The site’s, as IANA names it, such as Europe/Berlin: of times without an offset, and of shifts. */
    time_zone?: string | null;
    shifts?: Shifts;
    shutdowns?: Shutdowns;
    start_time?: string | null;
    /** Of the searching strategies. */
    time_limit_seconds?: number | null;
    /** Of their random choices. */
    seed?: number | null;
  };
  errors?: Defect[];
}

export interface SubmittedSchedule {
  id: number;
  /** The same. */
  schedule_id: number;
  name: string;
  strategy: string;
  status: TaskStatus;
  created_at: string;
  started_at: string | null;
  completed_at: string | null;
  error_message: string | null;
  job_id: string;
  cursor: Cursor;
  watch: Watch;
  progress?: number;
  step?: string | null;
  message?: string;
  /** Hours. */
  makespan?: number;
  utilization?: number;
  utilization_percent?: number;
  changeovers?: number;
  lots_scheduled?: number;
  /** Hours that no schedule of these lots can go below; with due dates its `cost_hours` cannot. */
  lower_bound?: number;
  /** How far the makespan, or cost, is above the bound, as a fraction of it; 0 may be a rounded one. */
  gap?: number;
  /** Whether it is proved that no schedule of these lots is shorter, or costs less. */
  optimal?: boolean;
  /** Whether it is what a cancelled search had found. */
  partial?: boolean;
  /** What to know about how it came about, for example that the exact solver was lost on the way. */
  note?: string;
  kpis_json?: FillingKpis;
  activities_json?: FillingActivity[];
  /** The settings that it was made by, every default in its place; sent again as `config`, they are the same rules. */
  rules?: {
    /** Vials an hour. */
    fill_rate_vph?: number | null;
    clean_hours?: number | null;
    /** Filling and changeovers that one clean allows. */
    window_hours?: number | null;
    changeover_same_hours?: number | null;
    changeover_different_hours?: number | null;
    /** Hours by type before and type after, for every pair of types. */
    changeover_matrix?: {[key: string]: {[key: string]: number}} | null;
    /** How many equal lines, or each with its name, window and rate. */
    lines?: number | ({
      name?: string | null;
      window_hours?: number | null;
      fill_rate_vph?: number | null;
      shifts?: Shifts;
      shutdowns?: Shutdowns;
    })[] | null;
    /** The site’s, as IANA names it, such as Europe/Berlin: of times without an offset, and of shifts. */
    time_zone?: string | null;
    shifts?: Shifts;
    shutdowns?: Shutdowns;
    start_time?: string | null;
    /** Of the searching strategies. */
    time_limit_seconds?: number | null;
    /** Of their random choices. */
    seed?: number | null;
  };
  errors?: Defect[];
}

export interface Comparison {
  id: number;
  /** The same. */
  comparison_id?: number;
  name: string;
  strategies: string[];
  status: TaskStatus;
  created_at: string;
  started_at: string | null;
  completed_at: string | null;
  error_message: string | null;
  job_id: string;
  cursor?: Cursor;
  watch?: Watch;
  progress?: number;
  step?: string | null;
  message?: string;
  best_strategy?: string;
  /** Hours. */
  best_makespan?: number;
  /** Which strategy to use */
  recommendation?: string;
  /** Whether it is what a cancelled comparison had found. */
  partial?: boolean;
  results?: ComparedStrategy[];
  /** The settings that it was made by, every default in its place; sent again as `config`, they are the same rules. */
  rules?: {
    /** Vials an hour. */
    fill_rate_vph?: number | null;
    clean_hours?: number | null;
    /** Filling and changeovers that one clean allows. */
    window_hours?: number | null;
    changeover_same_hours?: number | null;
    changeover_different_hours?: number | null;
    /** Hours by type before and type after, for every pair of types. */
    changeover_matrix?: {[key: string]: {[key: string]: number}} | null;
    /** How many equal lines, or each with its name, window and rate. */
    lines?: number | ({
      name?: string | null;
      window_hours?: number | null;
      fill_rate_vph?: number | null;
      shifts?: Shifts;
      shutdowns?: Shutdowns;
    })[] | null;
    /** The site’s, as IANA names it, such as Europe/Berlin: of times without an offset, and of shifts. */
    time_zone?: string | null;
    shifts?: Shifts;
    shutdowns?: Shutdowns;
    start_time?: string | null;
    /** Of the searching strategies. */
    time_limit_seconds?: number | null;
    /** Of their random choices. */
    seed?: number | null;
  };
  errors?: Defect[];
}

export interface ComparedStrategy {
  strategy: string;
  status: TaskStatus;
  /** Hours; null when the strategy found nothing. */
  makespan?: number | null;
  utilization?: number | null;
  changeovers?: number | null;
  lots_scheduled?: number;
  /** The highest that any of the strategies has proved. */
  lower_bound?: number;
  gap?: number;
  /** Seconds. */
  execution_time?: number | null;
  error?: string | null;
  /** What to know about how it came about, for example that the exact solver was lost on the way. */
  note?: string;
  kpis_json?: FillingKpis;
  activities_json?: FillingActivity[];
}

export interface SubmittedComparison {
  id: number;
  /** The same. */
  comparison_id: number;
  name: string;
  strategies: string[];
  status: TaskStatus;
  created_at: string;
  started_at: string | null;
  completed_at: string | null;
  error_message: string | null;
  job_id: string;
  cursor: Cursor;
  watch: Watch;
  progress?: number;
  step?: string | null;
  message?: string;
  best_strategy?: string;
  /** Hours. */
  best_makespan?: number;
  /** Which strategy to use */
  recommendation?: string;
  /** Whether it is what a cancelled comparison had found. */
  partial?: boolean;
  results?: ComparedStrategy[];
  /** The settings that it was made by, every default in its place; sent again as `config`, they are the same rules. */
  rules?: {
    /** Vials an hour. */
    fill_rate_vph?: number | null;
    clean_hours?: number | null;
    /** Filling and changeovers that one clean allows. */
    window_hours?: number | null;
    changeover_same_hours?: number | null;
    changeover_different_hours?: number | null;
    /** Hours by type before and type after, for every pair of types. */
    changeover_matrix?: {[key: string]: {[key: string]: number}} | null;
    /** How many equal lines, or each with its name, window and rate. */
    lines?: number | ({
      name?: string | null;
      window_hours?: number | null;
      fill_rate_vph?: number | null;
      shifts?: Shifts;
      shutdowns?: Shutdowns;
    })[] | null;
    /** The site’s, as IANA names it, such as Europe/Berlin: of times without an offset, and of shifts. */
    time_zone?: string | null;
    shifts?: Shifts;
    shutdowns?: Shutdowns;
    start_time?: string | null;
    /** Of the searching strategies. */
    time_limit_seconds?: number | null;
    /** Of their random choices. */
    seed?: number | null;
  };
  errors?: Defect[];
}

export interface AnalysisRequest {
  team_id: number;
  /** The plan's first; the next one when absent. */
  gameweek?: number | null;
  /** Gameweeks. */
  horizon?: number | null;
  /** From the team's history when absent. */
  free_transfers?: number | null;
  /** Those that are left for this half of the season; from the team's history when absent. */
  available_chips?: ('wildcard' | 'free_hit' | 'bench_boost' | 'triple_captain')[] | null;
  risk_posture?: 'conservative' | 'balanced' | 'aggressive';
  injury_overrides?: ({
    /** The short name or the full one, without regard to case and accents. */
    player_name: string;
    /** available, doubtful, injured, suspended, or the public letters. */
    status: string;
    /** Of playing the next gameweek. */
    chance?: number | null;
  })[] | null;
  squad?: number[] | null;
  /** In tenths of a million, with a squad. */
  bank?: number | null;
  /** What was paid for players of the squad, in tenths of a million; what is absent follows from the team's transfers. */
  purchase_prices?: {
    player_id: number;
    price: number;
  }[] | null;
  /** A CSV that replaces the projections: `player_id,gw,points,minutes`. */
  projections?: string | null;
  /** How often the advice is tested afterwards, with other projections that are as likely; none when absent. `robustness` in the results names the job that does so, each trial a child of it. */
  trials?: number | null;
  /** What the plan must obey. What contradicts itself, the team or the season fails the analysis, all of it named. */
  constraints?: Constraints;
  name?: AnalysisName;
}

/** What its owner calls an analysis; null for nothing. */
export type AnalysisName = string | null;

export type Constraints = {
  /** Players who stay in the squad, or come into it. */
  locks?: PlayerRule[] | null;
  /** Players who are not in it, nor in a free hit's. */
  bans?: PlayerRule[] | null;
  /** Booked transfers, made in just this gameweek. */
  moves?: {
    gameweek: number;
    player_out_id: number;
    player_in_id: number;
  }[] | null;
  chips?: ({
    chip: 'wildcard' | 'free_hit' | 'bench_boost' | 'triple_captain';
    gameweek: number;
    /** False forbids it in this gameweek. */
    play?: boolean | null;
  })[] | null;
  /** Gameweeks without a transfer. */
  no_transfers?: number[] | null;
} | null;

export interface PlayerRule {
  player_id: number;
  /** All of the plan's when absent. */
  gameweeks?: number[] | null;
}

export type AnalysisStatus = 'queued' | 'running' | 'completed' | 'failed' | 'cancelled';

export interface Analysis {
  analysis_id: string;
  job_id: string;
  team_id: number;
  name: AnalysisName;
  status: AnalysisStatus;
  progress: number;
  phase:
    | 'queued'
    | 'initializing'
    | 'loading_config'
    | 'collecting_data'
    | 'analyzing_squad'
    | 'optimizing_transfers'
    | 'choosing_captain'
    | 'formatting_results'
    | 'completed';
  message?: string;
  created_at: string;
  started_at?: string | null;
  completed_at: string | null;
  /** What was asked, without a table of projections; the constraints are what a planner changes. */
  request?: AnalysisRequest;
  results?: Decision | null;
  error: string | null;
  error_code?: ErrorCode;
  /** Everything that is wrong, a line each. */
  error_details?: string | null;
  cursor?: Cursor;
  watch?: Watch;
}

export interface Decision {
  /** SQUAD begins with the fifteen of `optimized_xi`. */
  primary_decision: 'SQUAD' | 'HOLD' | 'ROLL' | 'TRANSFER' | 'CHIP';
  reasoning: string;
  /** The share of other projections that are as likely for which no other plan that was found is better. */
  confidence_score: number;
  confidence_label: 'HIGH' | 'MEDIUM' | 'LOW';
  transfer_recommendations: ({
    player_out_id: number;
    player_out_name: string;
    player_in_id: number;
    player_in_name: string;
    position: string;
    /** Over the horizon, after the hit. */
    net_gain_pts: number;
    hit_cost: number;
    /** By how many per cent the projection of the player who comes in may fall before a plan that begins without him is better; null where none of those found is, however little he scores. */
    may_fall_pct: number | null;
    reasoning: string;
  })[];
  captaincy: {
    captain: CaptainChoice;
    vice_captain: CaptainChoice;
    alternatives: CaptainChoice[];
  };
  chip_guidance: {
    chip: string | null;
    use_this_gw: boolean;
    best_future_gw: number | null;
    reasoning: string;
    outlook: {
      chip: string;
      /** Where the plan plays it, otherwise the best gameweek for it. */
      best_gw: number;
      /** What it adds there. */
      gain_pts: number;
      /** What keeping it for after the plan is worth, by simulation; 0 where it lapses. */
      later_pts: number;
    }[];
  };
  optimized_xi: {
    formation: string;
    starters: LinedUpPlayer[];
    bench: LinedUpPlayer[];
    total_expected_pts: number;
  };
  risk_scenarios: ({
    condition: string;
    expected_loss_range: number[];
    risk_level: 'LOW' | 'MEDIUM' | 'HIGH';
  })[];
  horizon: ({
    gameweek: number;
    expected_pts: number;
    chip: string | null;
    transfers: {
      player_out_id: number;
      player_out_name: string;
      player_in_id: number;
      player_in_name: string;
    }[];
  })[];
  /** The whole plan, players by id. */
  plan: PlanWeek[];
  /** Up to three plans, the best first; each begins otherwise than the plan and the other ones. */
  next_best_plans: {
    /** Its first gameweek in words. */
    decision: string;
    /** By so many weighted points the plan is better. */
    behind_pts: number;
    rank_risk: RankRisk;
    plan: PlanWeek[];
  }[];
  rank_risk: RankRisk;
  solver: {
    /** The plan's weighted value. */
    objective: number;
    /** What no plan can exceed. */
    bound: number;
    /** Their distance, as a fraction of the objective. */
    gap: number;
    status: 'OPTIMAL' | 'FEASIBLE';
  };
  data_source: 'sample' | 'uploaded' | 'live';
  projection_source: 'model' | 'table';
  /** The job that tests the advice, where `trials` were asked for. Its progress (`metadata`) and its result are the shares so far: `done`, `trials`, `confidence_score` (of those whose plan begins as advised), `decisions`, `in`, `out`, `captains`. */
  robustness?: {
    job_id: string;
    trials: number;
  };
  /** What was assumed where the documents are silent, a sentence each. */
  assumptions: string[];
}

/** A plan's first gameweek against the other managers' teams; null where the documents do not say who has whom. */
export type RankRisk = {
  /** The standard deviation of the difference to the average team. */
  swing_pts: number;
  /** The share of the other teams that has a starter, on average. */
  template_pct: number;
} | null;

export interface PlanWeek {
  gameweek: number;
  /** Line-up, captain and chip, less hits. */
  expected_pts: number;
  chip: string | null;
  /** Before the deadline. */
  free_transfers: number;
  /** Transfers that cost points. */
  hits: number;
  /** In tenths of a million. */
  bank: number;
  captain: number;
  vice_captain: number;
  /** The goalkeeper first; all fifteen with a bench boost. */
  starters: number[];
  /** In the order of coming on. */
  bench: number[];
  /** Before the deadline; a free hit's are not listed. */
  bought: number[];
  sold: number[];
}

export interface PlayerMarket {
  /** Those of the plan. */
  gameweeks: number[];
  players: ({
    player_id: number;
    player_name: string;
    position: 'Goalkeeper' | 'Defender' | 'Midfielder' | 'Forward';
    /** Three letters. */
    club: string;
    /** In tenths of a million. */
    price: number;
    /** Null when he is not in the squad. */
    selling_price: number | null;
    /** In each of the gameweeks. */
    expected_pts: number[];
  })[];
}

export interface CaptainChoice {
  player_id: number;
  player_name: string;
  /** His own, not doubled. */
  expected_points: number;
}

export interface LinedUpPlayer {
  player_id: number;
  player_name: string;
  position: 'Goalkeeper' | 'Defender' | 'Midfielder' | 'Forward';
  /** Three letters. */
  club: string;
  expected_points: number;
  expected_minutes: number;
  /** The parts that add up to the points; null where a table replaced the model. */
  explanation: {[key: string]: number} | null;
}

export interface Season {
  source: 'sample' | 'uploaded' | 'live';
  captured_at?: string;
  /** SHA-256. */
  checksum?: string;
  /** The teams that can be analysed. */
  teams?: number[];
}

export interface SeasonDocuments {
  captured_at: string;
  /** `bootstrap-static/` */
  bootstrap: {[key: string]: Json};
  /** `fixtures/` */
  fixtures: {[key: string]: Json}[];
  /** `event-status/` */
  event_status: {[key: string]: Json};
  /** The last gameweeks, by number; without them a season's minutes say how much a player plays. */
  live?: {[key: string]: {[key: string]: Json}} | null;
  /** By team id. */
  teams: {[key: string]: {
    /** `entry/{id}/` */
    entry: {[key: string]: Json};
    /** `entry/{id}/history/` */
    history: {[key: string]: Json};
    /** `entry/{id}/event/{gw}/picks/`; null before the first gameweek. */
    picks?: {[key: string]: Json} | null;
    /** `entry/{id}/transfers/` */
    transfers?: {[key: string]: Json}[];
  }};
}

export type ChartType =
  | 'individuals'
  | 'xbar_r'
  | 'xbar_s'
  | 'median_r'
  | 'p'
  | 'p_prime'
  | 'np'
  | 'c'
  | 'u'
  | 'u_prime';

export type SpcZone =
  | 'beyond_ucl'
  | 'zone_a_upper'
  | 'zone_b_upper'
  | 'zone_c_upper'
  | 'zone_c_lower'
  | 'zone_b_lower'
  | 'zone_a_lower'
  | 'beyond_lcl'
  | null;

export type SpcSeverity = 'INFO' | 'WARNING' | 'CRITICAL';

/** Why it happened, or what was done. */
export type AckReason = string;

/** How many samples the chart takes until it signals, on the average, with its steady limits. */
export interface AverageRunLength {
  /** Until a false signal. */
  in_control: number;
  /** Until a shift of the plotted statistic by one of its standard deviations is found. */
  shift_of_one_sigma: number;
}

/** How the files of a source are written, and which of their columns holds what. */
export interface FileMapping {
  /** UTF-8 unless said; UTF-16, windows-1252 or ISO-8859-1. */
  charset?: string | null;
  /** A point or a comma. Where it is not said, the one that a number can only have; else a comma in files separated by semicolons, and a point in others. */
  decimal_mark?: string | null;
  /** A pattern such as dd.MM.yyyy HH:mm; ISO 8601 unless said. */
  time_format?: string | null;
  /** The zone of times without an offset, such as Europe/Berlin. */
  zone?: string | null;
  /** Headway's names of columns by their names in the file or their places, for example {"Messwert [mm]": "value", "#1": "timestamp"}. */
  columns?: {[key: string]: string} | null;
  /** Whether other columns are left out; the result names them. */
  ignore_others?: boolean | null;
  /** Whether a row at a time of which there was one is the same sample, so that an export that grows can be imported again. */
  unique_times?: boolean | null;
  /** The line of the header, for files that say something else before it; 0 when there is none. 1 unless said. */
  header_line?: number | null;
  /** Whether successive rows make up a sample, as many as the subgroup size. */
  stacked?: boolean | null;
}

/** Everything that is wrong. */
export type Reasons = {
  field?: string;
  message?: string;
}[];

export type AlarmKind = 'webhook' | 'slack' | 'teams' | 'ntfy' | 'mail';

export interface AlarmReceiverDraft {
  name: string;
  kind: AlarmKind;
  /** An http or https address, or an e-mail address. */
  address: string;
  /** Signs webhooks as those of jobs are signed (Headway-Signature); at least 16 characters. */
  secret?: string | null;
  /** Of which violations; null for all. */
  characteristic_id?: number | null;
  /** Of violations so grave at least. */
  severity?: SpcSeverity;
  /** Told only when nobody has answered for so long. */
  after_minutes?: number | null;
  /** Told again when nobody has answered for so long; null for once. */
  repeat_minutes?: number | null;
}

export interface AlarmReceiver {
  id: number;
  name: string;
  kind: AlarmKind;
  address: string;
  signed: boolean;
  characteristic_id: number | null;
  severity: SpcSeverity;
  after_minutes: number;
  repeat_minutes: number | null;
}

export interface SignalDraft {
  /** A topic of MQTT, or a pattern with + and #. One under spBv1.0 is of Sparkplug B. */
  topic: string;
  /** The place of the value in a JSON message (`values.diameter`, `$.readings[0].v`, `/values/diameter`), or the name of a Sparkplug metric. Null for a message that is the value. */
  path?: string | null;
  characteristic_id: number;
  /** Single values make up a subgroup, within so many seconds. */
  gather_seconds?: number | null;
  /** Values of one subgroup have the same text there, such as the number of a part. */
  key_path?: string | null;
}

export interface Signal {
  id: number;
  topic: string;
  path: string | null;
  characteristic_id: number;
  gather_seconds: number | null;
  key_path: string | null;
}

export interface SampleFilePreview {
  /** The names of the columns. */
  columns: string[];
  /** The cells of the first rows, as they are. */
  cells: string[][];
  /** The columns that are left out. */
  ignored_columns: string[];
  /** Everything that is wrong with the header; then no row is read. */
  problems: string[];
  rows: ({
    line: number;
    timestamp: string | null;
    measurements: number[];
    problems: string[];
  })[];
}

export interface SourceDraft {
  /** Unique. */
  name?: string;
  /** Of rows that name none. */
  characteristic_id?: number | null;
  mapping?: FileMapping;
}

export interface Source {
  id: number;
  name: string;
  characteristic_id: number | null;
  mapping: FileMapping;
}

/** Why; it goes to the audit trail. Required for a correction and a deletion. */
export type ChangeReason = string;

export interface LimitsDraft {
  /** Below the centre line. */
  lcl?: number;
  /** The centre line, or the known mean. */
  center_line?: number;
  /** Above the centre line. */
  ucl?: number;
  /** The known standard deviation of one measurement. */
  sigma?: number;
}

export interface EstimationDraft {
  /** Fewer samples are refused. */
  min_samples?: number;
  /** From the first so many samples. */
  first_samples?: number;
  /** From at most the last so many samples that are not excluded. */
  last_samples?: number;
  /** From samples taken at this time or later. */
  from?: string;
  /** From samples taken at this time or earlier. */
  to?: string;
  /** From these samples. */
  sample_ids?: number[];
  /** Samples of the baseline that are left out. */
  left_out?: LeftOut[];
  /** Leave points beyond the limits out and estimate again, until none is beyond them. */
  exclude_beyond?: boolean;
}

export interface LeftOut {
  sample_id: number;
  reason: string;
}

export interface RulesDraft {
  preset?: 'nelson' | 'western_electric' | 'aiag' | 'shewhart';
  rules?: SpcRuleDraft[];
  /** For the chart of the spread. */
  dispersion_rules?: SpcRuleDraft[];
}

export interface StageDraft {
  name?: string;
  /** When it begins. */
  from?: string;
  /** The sample that it begins with, instead of a time. */
  from_sample?: number;
  limits?: LimitsDraft;
  baseline?: EstimationDraft;
  rules?: RulesDraft;
}

export interface Stage {
  id: number;
  name: string;
  /** Null for the first stage. */
  from: string | null;
  /** When the next one begins; null for the last one. */
  to: string | null;
  /** The basis of its limits; null for limits set by hand or none. */
  baseline: {
    kind: 'period' | 'first' | 'last' | 'chosen' | 'known';
  } | null;
  limits: ControlLimits;
}

export interface StagePreview {
  /** How many samples would be judged anew. */
  judged: number;
  /** How many violations would be found. */
  begun: number;
  /** How many violations would be withdrawn. */
  withdrawn: number;
  /** The first 100 that would be found, with the numbers -1, -2 and so on. */
  found: PreviewedViolation[];
  /** The first 100 that would be withdrawn. */
  lost: PreviewedViolation[];
  /** The newest samples as they would be, the oldest first. */
  points: SpcSample[];
  stage: Stage;
}

export interface Annotation {
  annotation_id: number;
  characteristic_id: number;
  sample_id: number;
  text: string;
  author: string;
  at: string;
}

/** The effect that a change would have; nothing of it is stored. */
export interface ChangePreview {
  /** How many samples would be judged anew. */
  judged: number;
  /** How many violations would be found. */
  begun: number;
  /** How many violations would be withdrawn. */
  withdrawn: number;
  /** The first 100 that would be found, with the numbers -1, -2 and so on. */
  found: PreviewedViolation[];
  /** The first 100 that would be withdrawn. */
  lost: PreviewedViolation[];
  /** The newest samples as they would be, the oldest first. */
  points: SpcSample[];
}

export interface PreviewedViolation {
  violation_id: number;
  /** At which the rule would hold first. */
  sample_id: number;
  rule_id: number;
  rule_name: string;
  severity: SpcSeverity;
  /** The statistic that the chart plots. */
  chart: string;
}

/** Who acknowledges; only heard from clients without a token. */
export type AckUser = string;

export interface CharacteristicDraft {
  /** Unique. */
  name?: string;
  description?: string;
  /** By default the one that is customary for the subgroup size. */
  chart_type?: ChartType;
  subgroup_size?: number;
  /** Whether smaller subgroups are taken, too. */
  varying_size?: boolean;
  target_value?: number | null;
  /** Upper specification limit. */
  usl?: number | null;
  /** Lower specification limit. */
  lsl?: number | null;
}

export interface Characteristic {
  id: number;
  name: string;
  description: string;
  chart_type: ChartType;
  subgroup_size: number;
  varying_size: boolean;
  target_value: number | null;
  usl: number | null;
  lsl: number | null;
  limits?: ControlLimits;
}

export interface ControlLimits {
  characteristic_id: number;
  center_line: number | null;
  ucl: number | null;
  lcl: number | null;
  method:
    | 'moving_range'
    | 'r_bar'
    | 's_bar'
    | 'binomial'
    | 'poisson'
    | 'laney'
    | 'known'
    | 'manual'
    | null;
  sample_count: number;
  /** The limits are those of samples of this size. */
  sample_size?: number;
  /** Of one measurement, item or unit. */
  sigma?: number | null;
  /** The limits of the chart of the spread. */
  dispersion?: {
    center_line: number;
    ucl: number;
    lcl: number;
  } | null;
}

export interface SpcRuleDraft {
  rule_id: number;
  enabled?: boolean;
  severity?: SpcSeverity;
  /** How many points must fit the pattern. */
  points?: number;
  /** Among how many; for rules 5 and 6. */
  window?: number;
  /** Of rule 1: how many sigma a point must lie beyond. */
  multiple?: number;
}

export interface SpcRule {
  rule_id: number;
  rule_name: string;
  enabled: boolean;
  severity: SpcSeverity;
  points: number;
  window: number;
  /** Of rule 1: how many sigma a point must lie beyond. */
  multiple?: number;
}

export interface NewSample {
  characteristic_id: number;
  /** The subgroup's measurements; for attributes the count and, for p, np and u, the size inspected. */
  measurements: number[];
  /** By default now. */
  timestamp?: string | null;
  batch_number?: string | null;
  operator_id?: string | null;
  /** The sender's own name of the sample. One that comes again under the same key is not stored twice. */
  key?: string | null;
}

export interface TakenSample {
  /** Whether it had been stored before, under the same key. */
  repeated: boolean;
  sample_id: number;
  characteristic_id: number;
  timestamp: string;
  /** What the main chart plots. */
  mean: number;
  /** Null for attributes. */
  range: number | null;
  zone: SpcZone;
  /** Null where nothing was judged: no limits, sigma 0, or excluded. */
  in_control: boolean | null;
  /** A violation for every rule that holds at the sample. */
  violations: ({
    violation_id: number;
    rule_id: number;
    rule_name: string;
    severity: SpcSeverity;
    chart: string;
    side: 'upper' | 'lower' | 'both';
    /** Whether it began here; otherwise it went on. */
    new: boolean;
  })[];
}

export interface SpcSample {
  sample_id: number;
  characteristic_id: number;
  timestamp: string;
  measurements: number[];
  /** What the main chart plots. */
  value: number;
  mean: number;
  range: number | null;
  /** What the chart of the spread plots. */
  spread: number | null;
  zone: SpcZone;
  /** Null where nothing was judged: no limits, sigma 0, or excluded. */
  in_control: boolean | null;
  excluded: boolean;
  batch_number: string | null;
  operator_id: string | null;
  violation_ids: number[];
  /** In chart data: the limits of this sample's size. */
  ucl?: number;
  center_line?: number;
  lcl?: number;
  stage_id?: number;
  /** In chart data: the limits of its point on the chart of the spread. */
  spread_lines?: {
    center_line: number;
    ucl: number;
    lcl: number;
  };
}

export interface SpcOverviewEntry {
  id: number;
  name: string;
  description: string;
  chart_type: ChartType;
  subgroup_size: number;
  varying_size: boolean;
  target_value: number | null;
  usl: number | null;
  lsl: number | null;
  /** The newest plotted value. */
  value: number | null;
  timestamp: string | null;
  /** Of the newest sample; null when it was not judged. */
  in_control: boolean | null;
  /** How many violations nobody has answered. */
  open: number;
  worst: 'INFO' | 'WARNING' | 'CRITICAL' | null;
  lcl: number | null;
  center_line: number | null;
  ucl: number | null;
  /** The newest plotted values, the oldest first. */
  values: number[];
}

/** Successive samples of a series. */
export interface SeriesColumn {
  /** When the first was taken. */
  from: string;
  /** When the last was taken. */
  to: string;
  samples: number;
  /** The least plotted value; null when all samples are excluded. */
  min: number | null;
  /** The greatest plotted value. */
  max: number | null;
}

export interface SpcDistribution {
  measurements: number;
  /** A histogram of all measurements, ascending without gaps. */
  bins: {
    from: number;
    to: number;
    count: number;
  }[];
  /** How many measurements lie below the lower specification limit. */
  below_lsl: number | null;
  /** How many lie above the upper one. */
  above_usl: number | null;
  /** The Anderson-Darling test with mean and sigma from the measurements; null for fewer than 8, or equal ones. */
  normality: {
    /** A² adjusted for the number of measurements. */
    statistic: number;
    /** How probable a statistic as large is for normal measurements. */
    p_value: number;
  } | null;
}

/** The reason of a violation. */
export interface SpcExplanation {
  /** Which points, and their numbers in the formula of the rule. */
  sentence: string;
  /** The newest 100 of its points, in order; z = (value - center_line) / sigma. */
  points: {
    sample_id: number;
    timestamp: string;
    value: number;
    center_line: number;
    sigma: number;
    z: number;
  }[];
}

export interface SpcSignature {
  meaning: string;
  /** What was shown at the moment of signing. */
  proof: 'password' | 'provider';
}

export interface SpcViolation {
  id: number;
  /** The same as `id`. */
  violation_id: number;
  characteristic_id: number;
  /** The sample at which the rule first held. */
  sample_id: number;
  /** The newest sample at which it held. */
  last_sample_id: number;
  sample_count: number;
  /** The newest 100 of its samples. */
  sample_ids: number[];
  rule_id: number;
  rule_name: string;
  severity: SpcSeverity;
  chart: string;
  side: 'upper' | 'lower' | 'both';
  timestamp: string;
  /** Whether it was found by judging history, so that it alarms nobody. */
  retrospective: boolean;
  acknowledged: boolean;
  ack_user: string | null;
  ack_reason: string | null;
  ack_at: string | null;
  /** What the signature on the acknowledgment means; null where it was not signed. */
  ack_meaning: string | null;
  state: 'open' | 'acknowledged' | 'closed';
  /** Whether its rule holds at the newest sample still. */
  active: boolean;
  /** The assignable cause, once it is closed. */
  cause: string | null;
  /** What was done about it. */
  action: string | null;
  closed_by: string | null;
  closed_at: string | null;
  /** What the signature on that means; null where it was not signed. */
  closed_meaning: string | null;
  /** Given for a single violation. */
  explanation?: SpcExplanation | null;
}

export type Timestamp = string;

export type Topic = string;

/** A lease token. */
export type Lease = string;

/** As the body of the operation on one job. */
export interface WorkerItem {
  lease: Lease;
  kind?: 'progress' | 'logs' | 'complete' | 'fail' | 'cancelled';
  progress?: number | null;
  done?: number;
  total?: number;
  stage?: string | null;
  message?: string | null;
  metadata?: {[key: string]: Json} | null;
  /** Any JSON value of at most 65 */
  checkpoint?: Json;
  /** The job's steps, each its name or an object with name and weight. */
  steps?: Json[];
  lines?: Json[];
  /** Any JSON value. */
  result?: Json;
  error?: string;
  details?: string | null;
  retryable?: boolean;
  /** Any JSON value. */
  partial?: Json;
}

/** The client's own; the reply repeats it as `re`. */
export type RequestId = string | number;

export interface PingFrame {
  type: 'ping';
}

export interface ProgressData {
  attempt: number;
  percent: number | null;
  step: string | null;
  message: string | null;
  done?: number;
  total?: number;
  eta?: Eta;
  metadata?: {[key: string]: Json};
}

/** The topic's present state, enough to draw a page. */
export type Snapshot = WorkSnapshot | FeedSnapshot | null | CharacteristicSnapshot;

export interface WorkSnapshot {
  job_id: string;
  job_type: string;
  /** What people call it; absent where it has no name. */
  name?: string;
  status: JobStatus;
  attempt: number;
  percent: number | null;
  step: string | null;
  steps: string[];
  message: string | null;
  done?: number;
  total?: number;
  eta: Eta;
  metadata?: {[key: string]: Json};
  /** Since when its worker has been silent. */
  stalled_since?: string;
  cancel_requested?: boolean;
  /** The user's id; null for anonymous work. */
  owner: number | null;
  created_at: string;
  /** The moment that it waits for. */
  run_at?: string;
  /** 1 for the next of its queue. */
  queue_position?: number;
  /** An estimate by the pace of its queue. */
  expected_start?: string;
  started_at: string | null;
  completed_at: string | null;
  result?: Json;
  /** Where the result is when it is too large for a frame. */
  result_url?: string;
  /** Whether it is what a cancelled job had found. */
  partial?: boolean;
  error?: WorkError;
}

/** How work failed. */
export interface WorkError {
  /** One of the codes of the REST error body. */
  code: string;
  message: string;
  details?: string;
}

export interface FeedSnapshot {
  jobs: ({
    job_id: string;
    job_type: string;
    /** What people call it; absent where it has no name. */
    name?: string;
    status: JobStatus;
    attempt: number;
    percent: number | null;
    step: string | null;
    steps: string[];
    message: string | null;
    done?: number;
    total?: number;
    eta: Eta;
    metadata?: {[key: string]: Json};
    /** Since when its worker has been silent. */
    stalled_since?: string;
    cancel_requested?: boolean;
    /** The user's id; null for anonymous work. */
    owner: number | null;
    created_at: string;
    /** The moment that it waits for. */
    run_at?: string;
    /** 1 for the next of its queue. */
    queue_position?: number;
    /** An estimate by the pace of its queue. */
    expected_start?: string;
    started_at: string | null;
    completed_at: string | null;
    result?: Json;
    /** Where the result is when it is too large for a frame. */
    result_url?: string;
    /** Whether it is what a cancelled job had found. */
    partial?: boolean;
    error?: WorkError;
    topic: Topic;
  })[];
}

export type ScheduleStep = 'loading' | 'validating' | 'planning' | 'saving' | 'complete';

export interface FillingFrame {
  type: string;
  step: string;
  progress: number;
  message: string;
  timestamp: Timestamp;
}

export type Severity = 'INFO' | 'WARNING' | 'CRITICAL';

export interface CharacteristicIds {
  type: string;
  characteristic_ids: number[];
}

export interface CharacteristicSnapshot {
  characteristic: {[key: string]: Json};
  limits: {[key: string]: Json} | null;
  latest: Json[];
  open_violations: Json[];
}

/** Shows a token, first or to replace one that ends soon. */
export interface AuthFrame {
  type: 'auth';
  token: string;
}

export interface PongFrame {
  type: 'pong';
}

export interface TimedPongFrame {
  type: 'pong';
  timestamp: Timestamp;
}

/** Asks the work to stop. */
export interface CancelFrame {
  type: 'cancel';
}

/** The first frame. */
export interface NativeHelloFrame {
  hello: 'headway.v1' | 'headway.v1.cbor';
  server: string;
  epoch: string;
  ping_seconds: number;
  /** The window over which clients spread their reconnects. */
  reconnect: {
    min_ms: number;
    max_ms: number;
  };
}

export interface NativeAuthFrame {
  op: 'auth';
  id?: RequestId;
  token: string;
}

export interface NativeAuthenticatedFrame {
  re: RequestId;
  ok: boolean;
  expires_at?: string | null;
}

export interface NativeWatchFrame {
  op: 'watch';
  id?: RequestId;
  topics: {
    topic: Topic;
    after?: Cursor;
    logs?: boolean;
  }[];
}

/** What is watched from now on; events follow. `more` on all but the last part of a long reply. */
export interface NativeWatchingFrame {
  re: RequestId;
  more?: boolean;
  watching: {
    topic: Topic;
    /** Whether every event after the cursor follows; else there is a snapshot. */
    recovered: boolean;
    cursor: Cursor;
    snapshot?: Snapshot;
  }[];
  refused: {
    topic: string;
    code: ErrorCode;
  }[];
}

export interface NativeUnwatchFrame {
  op: 'unwatch';
  id?: RequestId;
  topics: Topic[];
}

export interface NativeDoneFrame {
  re: RequestId;
  ok: boolean;
}

export interface NativeCancelFrame {
  op: 'cancel';
  id?: RequestId;
  topic: Topic;
}

export interface NativeCancelReplyFrame {
  re: RequestId;
  ok: 'requested' | 'too_late';
}

export interface NativePingFrame {
  op: 'ping';
  id?: RequestId;
}

export interface NativePongFrame {
  re: RequestId;
  at: Timestamp;
}

export interface NativeErrorFrame {
  re?: RequestId;
  error: {
    code: ErrorCode;
    message: string;
  };
}

/** Something happened. */
export interface NativeEventFrame {
  topic: Topic;
  cursor: Cursor;
  type:
    | 'queued'
    | 'started'
    | 'steps_declared'
    | 'progress'
    | 'log'
    | 'stalled'
    | 'attempt_failed'
    | 'cancel_requested'
    | 'cancel_too_late'
    | 'completed'
    | 'failed'
    | 'cancelled'
    | 'deleted'
    | 'sample'
    | 'violation'
    | 'acknowledged'
    | 'limits'
    | 'excluded'
    | 'correction'
    | 'rules'
    | 'specification'
    | 'stage'
    | 'status';
  at: Timestamp;
  /** For `progress` a ProgressData; for `steps_declared` that with the names of the steps; for the end the result or the error whole, or `result_url`. */
  data: {[key: string]: Json};
  /** How many progress events were passed over before this one. */
  conflated?: number;
}

/** Tells of a lost connection between the servers, and of its return. */
export interface NativeNoticeFrame {
  notice: 'degraded' | 'restored';
}

/** Asks for jobs of a queue as they come; again with another `at_most` to hold more or fewer. Afterwards a message may have 262,144 bytes. */
export interface NativeWorkFrame {
  op: 'work';
  id?: RequestId;
  queue?: string;
  /** Everything when empty. */
  job_types?: string[];
  worker_id: string;
  lease_seconds?: number;
  /** How many jobs it holds at once. */
  at_most?: number;
}

/** A job for the worker. Its lease ends early unless the worker answers, with an empty report for example. */
export interface NativeClaimedFrame {
  /** As the answer to `POST /jobs/claim`. */
  claimed: {
    /** A Job as in REST */
    job: {[key: string]: Json};
    lease: Lease;
    lease_expires_at: Timestamp;
    /** What an earlier attempt has left. */
    checkpoint?: Json;
  };
}

/** What a worker says of the jobs that it holds. Answered only where there is something to say. */
export interface NativeReportsFrame {
  op: 'reports';
  id?: RequestId;
  /** The worker's number of this message, higher than those before. */
  upto: number;
  items: WorkerItem[];
}

/** Everything up to this number was taken, but for the items that were refused before. Within 250 ms. */
export interface NativeAckedFrame {
  acked: number;
}

/** Jobs that are the worker's no longer. */
export interface NativeLostFrame {
  lost: Lease[];
}

/** Jobs whose work is to stop. */
export interface NativeCancelRequestedFrame {
  cancel_requested: Lease[];
  /** Those of which the result so far is wanted. */
  keep_partial?: Lease[];
}

/** Items that were not taken, before the acknowledgment of their message. */
export interface NativeRefusedFrame {
  refused: {
    lease: Lease;
    upto: number;
    /** Its place in the message. */
    item: number;
    code: ErrorCode;
    message: string;
  }[];
}

/** Jobs that the worker has ended, before the acknowledgment of their message. */
export interface NativeEndedFrame {
  ended: {
    lease: Lease;
    job_id: string;
    status: JobStatus;
    /** The next one, where the job is queued again. */
    attempt: number;
  }[];
}

/** A further job on the same socket. */
export interface JobSubscribeFrame {
  type: 'subscribe';
  job_id: string;
}

export interface JobUnsubscribeFrame {
  type: 'unsubscribe';
  job_id: string;
}

/** The path's job when none is named. */
export interface JobCancelFrame {
  type: 'cancel';
  job_id?: string;
}

/** The only frame with a top-level `job_id`. */
export interface JobProgressFrame {
  type: 'progress';
  job_id: string;
  status: JobStatus;
  progress: number | null;
  message: string | null;
  timestamp: Timestamp;
  metadata: {
    stage?: string | null;
    stalled_since?: string;
    result_url?: string;
  };
}

/** After 30 s without another frame. */
export interface JobHeartbeatFrame {
  type: 'heartbeat';
  timestamp: Timestamp;
}

export interface JobErrorFrame {
  type: 'error';
  error: string;
  /** The job that it is about. */
  subject?: string;
}

export interface ScheduleProgressFrame {
  type: 'progress';
  step: ScheduleStep;
  progress: number;
  message: string;
  timestamp: Timestamp;
}

export interface ScheduleCompleteFrame {
  type: 'complete';
  step: 'complete';
  progress: 100;
  message: string;
  timestamp: Timestamp;
  result: {
    schedule_id: number;
    /** Hours. */
    makespan: number;
    utilization: number;
    changeovers: number;
    kpis: {
      makespan_hours: number;
      utilization_percent: number;
      changeover_count: number;
      /** Mean fill time in hours. */
      avg_lot_duration: number;
    };
    result_url?: string;
  };
}

export interface ComparisonProgressFrame {
  type: 'progress';
  step: string;
  progress: number;
  message: string;
  timestamp: Timestamp;
}

export interface ComparisonCompleteFrame {
  type: 'complete';
  step: 'complete';
  progress: 100;
  message: string;
  timestamp: Timestamp;
  result: {
    comparison_id: number;
    best_strategy: string;
    best_makespan: number;
    recommendation: string;
    strategies: ({
      strategy: string;
      makespan: number | null;
      utilization: number | null;
      changeovers: number | null;
      /** Seconds. */
      execution_time: number | null;
    })[];
  };
}

export interface FillingErrorFrame {
  type: 'error';
  step: string;
  progress: number;
  message: string;
  timestamp: Timestamp;
  error: {
    code:
      | 'VALIDATION_ERROR'
      | 'AUTHENTICATION_ERROR'
      | 'AUTHORIZATION_ERROR'
      | 'NOT_FOUND'
      | 'EXECUTION_ERROR'
      | 'TIMEOUT_ERROR'
      | 'CONNECTION_ERROR'
      | 'CANCELLED';
    details: string;
  };
}

/** Every 30 s, the last progress repeated. */
export interface FillingPingFrame {
  type: 'ping';
  timestamp: Timestamp;
  step: string;
  progress: number;
  message: string;
}

export interface FillingPongFrame {
  type: 'pong';
  timestamp?: Timestamp;
}

export interface AnalysisProgressFrame {
  type: 'progress';
  progress: number;
  phase:
    | 'queued'
    | 'initializing'
    | 'loading_config'
    | 'collecting_data'
    | 'analyzing_squad'
    | 'optimizing_transfers'
    | 'choosing_captain'
    | 'formatting_results'
    | 'completed';
  message: string;
  timestamp: Timestamp;
  /** What is known already. */
  partial?: {
    /** The best plan so far, as `plan` of the results. */
    plan?: {[key: string]: Json}[];
    /** Once the plan has been searched. */
    captaincy?: {[key: string]: Json};
  };
}

export interface AnalysisCompleteFrame {
  type: 'complete';
  analysis_id: string;
  status: 'completed';
  /** The decision; a summary with `result_url` when it would not fit. */
  results: {[key: string]: Json};
  result_url?: string;
  timestamp: Timestamp;
}

export interface AnalysisErrorFrame {
  type: 'error';
  message: string;
  error: string | null;
  details: Json;
  timestamp: Timestamp;
}

/** Every 2 s without another frame. */
export interface AnalysisHeartbeatFrame {
  type: 'heartbeat';
  status: 'queued' | 'running' | 'completed' | 'failed' | 'cancelled';
  progress: number;
  timestamp: Timestamp;
}

/** `action` for `type`, and a single `characteristic_id`, are understood, too. */
export interface SpcSubscribeFrame {
  type: 'subscribe';
  characteristic_ids: number[];
  since?: Cursor;
}

export interface SpcUnsubscribeFrame {
  type: 'unsubscribe';
  characteristic_ids: number[];
}

/** The ids really granted. */
export interface SpcSubscribedFrame {
  type: 'subscribed';
  characteristic_ids: number[];
}

export interface SpcUnsubscribedFrame {
  type: 'unsubscribed';
  characteristic_ids: number[];
}

export interface SpcSampleFrame {
  type: 'sample';
  cursor?: Cursor;
  payload: {
    sample_id: number;
    characteristic_id: number;
    timestamp: Timestamp;
    value: number;
    zone:
      | 'beyond_ucl'
      | 'zone_a_upper'
      | 'zone_b_upper'
      | 'zone_c_upper'
      | 'zone_c_lower'
      | 'zone_b_lower'
      | 'zone_a_lower'
      | 'beyond_lcl'
      | null;
    /** Null where nothing was judged. */
    in_control: boolean | null;
  };
}

export interface SpcViolationFrame {
  type: 'violation';
  cursor?: Cursor;
  payload: {
    violation_id: number;
    characteristic_id: number;
    sample_id: number;
    rule_id: number;
    rule_name: string;
    severity: Severity;
    /** The statistic that the chart plots. */
    chart?: string;
    /** Whether it was found by judging history, so that it alarms nobody. */
    retrospective?: boolean;
    /** True when its pattern is no longer there, since history was judged anew. */
    withdrawn?: boolean;
  };
}

export interface SpcAckUpdateFrame {
  type: 'ack_update';
  cursor?: Cursor;
  payload: {
    violation_id: number;
    characteristic_id: number;
    acknowledged: boolean;
    ack_user: string | null;
    ack_reason: string | null;
    ack_at?: string | null;
    /** What the signature on it means; null where it was not signed. */
    ack_meaning?: string | null;
  };
}

export interface SpcControlLimitsFrame {
  type: 'control_limits';
  cursor?: Cursor;
  payload: {
    characteristic_id: number;
    center_line: number | null;
    ucl: number | null;
    lcl: number | null;
    method: string | null;
    sample_count: number;
  };
}

/** A sample was taken out of limits and rules, or in again; the payload is the sample as REST has it. */
export interface SpcExclusionFrame {
  type: 'exclusion';
  cursor?: Cursor;
  payload: {
    sample_id: number;
    characteristic_id: number;
    excluded: boolean;
  };
}

/** A sample was corrected, or deleted; the payload is the sample as REST has it, or says that it was deleted. */
export interface SpcCorrectionFrame {
  type: 'correction';
  cursor?: Cursor;
  payload: {
    sample_id: number;
    characteristic_id: number;
    deleted?: boolean;
  };
}

/** Other rules are in force; the payload is as REST has it. */
export interface SpcRulesChangedFrame {
  type: 'rules';
  cursor?: Cursor;
  payload: {
    characteristic_id: number;
    rules: {[key: string]: Json}[];
    dispersion_rules: {[key: string]: Json}[];
  };
}

/** The characteristic was defined anew; the payload is as REST has it. */
export interface SpcSpecificationFrame {
  type: 'specification';
  cursor?: Cursor;
  payload: {
    id: number;
    name: string;
  };
}

/** History was judged anew; zones and verdicts of earlier samples are to be read again. */
export interface SpcStageFrame {
  type: 'stage';
  cursor?: Cursor;
  payload: {
    characteristic_id: number;
    judged_samples: number;
    new_violations: number;
    withdrawn_violations: number;
  };
}

/** To all clients, from `POST /api/v1/admin/notice`. */
export interface SpcNoticeFrame {
  type: 'notice';
  payload: {
    message: string;
    severity: Severity;
  };
}

export interface SpcErrorFrame {
  type: 'error';
  message: string;
  ids?: number[];
}
