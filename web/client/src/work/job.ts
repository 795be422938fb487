import type {Job, Json} from '../api.js';
import type {Claim, JobFile, ProgressReply} from '../contract.js';
import {CancelRequest, HeadwayError, LeaseLostError} from '../error.js';
import {pause} from '../pause.js';
import type {Rest} from '../rest.js';
import type {Kind, WorkerChannel} from './channel.js';
import {LogBuffer} from './log.js';
import type {Progress} from './reports.js';
import {Reports} from './reports.js';
import {isInvalid, PATIENCE_MS, persistently} from './retry.js';
import {checkOutput, checkReport, checkWritable} from './writable.js';

/**
 * A job that this worker holds. The lease is renewed by itself; `signal` is aborted when the job
 * has been asked to stop (reason: `CancelRequest`) or is not this worker's any more (reason:
 * `LeaseLostError`). Ends with exactly one of `complete`, `fail` and `cancelled`.
 */
export class ClaimedJob<P = {[key: string]: Json}> {
  readonly id: string;
  readonly type: string;
  /** The work's input. */
  readonly payload: P;
  /** From 1; above that something went wrong before. */
  readonly attempt: number;
  /** What an earlier attempt has left to go on from; undefined when this one begins anew. */
  readonly checkpoint: Json | undefined;
  private readonly stopping = new AbortController();
  private readonly reports: Reports;
  private readonly lines: LogBuffer;
  private over = false;
  private release = () => {};

  constructor(
    private readonly rest: Rest,
    private readonly claim: Claim,
    leaseMs: number,
    private readonly channel?: WorkerChannel,
  ) {
    this.id = claim.job.id;
    this.type = claim.job.job_type;
    this.payload = claim.job.payload as P;
    this.attempt = claim.job.attempt;
    this.checkpoint = claim.checkpoint as Json | undefined;
    this.reports = new Reports((report) => this.send(report), (failure) => this.lost(failure), leaseMs);
    this.lines = new LogBuffer((lines) => this.post('logs', {lines}));
  }

  /** Aborted when the work is to stop. */
  get signal(): AbortSignal {
    return this.stopping.signal;
  }

  /** Whether somebody has asked the job to stop. */
  get cancelRequested(): boolean {
    return this.signal.reason instanceof CancelRequest;
  }

  /** Whether the job has ended or is not this worker's any more. */
  get ended(): boolean {
    return this.over || this.signal.reason instanceof LeaseLostError;
  }

  /**
   * Reports progress, as often as one likes: reports are sent ten times a second at most, and the
   * last one is always sent. Percent is from 0 to 100.
   *
   * @throws RangeError when the numbers are wrong, TypeError when JSON cannot hold the report
   */
  progress(report: Progress): void {
    checkReport(report);
    if (!this.ended) {
      const {checkpoint} = report;
      this.reports.add(checkpoint === undefined ? report : {...report, checkpoint: structuredClone(checkpoint)});
    }
  }

  /** Adds lines to the job's log. */
  log(...lines: string[]): void {
    if (!this.ended) {
      this.lines.add(lines);
    }
  }

  /**
   * Adds text to an output of this name, for example a model's answer: its pieces follow one another
   * as they are, and watchers see it grow.
   *
   * @throws RangeError for a name that cannot be one
   */
  write(output: string, text: string): void {
    checkOutput(output);
    if (!this.ended) {
      this.lines.write(output, text);
    }
  }

  /**
   * Uploads a file for the job, in place of an earlier one of that name; settles when it is kept.
   * In Node.js, `await openAsBlob(path)` of `node:fs` is a file that is read as it is sent.
   *
   * @throws LeaseLostError when the job is not this worker's any more
   * @throws HeadwayError 413 when the file is larger than the server takes, 409 when the job has
   *     too many, 422 for a name that no file may have, 503 when the server's disk is full
   */
  upload(name: string, content: Blob): Promise<JobFile> {
    const path = `/api/v1/jobs/${this.id}/files/${encodeURIComponent(name)}`;
    const headers = {'Headway-Lease': this.claim.lease};
    return this.rest.json(path, {method: 'PUT', body: content, headers});
  }

  /** Settles when all that was reported has been sent. */
  async flush(): Promise<void> {
    await Promise.all([this.reports.flush(), this.lines.flush()]);
  }

