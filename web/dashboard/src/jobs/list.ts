import type {Job, JobSnapshot, TopicEvent} from '@headway/client';
import {isEnd, reduce} from '@headway/client';
import {batch, type Signal, signal} from '@preact/signals';

/** A job as the list shows it: what the stream says, and what only REST knows. */
export interface Row extends JobSnapshot {
  job_id: string;
  payload?: Job['payload'];
  retry_of?: string | null;
  parent_id?: string | null;
}

/** Which jobs a visitor wants to see. */
export type Filter = 'all' | 'running' | 'waiting' | 'ended';

const GROUPS = {running: 0, waiting: 1, ended: 2} as const;
export type Group = keyof typeof GROUPS;

/** What runs, what waits, what has ended. */
export function groupOf(status: JobSnapshot['status']): Group {
  if (isEnd(status)) {
    return 'ended';
  }
  return status === 'in_progress' ? 'running' : 'waiting';
}

/** Running first, then waiting, then ended; the newest of each first (ids rise with time). */
export function inOrder(left: Row, right: Row): number {
  const groups = GROUPS[groupOf(left.status)] - GROUPS[groupOf(right.status)];
  return groups !== 0 ? groups : left.job_id < right.job_id ? 1 : -1;
}

/** A job of REST as a row. */
export function rowOf(job: Job): Row {
  const row: Row = {
    job_id: job.id,
    job_type: job.job_type,
    status: job.status,
    attempt: job.attempt,
    percent: job.progress,
    step: job.stage,
    message: job.message,
    eta: job.eta,
    owner: job.owner,
    created_at: job.created_at,
    started_at: job.started_at,
    completed_at: job.completed_at,
    payload: job.payload,
    retry_of: job.retry_of ?? null,
    parent_id: job.parent_id ?? null,
  };
  if (job.name) {
    row.name = job.name;
  }
  if (job.steps) {
    row.steps = job.steps;
  }
  if (job.cancel_requested) {
    row.cancel_requested = true;
  }
  const stalled = (job as {stalled_since?: string | null}).stalled_since;
  if (stalled) {
    row.stalled_since = stalled;
  }
  if (job.error_message) {
    row.error = {code: job.error_code ?? '', message: job.error_message};
  }
  return row;
}

/**
 * All jobs that a visitor may see, kept up to date by the events of their feed. Each row is a signal
 * of its own, so that a bar that moves redraws one row; `order` changes only when rows come, go or
 * change places. Events are taken in once per frame, however many there are.
 */
export class JobList {
  /** The ids in the order in which they are shown. */
  readonly order = signal<readonly string[]>([]);
  /** How many jobs there are of each group. */
  readonly counts = signal<Record<Group, number>>({running: 0, waiting: 0, ended: 0});
  private readonly rows = new Map<string, Signal<Row>>();
  /** The jobs that were heard of, or deleted, since a listing began. */
  private readonly touched = new Set<string>();
  private waiting: TopicEvent[] = [];
  private scheduled = false;

  /**
   * @param later runs something with the next frame
   * @param strange is told when the feed names jobs of which too little is known
   */
  constructor(
    private readonly later: (work: () => void) => void,
    private readonly strange: () => void,
  ) {}

  row(id: string): Signal<Row> | undefined {
    return this.rows.get(id);
  }

  /** Takes in an event of the feed with the next frame. */
  heard(event: TopicEvent): void {
    this.waiting.push(event);
    if (!this.scheduled) {
      this.scheduled = true;
      this.later(() => this.flush());
    }
  }

  /** Takes in everything that has been heard. */
  flush(): void {
    const events = newest(this.waiting);
    this.waiting = [];
    this.scheduled = false;
    batch(() => {
      let moved = false;
      for (const event of events) {
        moved = (event.type === 'snapshot' ? this.snapshot(event) : this.happened(event)) || moved;
      }
      if (moved) {
        this.arrange();
      }
    });
  }

  private snapshot(event: TopicEvent): boolean {
    for (const job of event.data['jobs'] as (JobSnapshot & {topic: string})[]) {
      const {topic, ...state} = job;
      this.put({...this.known(idOf(topic)), ...state, job_id: idOf(topic)});
    }
    return true;
  }

