/** Over what the server wants its clients to spread when they connect again. */
export interface ReconnectWindow {
  min_ms: number;
  max_ms: number;
}

const CEILING_MS = 30_000;

/**
 * How long to wait before the next attempt: exponential with full jitter
 * (M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015), never below the
 * server's window. The count of failures is only forgotten after a stable connection.
 */
export class Backoff {
  window: ReconnectWindow = {min_ms: 200, max_ms: 2_000};
  private failures = 0;

  constructor(private readonly random: () => number = Math.random) {}

  /** Milliseconds until the next attempt; each call counts as one more failure. */
  next(): number {
    const {min_ms, max_ms} = this.window;
    const spread = Math.min(Math.max(CEILING_MS, max_ms), max_ms * 2 ** this.failures);
    this.failures = Math.min(this.failures + 1, 16);
    return min_ms + this.random() * Math.max(0, spread - min_ms);
  }

  /** Counts a further failure, for a server that says it is overloaded. */
  penalize(): void {
    this.failures = Math.min(this.failures + 2, 16);
  }

  /** Forgets all failures. */
  reset(): void {
    this.failures = 0;
  }
}
