import {pause} from '../pause.js';
import {persistently} from './retry.js';

const INTERVAL_MS = 200;
const LINES_A_REQUEST = 500;

/** Gathers lines of a log and sends them in order, a few requests a second. */
export class LogBuffer {
  private waiting: string[] = [];
  private sending: Promise<void> | undefined;

  constructor(private readonly send: (lines: string[]) => Promise<unknown>) {}

  add(lines: string[]): void {
    this.waiting.push(...lines.flatMap((line) => line.split('\n')));
    this.sending ??= pause(INTERVAL_MS)
      .then(() => this.drain())
      .catch(() => {}) // a refused log never stops the work; the end of the job tells
      .finally(() => (this.sending = undefined));
  }

  /** Settles when everything has been sent. */
  async flush(): Promise<void> {
    await this.sending;
    await this.drain();
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) {
      const lines = this.waiting.slice(0, LINES_A_REQUEST);
      this.waiting = this.waiting.slice(lines.length);
      await persistently(() => this.send(lines));
    }
  }
}
