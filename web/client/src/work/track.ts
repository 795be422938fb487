import type {Job, JobSubmission, Json, SubmittedJob} from '../api.js';
import {Backoff} from '../backoff.js';
import {CancelRequest, HeadwayError, PermanentFailure} from '../error.js';
import {pause} from '../pause.js';
import type {ClaimedJob} from './job.js';
import type {Line} from './log.js';
import type {Progress} from './reports.js';
import {checkOutput, checkReport, checkWritable} from './writable.js';

/** What a tracked job is besides its name; `job_type` is what the time left is learnt by. */
export interface TrackOptions extends Partial<JobSubmission> {
  /** How much is to be done. */
  total?: number;
  /** The job that it belongs to, whose bar it does not move. */
  parent?: TrackedJob;
}

const PATIENCE_MS = 30_000;

/** Submits and begins a job; a failure that is temporary is tried again. */
export type Start = (submission: JobSubmission) => Promise<ClaimedJob>;

/**
 * Work that runs here anyway, shown as a job that nobody has to claim. While the server is away the
 * work goes on as it would without it, and the newest state is shown once the server is back. No
 * call throws for what the server says. Ends with one of `complete`, `fail` and `cancelled`, which
 * wait for the server, for half a minute at most.
 */
export class TrackedJob {
  /** Settles once the server has accepted the job (its id), or never will (undefined). */
  readonly begun: Promise<string | undefined>;
  private readonly stopping = new AbortController();
  private readonly ending = new AbortController();
  private readonly held: Promise<ClaimedJob | undefined>;
  private job: ClaimedJob | undefined;
  private waiting: Progress[] = [];
  private lines: Line[] = [];
  private done = 0;
  private total: number;
  private away = false;
  private children: Promise<unknown>[] = [];
  private readonly enough = new AbortController();

  constructor(
    /** What people call it. */
    readonly name: string,
    private readonly start: Start,
    private readonly url: string,
    {total = 0, parent, ...options}: TrackOptions = {},
  ) {
    this.total = total;
    const submission = {job_type: 'track', name, idempotency_key: crypto.randomUUID(), ...options};
    this.held = this.begin(submission, parent).catch((refused: Error) => {
      console.warn(`headway: '${name}' is not shown: ${refused.message}`);
      return undefined;
    });
    this.begun = this.held.then((job) => job?.id);
    parent?.has(this.begun);
  }

  /** The job's id; undefined until the server has accepted it. */
  get id(): string | undefined {
    return this.job?.id;
  }

  /** The page that shows the job; undefined until the server has accepted it. */
  get page(): string | undefined {
    return this.job && `${this.url}/job/${this.job.id}`;
  }

  /** Aborted when somebody has asked the work to stop. */
  get signal(): AbortSignal {
    return this.stopping.signal;
  }

  /** Adds to what is done. What exceeds the total raises it. */
  advance(count = 1): void {
    this.done += count;
    if (this.total > 0) {
      this.total = Math.max(this.total, this.done);
      this.report({done: this.done, total: this.total});
    } else {
      this.report({message: this.done.toLocaleString('en')});
    }
  }

  /**
   * Reports progress, as often as one likes.
   *
   * @throws RangeError when the numbers are wrong, TypeError when JSON cannot hold the report
   */
  progress(report: Progress): void {
    checkReport(report);
    this.done = report.done ?? this.done;
    this.total = report.total ?? this.total;
    this.report(report);
  }

  /** Begins a step, within which counting begins anew. */
  step(name: string, total = 0): void {
    this.done = 0;
    this.total = total;
    this.report({step: name});
  }

  /** Shows what is being done. */
  message(text: string): void {
    this.report({message: text});
  }

  /** Adds lines to the job's log. */
  log(...lines: string[]): void {
    this.job ? this.job.log(...lines) : this.lines.push(...lines);
  }

  /**
   * Adds text to an output of this name, for example a model's answer: its pieces follow one another
   * as they are, and watchers see it grow.
   *
   * @throws RangeError for a name that cannot be one
   */
  write(output: string, text: string): void {
    checkOutput(output);
    this.job ? this.job.write(output, text) : this.lines.push({stream: output, text});
  }

