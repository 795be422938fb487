/** Waits; ends early when the signal is aborted. Never rejects. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) {
      resolve();
      return;
    }
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done);
  });
}

/** Waits that something else can cut short. */
export class Alarm {
  private readonly waiting = new Set<AbortController>();

  /** Waits at most so long; true when it was woken. */
  async wait(ms: number): Promise<boolean> {
    const one = new AbortController();
    this.waiting.add(one);
    await pause(ms, one.signal);
    this.waiting.delete(one);
    return one.signal.aborted;
  }

  /** Ends all present waits. */
  ring(): void {
    this.waiting.forEach((one) => one.abort());
  }
}
