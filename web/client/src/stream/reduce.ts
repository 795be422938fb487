import type {FeedSnapshot, JobSnapshot, JobStatus, Snapshot, TopicEvent} from '../api.js';

const ENDS = new Set(['completed', 'failed', 'cancelled']);

/** Whether a job in this state, or an event of this name, is the end of it. */
export function isEnd(statusOrType: string): boolean {
  return ENDS.has(statusOrType);
}

/** Whether a state is that of something that runs to an end: a job, schedule or analysis. */
export function isJob(state: Snapshot | undefined): state is JobSnapshot {
  return state !== undefined && typeof (state as JobSnapshot).status === 'string';
}

/** Whether a topic is a feed, with the events of many jobs: it goes on after their ends. */
export function isFeed(topic: string): boolean {
  return topic.startsWith('user:') || topic.startsWith('tag:');
}

/** The state after an event. Events of kinds that are not known here leave it as it is. */
export function reduce(state: Snapshot | undefined, event: TopicEvent): Snapshot | undefined {
  if (isFeed(event.topic)) {
    return event.type === 'snapshot' ? joined(state, event) : feed(state, event);
  }
  if (event.type === 'snapshot') {
    return event.data;
  }
  if (event.topic.startsWith('characteristic:')) {
    return state;
  }
  return job(state as JobSnapshot | undefined, event);
}

/** What only the newest event may say: its absence means that it is no longer so. */
const PASSING = ['done', 'total', 'metadata', 'stalled_since', 'result', 'result_url', 'error'];

function job(state: JobSnapshot | undefined, event: TopicEvent): JobSnapshot | undefined {
  switch (event.type) {
    case 'log':
      return state;
    case 'attempt_failed':
      return next(state, {
        status: 'queued',
        attempt: event.data['next_attempt'],
        percent: 0,
        step: state?.steps?.[0] ?? null,
        message: 'Waiting to start',
      });
    case 'started':
      return next(state, {...event.data, started_at: event.at});
    case 'cancel_requested':
      return next(state, {...event.data, cancel_requested: true});
    default:
      return next(state, isEnd(event.type) ? {...event.data, completed_at: event.at} : event.data);
  }
}

function next(state: JobSnapshot | undefined, data: {[key: string]: unknown}): JobSnapshot {
  const lasting = Object.entries(state ?? {}).filter(([key]) => !PASSING.includes(key));
  const unknown = {status: 'queued' as JobStatus, attempt: 1, percent: null, step: null};
  return {
    ...unknown,
    message: null,
    ...Object.fromEntries(lasting),
    percent: null,
    step: null,
    eta: null,
    ...data,
  };
}

/** A feed's snapshot may come in parts, which have the same cursor. */
function joined(state: Snapshot | undefined, event: TopicEvent): FeedSnapshot {
  const part = event.data as unknown as FeedSnapshot;
  const before = (state as Partial<FeedSnapshot> | undefined)?.jobs ?? [];
  const fresh = new Set(part.jobs.map((entry) => entry.topic));
  return event.data['part'] === true
    ? {jobs: [...before.filter((entry) => !fresh.has(entry.topic)), ...part.jobs]}
    : {jobs: part.jobs};
}

function feed(state: Snapshot | undefined, event: TopicEvent): FeedSnapshot {
  const jobs = (state as Partial<FeedSnapshot> | undefined)?.jobs ?? [];
  const {topic, ...data} = event.data as {topic: string};
  if (event.type === 'deleted') {
    return {jobs: jobs.filter((entry) => entry.topic !== topic)};
  }
  const before = jobs.find((entry) => entry.topic === topic);
  const after = job(before, {...event, topic, data});
  if (after === undefined) {
    return {jobs};
  }
  const entry = {job_id: topic.slice(topic.indexOf(':') + 1), ...after, topic};
  return {jobs: before ? jobs.map((old) => (old === before ? entry : old)) : [entry, ...jobs]};
}
