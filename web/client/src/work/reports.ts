import type {Json, Step} from '../api.js';
import {HeadwayError} from '../error.js';
import {pause} from '../pause.js';
import {temporary} from './retry.js';

/** A progress report; what is left out stays as it was. */
export interface Progress {
  /** From 0 to 100. */
  percent?: number;
  /** How many of `total` are done; together they give the percent. */
  done?: number;
  total?: number;
  step?: string;
  message?: string;
  metadata?: {[key: string]: Json};
  /** What the next attempt would go on from, at most 65,536 bytes of JSON. */
  checkpoint?: Json;
  /** The job's steps, which are declared once; `done` and `total` count within one. */
  steps?: Step[];
}

const INTERVAL_MS = 100;
const MAX_WAITING = 50;

/**
 * Sends a job's reports one after the other: of several within a step only the newest, of each step
 * at least one, the last one always. When there is nothing to say, an empty report renews the lease.
 */
export class Reports {
  private readonly waiting: Progress[] = [];
  private sending: Promise<void> | undefined;
  private heartbeat: ReturnType<typeof setTimeout> | undefined;
  private over = false;

  constructor(
    private readonly send: (report: Progress) => Promise<void>,
    private readonly failed: (failure: unknown) => void,
    private readonly leaseMs: number,
  ) {
    this.rest();
  }

  add(report: Progress): void {
    const last = this.waiting.at(-1);
    const sameStep = report.step === undefined || report.step === last?.step;
    if (last !== undefined && (sameStep || this.waiting.length >= MAX_WAITING)) {
      this.waiting[this.waiting.length - 1] = over(last, report);
    } else {
      this.waiting.push(report);
    }
    this.start(INTERVAL_MS);
  }

  /** Settles when everything has been sent. */
  async flush(): Promise<void> {
    while (this.waiting.length > 0 || this.sending !== undefined) {
      this.start(0);
      await this.sending;
    }
  }

  /** Ends at once. */
  stop(): void {
    clearTimeout(this.heartbeat);
    this.over = true;
    this.waiting.length = 0;
  }

  private start(gapMs: number): void {
    if (this.sending === undefined && !this.over) {
      clearTimeout(this.heartbeat);
      this.sending = this.drain()
        .then(() => pause(gapMs))
        .finally(() => {
          this.sending = undefined;
          this.waiting.length > 0 ? this.start(gapMs) : this.rest();
        });
    }
  }

  private rest(): void {
    clearTimeout(this.heartbeat);
    if (!this.over) {
      this.heartbeat = setTimeout(() => this.add({}), this.leaseMs / 3);
    }
  }

  private async drain(): Promise<void> {
    for (let report = this.waiting.shift(); report !== undefined; report = this.waiting.shift()) {
      try {
        await this.send(report);
      } catch (failure) {
        if (temporary(failure)) {
          this.keep(report);
          await pause((failure as HeadwayError).retryAfterMs ?? Math.min(1_000, this.leaseMs / 6));
          return;
        }
        this.failed(failure);
      }
    }
  }

  /** A report that did not get through is said again, unless something newer is. */
  private keep(report: Progress): void {
    const next = this.waiting[0];
    if (next === undefined || (next.step !== undefined && next.step !== report.step)) {
      this.waiting.unshift(report);
    } else {
      this.waiting[0] = over(report, next);
    }
  }
}

function over(earlier: Progress, later: Progress): Progress {
  const counts = later.done === undefined ? {} : {done: later.done, total: later.total};
  const {done, total, percent, ...rest} = earlier;
  const stated = later.percent !== undefined || later.done !== undefined;
  return stated ? {...rest, ...later, ...counts} : {...earlier, ...later};
}