  private happened(event: TopicEvent): boolean {
    const {topic, ...data} = event.data as {topic: string};
    const id = idOf(topic);
    if (event.type === 'deleted') {
      return this.forget(id);
    }
    const before = this.rows.get(id)?.peek();
    const after = reduce(before, {...event, topic, data}) as JobSnapshot | undefined;
    if (after === undefined) {
      return false;
    }
    if (before === undefined) {
      this.strange();
    }
    const row = {created_at: event.at ?? '', ...after, job_id: id} as Row;
    this.put(row);
    return before === undefined || groupOf(before.status) !== groupOf(row.status);
  }

  private known(id: string): Partial<Row> {
    const {name, payload, retry_of, parent_id} = this.rows.get(id)?.peek() ?? {};
    const called = name === undefined ? {} : {name};
    return payload === undefined ? {} : {...called, payload, retry_of: retry_of ?? null, parent_id: parent_id ?? null};
  }

  private put(row: Row): void {
    this.touched.add(row.job_id);
    const known = this.rows.get(row.job_id);
    if (known === undefined) {
      this.rows.set(row.job_id, signal(row));
    } else {
      known.value = row;
    }
  }

  /** From now on a listing is on its way, and what is heard meanwhile is newer than it. */
  listing(): void {
    this.touched.clear();
  }

  /**
   * Takes in what REST lists.
   *
   * @param whole whether these are all jobs there are: what is not among them has been deleted
   */
  listed(jobs: readonly Job[], whole: boolean): void {
    batch(() => {
      jobs.forEach((job) => this.merge(rowOf(job)));
      if (whole) {
        const there = new Set(jobs.map((job) => job.id));
        [...this.rows.keys()].filter((id) => !there.has(id) && !this.touched.has(id)).forEach((id) => this.rows.delete(id));
      }
      this.arrange();
    });
  }

  private merge(row: Row): void {
    const known = this.rows.get(row.job_id);
    const newer = this.touched.has(row.job_id);
    if (known !== undefined) {
      known.value = newer ? {...row, ...known.peek(), ...still(row)} : row;
    } else if (!newer) { // else it was deleted after it was listed
      this.rows.set(row.job_id, signal(row));
    }
  }

  /** Forgets everything: somebody else is here. */
  clear(): void {
    this.rows.clear();
    this.touched.clear();
    this.waiting = [];
    this.arrange();
  }

  /** Forgets a job. */
  removed(id: string): void {
    this.forget(id);
    this.arrange();
  }

  private forget(id: string): boolean {
    this.touched.add(id);
    return this.rows.delete(id);
  }

  private arrange(): void {
    const rows = [...this.rows.values()].map((row) => row.peek()).sort(inOrder);
    const counts = {running: 0, waiting: 0, ended: 0};
    rows.forEach((row) => counts[groupOf(row.status)]++);
    this.counts.value = counts;
    this.order.value = rows.map((row) => row.job_id);
  }
}

/** Without the progress of jobs that have moved on since: each report says all there is to say. */
function newest(events: readonly TopicEvent[]): TopicEvent[] {
  const movesOn = new Set<unknown>();
  const kept: TopicEvent[] = [];
  for (const event of events.toReversed()) {
    const topic = event.data['topic'];
    if (event.type !== 'progress' || !movesOn.has(topic)) {
      kept.push(event);
    }
    movesOn[event.type === 'progress' ? 'add' : 'delete'](topic);
  }
  return kept.reverse();
}

/** What of a row never changes, and is not part of events. */
function still(row: Row): Partial<Row> {
  const {name, payload, owner, created_at, retry_of, parent_id, steps} = row;
  return {name, payload, owner, created_at, retry_of, parent_id, ...(steps && {steps})} as Partial<Row>;
}

function idOf(topic: string): string {
  return topic.slice(topic.indexOf(':') + 1);
}

/** Whether a row has the text in what is shown of it. */
export function fits(row: Row, title: string, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return (
    wanted === '' ||
    [title, row.job_type ?? '', row.job_id, row.message ?? '', row.step ?? ''].some((shown) =>
      shown.toLowerCase().includes(wanted),
    )
  );
}
