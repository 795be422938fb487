import type {Defect, Problem} from './api.js';

/** An error body, or what stands for one; a newer server may have further codes. */
type Told = Partial<Omit<Problem, 'code'>> & {code?: string};

/** A refused request, or one that did not reach the server. */
export class HeadwayError extends Error {
  override readonly name: string = 'HeadwayError';
  /** One of the server's closed list of codes; `CONNECTION_ERROR` when there was no answer. */
  readonly code: string;
  /** The HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** Everything that is wrong with the input. */
  readonly errors: readonly Defect[];
  /** Names the request in the server's log. */
  readonly requestId: string | undefined;
  /** Milliseconds after which the server wants to be asked again. */
  readonly retryAfterMs: number | undefined;

  constructor(status: number, problem: Told, retryAfterMs?: number, cause?: unknown) {
    super(problem.detail ?? `The server answered ${status}`, {cause});
    this.status = status;
    this.code = problem.code ?? 'CONNECTION_ERROR';
    this.errors = problem.errors ?? [];
    this.requestId = problem.request_id;
    this.retryAfterMs = retryAfterMs;
  }

  /** Whether the same request may succeed later. */
  get temporary(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** The job is not this worker's any more: its lease ran out and another attempt may have begun. */
export class LeaseLostError extends HeadwayError {
  override readonly name = 'LeaseLostError';
}

/** A failure that another attempt would meet again: a handler that throws it fails the job for good. */
export class PermanentFailure extends Error {
  override readonly name = 'PermanentFailure';
}

/** Why a job's signal is aborted when somebody has asked the job to stop. */
export class CancelRequest extends Error {
  override readonly name = 'CancelRequest';
  /** Whether what has been found so far is wanted. */
  readonly keepPartial: boolean;

  constructor(keepPartial: boolean) {
    super('The job has been asked to stop');
    this.keepPartial = keepPartial;
  }
}
