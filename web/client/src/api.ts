/** The contract's types under the names that this client uses; all of them are in `contract`. */
import type {
  FeedSnapshot as WholeFeed,
  LogPage,
  NativeEventFrame,
  WorkError,
  WorkSnapshot,
} from './contract.js';

export type {
  ApiKey,
  Defect,
  ErrorCode,
  Eta,
  EventBatch,
  FileLink,
  Job,
  JobFile,
  JobPage,
  JobStatus,
  JobSubmission,
  Json,
  Link,
  LinkPage,
  LogPage,
  Problem,
  Role,
  Step,
  SubmittedJob,
  Token,
  User,
  WatchToken,
} from './contract.js';

/** A line of a job's log. */
export type LogLine = LogPage['lines'][number];

/** How a job failed. */
export type JobError = WorkError;

/** What a client knows of work from the beginning of a watch on. */
type Known = 'status' | 'attempt' | 'percent' | 'step' | 'message' | 'eta';

/** A job's present state as the stream shows it; also of a schedule, comparison or analysis. */
export type JobSnapshot = Pick<WorkSnapshot, Known> &
  Partial<WorkSnapshot> & {[key: string]: unknown};

/** A user's feed: the jobs that they may see, each with its own topic. */
export interface FeedSnapshot {
  jobs: (JobSnapshot & Pick<WholeFeed['jobs'][number], 'topic'>)[];
}

/** What a topic's snapshot can be. */
export type Snapshot = JobSnapshot | FeedSnapshot | {[key: string]: unknown};

/** A kind of event; a newer server may have more of them. */
export type EventType = NativeEventFrame['type'] | 'snapshot' | (string & {});

/** One thing that happened in a topic. A `snapshot` is its whole present state. */
export interface TopicEvent extends Omit<NativeEventFrame, 'type' | 'at' | 'data'> {
  type: EventType;
  /** ISO 8601; absent on snapshots. */
  at?: string;
  data: {[key: string]: unknown};
}