  /**
   * Ends the job with a result.
   *
   * @throws TypeError when JSON cannot hold the result
   */
  async complete(result: Json = null): Promise<void> {
    checkWritable('The result', result);
    await this.end(async (job) => {
      try {
        return await job.complete(result);
      } catch (refused) {
        if (!(refused instanceof HeadwayError && refused.status === 413)) {
          throw refused;
        }
        job.log(`[headway] The result was left out: ${refused.message}`);
        return job.complete();
      }
    });
  }

  /** Ends the job with an error. */
  async fail(error: unknown): Promise<void> {
    const retryable = !(error instanceof PermanentFailure);
    await this.end((job) => job.fail(error, {retryable}));
  }

  /** Says that the work has stopped as asked. */
  async cancelled(): Promise<void> {
    await this.end((job) => job.cancelled());
  }

  /** Ends the job by what its work has thrown: as cancelled when it was asked to stop, else as failed. */
  async failed(failure: unknown): Promise<void> {
    await (this.signal.aborted ? this.cancelled() : this.fail(failure));
  }

  /** Notes a child, which the server would refuse after this job's end. */
  private has(child: Promise<unknown>): void {
    this.children.push(child);
    void child.then(() => (this.children = this.children.filter((other) => other !== child)));
  }

  private report(report: Progress): void {
    if (this.job) {
      this.job.progress(report);
      return;
    }
    const last = this.waiting.at(-1);
    if (last && report.step === undefined) {
      Object.assign(last, report);
    } else {
      this.waiting.push(report);
    }
  }

  private async begin(submission: JobSubmission, parent?: TrackedJob): Promise<ClaimedJob | undefined> {
    if (parent) {
      const parent_id = await parent.begun;
      if (parent_id === undefined) {
        return undefined;
      }
      submission = {...submission, parent_id, weight: 0, on_parent_end: 'continue'};
    }
    const job = await this.accepted(submission);
    if (job) {
      this.passOn(job);
    }
    return job;
  }

  private async accepted(submission: JobSubmission): Promise<ClaimedJob | undefined> {
    const backoff = new Backoff();
    while (true) {
      const over = this.ending.signal.aborted;
      try {
        const job = await this.start(submission);
        this.away = false;
        return job;
      } catch (failure) {
        if (!(failure instanceof HeadwayError && failure.temporary)) {
          throw failure;
        }
        this.warn(failure);
        if (over) {
          return undefined;
        }
        await pause(Math.max(failure.retryAfterMs ?? 0, backoff.next()), this.ending.signal);
      }
    }
  }

  private warn(failure: HeadwayError): void {
    if (!this.away) {
      this.away = true;
      this.enough.abort(); // nobody waits for it
      console.warn(`headway: '${this.name}' goes on without being shown for now: ${failure.message}`);
    }
  }

  private passOn(job: ClaimedJob): void {
    this.job = job;
    const stop = () => job.cancelRequested && this.stopping.abort(new CancelRequest(false));
    job.signal.aborted ? stop() : job.signal.addEventListener('abort', stop);
    this.waiting.forEach((report) => job.progress(report));
    for (const line of this.lines) {
      typeof line === 'string' ? job.log(line) : job.write(line.stream, line.text);
    }
    this.waiting = [];
    this.lines = [];
  }

  private async end(how: (job: ClaimedJob) => Promise<Job>): Promise<void> {
    if (this.ending.signal.aborted) {
      return;
    }
    this.ending.abort();
    const delivered = this.held
      .then(async (job) => {
        await Promise.all(this.children);
        return job && how(job);
      })
      .catch((failure: Error) => console.warn(`headway: the end of '${this.name}' is not shown: ${failure.message}`));
    if (!this.away) {
      await Promise.race([delivered, pause(PATIENCE_MS, this.enough.signal)]);
      this.enough.abort();
    }
  }
}

/** The lease that comes with a job that is begun at once. */
export type StartedJob = SubmittedJob & {lease?: string; lease_expires_at?: string};
