/**
 * BullMQ's jobs as jobs of Headway: waiting, active, with their progress, attempts, result or error.
 *
 *     showQueue(queue, client);    // where jobs are added
 *     showWorker(worker, client);  // where they are done
 *
 * A job's `updateProgress` moves the bar: a percentage, or `{done, total, message}`. The client's
 * token needs the role worker; both sides use the same account. Nothing waits for the server.
 */
import type {Job, Queue, Worker} from 'bullmq';
import type {Json, SubmittedJob} from './api.js';
import type {HeadwayClient} from './client.js';
import type {ClaimedJob} from './work/job.js';
import type {Progress} from './work/reports.js';
import {persistently} from './work/retry.js';
import {checkReport, checkWritable} from './work/writable.js';

const CLAIM_SECONDS = 20;
const MOST_ATTEMPTS = 100;

/** Shows the jobs that this queue object adds from now on; returns what ends that. */
export function showQueue(queue: Queue, client: HeadwayClient): () => void {
  const waiting = (job: Job) => void submit(client, job).catch(unshown);
  queue.on('waiting', waiting);
  return () => queue.off('waiting', waiting);
}

/** Shows the jobs that this worker does from now on; returns what ends that. */
export function showWorker(worker: Worker, client: HeadwayClient): () => void {
  const shown = new ShownJobs(worker, client);
  const active = (job: Job) => shown.begin(job);
  const progress = (job: Job, value: unknown) => shown.progress(job, value);
  const completed = (job: Job, result: unknown) => shown.end(job, (held) => held.complete(plain(result)));
  const failed = (job: Job | undefined, error: Error) => job && shown.fail(job, error);
  worker.on('active', active).on('progress', progress).on('completed', completed).on('failed', failed);
  return () =>
    void worker.off('active', active).off('progress', progress).off('completed', completed).off('failed', failed);
}

/** The jobs that a worker is doing, each with the promise of its lease. */
class ShownJobs {
  private readonly held = new Map<string, Promise<ClaimedJob | undefined>>();
  /** The ends that are on their way: the next attempt is claimed after them. */
  private readonly ending = new Map<string, Promise<unknown>>();

  constructor(
    private readonly worker: Worker,
    private readonly client: HeadwayClient,
  ) {}

  begin(job: Job): void {
    const before = this.ending.get(key(job)) ?? Promise.resolve();
    this.held.set(key(job), before.then(() => this.claim(job)).catch(unshown));
  }

  private async claim(job: Job): Promise<ClaimedJob | undefined> {
    await persistently(() => submit(this.client, job));
    const held = await persistently(() => this.client.claim({queue: queueOf(job), waitSeconds: CLAIM_SECONDS}));
    held?.signal.addEventListener('abort', () => {
      if (held.cancelRequested) {
        this.worker.cancelJob(job.id!, 'Cancelled in Headway');
      }
    });
    return held;
  }

  progress(job: Job, value: unknown): void {
    void this.held.get(key(job))?.then((held) => {
      const report = reportOf(value);
      if (report) {
        held?.progress(report);
      }
    });
  }

  fail(job: Job, error: Error): void {
    const retryable = error.name !== 'UnrecoverableError' && job.attemptsMade < attempts(job);
    this.end(job, (held) => (held.cancelRequested ? held.cancelled() : held.fail(error, {retryable})));
  }

  end(job: Job, how: (held: ClaimedJob) => Promise<unknown>): void {
    const held = this.held.get(key(job));
    this.held.delete(key(job));
    const ending = held?.then((claimed) => claimed && how(claimed)).catch(unshown);
    if (ending) {
      this.ending.set(key(job), ending);
      void ending.finally(() => this.ending.get(key(job)) === ending && this.ending.delete(key(job)));
    }
  }
}

/** The job for one of BullMQ's, made by whichever side comes first. */
function submit(client: HeadwayClient, job: Job): Promise<SubmittedJob> {
  return client.submit({
    job_type: word(`bullmq.${job.queueName}.${job.name}`),
    name: `${job.queueName}: ${job.name}`.slice(0, 200),
    payload: {queue: job.queueName, id: job.id ?? ''},
    external: true,
    queue: queueOf(job),
    idempotency_key: key(job).slice(0, 200),
    max_attempts: attempts(job),
    max_lost: MOST_ATTEMPTS,
    retry: {first_seconds: 0},
  });
}

/** BullMQ's 0, its default, is one attempt, too. */
function attempts(job: Job): number {
  return Math.min(MOST_ATTEMPTS, Math.max(1, job.opts.attempts ?? 1));
}

/** A queue of one job: two claims never meet, and no other worker looks there. */
function queueOf(job: Job): string {
  return word(`bullmq.${job.queueName}.${job.id}`);
}

/** The time tells jobs apart that had the same id in another life of the queue. */
function key(job: Job): string {
  return `bullmq-${job.queueName}-${job.id}-${job.timestamp}`;
}

function word(text: string): string {
  return text.replace(/[^A-Za-z0-9._-]/g, '-').slice(-100).replace(/^[^A-Za-z0-9]/, 'q');
}

/** A report of what was given to `updateProgress`; undefined where that says nothing to Headway. */
function reportOf(value: unknown): Progress | undefined {
  const given: Progress | undefined =
    typeof value === 'number' ? {percent: value} : typeof value === 'string' ? {message: value} : picked(value);
  try {
    given && checkReport(given);
    return given;
  } catch {
    return undefined;
  }
}

function picked(value: unknown): Progress | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  const {percent, done, total, step, message} = value as Progress;
  const said = {percent, done, total, step, message};
  return Object.fromEntries(Object.entries(said).filter(([, part]) => part !== undefined));
}

function plain(result: unknown): Json {
  try {
    checkWritable('The result', result);
    return (result ?? null) as Json;
  } catch {
    return String(result);
  }
}

/** What cannot be shown must not disturb what is done. */
function unshown(failure: Error): undefined {
  console.warn(`headway: a job of BullMQ is not shown: ${failure.message}`);
  return undefined;
}
