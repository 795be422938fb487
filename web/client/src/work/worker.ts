import type {JobSubmission, Json} from '../api.js';
import type {Claim} from '../contract.js';
import {CancelRequest, LeaseLostError, PermanentFailure} from '../error.js';
import type {Rest} from '../rest.js';
import type {Board} from '../stream/board.js';
import type {Watch} from '../stream/watch.js';
import type {WorkerChannel} from './channel.js';
import {ClaimedJob} from './job.js';
import {persistently} from './retry.js';
import type {StartedJob} from './track.js';

export interface ClaimOptions {
  queue?: string;
  /** What the worker can do; everything when left out. */
  types?: string[];
  /** Names the worker in the server's log; by default random. */
  workerId?: string;
  /** How long the job is this worker's without a sign of life; 30 by default. */
  leaseSeconds?: number;
  /** How long to wait for a job, at most 30; 0 by default. */
  waitSeconds?: number;
  /** Ends the waiting. */
  signal?: AbortSignal;
}

/**
 * The work on a job. Its result completes the job. A throw fails the attempt, so that another one
 * may follow while attempts are left; a `PermanentFailure` fails the job for good.
 */
export type Handler = (job: ClaimedJob) => Promise<Json | void> | Json | void;

export interface ServeOptions extends ClaimOptions {
  /** How many jobs at once; 1 by default. */
  concurrency?: number;
}

const WAIT_SECONDS = 25;
const LEASE_SECONDS = 30;

/** The worker's side: claims jobs and hands them over. */
export class Workers {
  private readonly workerId = `js-${crypto.randomUUID().slice(0, 8)}`;

  constructor(
    private readonly rest: Rest,
    private readonly board: Board,
    private readonly channel: WorkerChannel,
  ) {}

  /** The next job, or undefined when none came within the waiting time. */
  async claim(options: ClaimOptions = {}): Promise<ClaimedJob | undefined> {
    const lease = options.leaseSeconds ?? LEASE_SECONDS;
    const body = {
      queue: options.queue,
      job_types: options.types,
      worker_id: options.workerId ?? this.workerId,
      lease_seconds: lease,
      wait_seconds: options.waitSeconds ?? 0,
    };
    const call = {method: 'POST', body, ...(options.signal && {signal: options.signal})};
    const claim = await this.rest.json<Claim | undefined>('/api/v1/jobs/claim', call);
    return claim && this.watched(new ClaimedJob(this.rest, claim, lease * 1_000));
  }

  /** The next job over the worker's connection; undefined when it has none, or was cut off. */
  private async handed(options: ClaimOptions): Promise<ClaimedJob | undefined> {
    const lease = options.leaseSeconds ?? LEASE_SECONDS;
    const terms = {
      queue: options.queue ?? 'default',
      job_types: options.types ?? [],
      worker_id: options.workerId ?? this.workerId,
      lease_seconds: lease,
    };
    const claim = await this.channel.take(terms, options.signal);
    if (claim === undefined) {
      return undefined;
    }
    return this.told(claim, lease, () => {});
  }

  /** A job whose cancellation or loss comes over the worker's connection. */
  private told(claim: Claim, leaseSeconds: number, release: () => void): ClaimedJob {
    const job = new ClaimedJob(this.rest, claim, leaseSeconds * 1_000, this.channel);
    this.channel.hold(claim.lease, {
      stop: (keepPartial) => job.stop(keepPartial),
      lost: (failure) => job.lose(failure),
    });
    job.onRelease(() => {
      this.channel.release(claim.lease);
      release();
    });
    return job;
  }

  /**
   * Submits a job that this program does, and holds it at once. It is reported on over the workers'
   * WebSocket, which is opened meanwhile; where none gets through, over HTTP.
   */
  async start(submission: JobSubmission): Promise<ClaimedJob> {
    this.channel.enter();
    try {
      const body = {...submission, start: true, lease_seconds: LEASE_SECONDS};
      const job = await this.rest.json<StartedJob>('/api/v1/jobs', {method: 'POST', body});
      const {lease = '', lease_expires_at = ''} = job;
      const claim = {job, lease, lease_expires_at};
      if (await this.channel.ready()) {
        return this.told(claim, LEASE_SECONDS, () => this.channel.leave());
      }
      this.channel.leave();
      return this.watched(new ClaimedJob(this.rest, claim, LEASE_SECONDS * 1_000));
    } catch (failure) {
      this.channel.leave();
      throw failure;
    }
  }

  /** A cancellation comes at once where the worker may watch the job, else with the next report. */
  private watched(job: ClaimedJob): ClaimedJob {
    const watch: Watch = this.board.watch(`job:${job.id}`);
    watch.onChange(() => {
      const state = watch.state as {cancel_requested?: boolean} | undefined;
      if (state?.cancel_requested === true && !watch.ended) {
        job.stop(false);
      }
    });
    job.onRelease(() => watch.close());
    return job;
  }

  /**
   * One job after the other until the signal is aborted. They come, and are reported on, over one
   * WebSocket; where none gets through, over HTTP. A job that the loop's body leaves without
   * an end fails; leaving the loop fails it so that another worker may try it.
   */
  async *work(options: ClaimOptions = {}): AsyncGenerator<ClaimedJob, void, void> {
    const waiting = {waitSeconds: WAIT_SECONDS, ...options};
    this.channel.enter();
    try {
      while (options.signal?.aborted !== true) {
        const job = await this.next(waiting);
        if (job !== undefined) {
          yield* this.lent(job);
        }
      }
    } finally {
      this.channel.leave();
    }
  }

  private async *lent(job: ClaimedJob): AsyncGenerator<ClaimedJob, void, void> {
    let left = true;
    try {
      yield job;
      left = false;
    } finally {
      await abandon(job, left);
    }
  }

  private async next(options: ClaimOptions): Promise<ClaimedJob | undefined> {
    try {
      if (await this.channel.ready()) {
        return await this.handed(options);
      }
      return await persistently(() => this.claim(options), options.signal);
    } catch (failure) {
      if (options.signal?.aborted) {
        return undefined;
      }
      throw failure;
    }
  }

  /** Has a handler do the jobs until the signal is aborted; settles when the last one has ended. */
  async serve(handler: Handler, options: ServeOptions = {}): Promise<void> {
    const lane = async () => {
      for await (const job of this.work(options)) {
        await handle(job, handler);
      }
    };
    await Promise.all(Array.from({length: options.concurrency ?? 1}, lane));
  }
}

async function abandon(job: ClaimedJob, left: boolean): Promise<void> {
  if (job.ended) {
    return;
  }
  const end = job.cancelRequested
    ? job.cancelled()
    : job.fail('The worker left the job without an end', {retryable: left});
  await end.catch(() => {}); // whoever holds the job now ends it
}

async function handle(job: ClaimedJob, handler: Handler): Promise<void> {
  try {
    const result = await handler(job);
    if (!job.ended) {
      await job.complete(result ?? null);
    }
  } catch (failure) {
    await failed(job, failure).catch(() => {}); // the server has decided otherwise
  }
}

async function failed(job: ClaimedJob, failure: unknown): Promise<void> {
  if (job.ended || failure instanceof LeaseLostError) {
    return;
  }
  if (job.cancelRequested || failure instanceof CancelRequest) {
    await job.cancelled();
  } else {
    await job.fail(failure, {retryable: !(failure instanceof PermanentFailure)});
  }
}