  /**
   * Ends the job with a result.
   *
   * @throws LeaseLostError when it is not this worker's any more
   * @throws TypeError when JSON cannot hold the result
   * @throws HeadwayError 413 when the result is larger than the server takes, 1 MiB; after the last
   *     two the job is still this worker's
   */
  async complete(result: Json = null): Promise<Job> {
    checkWritable('The result', result);
    return this.end('complete', 'completed', {result});
  }

  /** Ends this attempt with an error; if retryable and attempts are left, the job is queued again. */
  fail(error: unknown, options: {retryable?: boolean; details?: string} = {}): Promise<Job> {
    const message = error instanceof Error ? error.message || error.name : String(error);
    return this.end('fail', 'failed', {error: message || 'Failed', ...options});
  }

  /** Says that the work has stopped as asked; `partial` is what there was by then. */
  cancelled(partial?: Json): Promise<Job> {
    return this.end('cancelled', 'cancelled', partial === undefined ? {} : {partial});
  }

  /** The worker's door: a cancellation was seen. */
  stop(keepPartial: boolean): void {
    if (!this.ended && !this.signal.aborted) {
      this.stopping.abort(new CancelRequest(keepPartial));
    }
  }

  /** The worker's door: the job is not this worker's any more. */
  lose(failure: LeaseLostError): void {
    if (!this.over) {
      this.lost(failure);
    }
  }

  /** The worker's door: run once the job is not held any more. */
  onRelease(release: () => void): void {
    this.release = release;
  }

  private async send(report: Progress): Promise<void> {
    const {percent, step, ...rest} = report;
    const reply = await this.post<ProgressReply>('progress', {progress: percent, stage: step, ...rest});
    if (reply.cancel_requested) {
      this.stop(reply.keep_partial ?? false);
    }
  }

  private async post<T>(verb: Kind, body: {[key: string]: unknown}): Promise<T> {
    const said = this.channel?.say(this.claim.lease, verb, body);
    if (said !== undefined) {
      return (await said) as T;
    }
    const path = `/api/v1/jobs/${this.id}/${verb}`;
    return this.rest.json<T>(path, {method: 'POST', body: {lease: this.claim.lease, ...body}});
  }

  private lost(failure: unknown): void {
    if (failure instanceof LeaseLostError) {
      this.reports.stop();
      this.stopping.abort(failure);
      this.release();
    }
  }

  private async end(verb: Kind, status: string, body: {[key: string]: unknown}): Promise<Job> {
    if (this.over) {
      throw new HeadwayError(409, {detail: 'The job has ended already', code: 'TOO_LATE'});
    }
    this.over = true;
    await this.lines.flush().catch((failure) => this.lost(failure));
    await this.allReported();
    try {
      const job = await this.deliver(verb, status, body);
      this.close();
      return job;
    } catch (failure) {
      if (!isInvalid(failure)) {
        this.close();
        throw failure;
      }
      this.over = false; // the job goes on: it may end otherwise
      throw withRemedy(failure as HeadwayError, verb);
    }
  }

  /** Settles when all reports have been sent, or the server has been away for long. */
  private async allReported(): Promise<void> {
    const sent = new AbortController();
    await Promise.race([this.reports.flush(), pause(PATIENCE_MS, sent.signal)]);
    sent.abort();
  }

  private close(): void {
    this.reports.stop();
    this.release();
  }

  private deliver(verb: Kind, status: string, body: {[key: string]: unknown}): Promise<Job> {
    let tries = 0;
    return persistently(async () => {
      tries++;
      try {
        return {...this.claim.job, ...(await this.post<Job>(verb, body)), ...outcome(verb, body)};
      } catch (failure) {
        if (tries > 1 && failure instanceof HeadwayError && failure.status === 409) {
          return this.already(status, failure);
        }
        throw failure;
      }
    });
  }

  /** An end whose answer was lost has been reached all the same. */
  private async already(status: string, failure: HeadwayError): Promise<Job> {
    const job = await this.rest.json<Job>(`/api/v1/jobs/${this.id}`);
    if (job.status === status && job.attempt === this.attempt) {
      return job;
    }
    throw failure;
  }
}

/** What is known of a job that was completed, however that was said. */
function outcome(verb: Kind, body: {[key: string]: unknown}): Partial<Job> {
  return verb === 'complete' ? ({progress: 100, result_payload: body['result']} as Partial<Job>) : {};
}

function withRemedy(refused: HeadwayError, verb: string): HeadwayError {
  if (refused.status === 413 && verb === 'complete') {
    refused.message += '. The result is too large: store it elsewhere and complete with its address';
  }
  return refused;
}
