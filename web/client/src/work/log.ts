import {pause} from '../pause.js';
import {isInvalid, persistently} from './retry.js';

const INTERVAL_MS = 200;
const LINES_A_REQUEST = 500;
/** The server takes bodies of 1 MiB and cuts lines at 2,000 characters. */
const CHARACTERS_A_REQUEST = 200_000;
const CHARACTERS_A_LINE = 2_000;
const LEFT_OUT = '[headway]';

/** The unsent lines of a log, sent in order, a few requests a second. */
export class LogBuffer {
  private waiting: string[] = [];
  private sending: Promise<void> | undefined;

  constructor(private readonly send: (lines: string[]) => Promise<unknown>) {}

  add(lines: string[]): void {
    this.waiting.push(...lines.flatMap((line) => line.split('\n')));
    this.sending ??= pause(INTERVAL_MS)
      .then(() => this.drain())
      .catch(() => {}) // lines that were not sent are still there for the end of the job
      .finally(() => (this.sending = undefined));
  }

  /** Settles when everything has been sent. */
  async flush(): Promise<void> {
    await this.sending;
    await this.drain();
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) {
      const lines = portion(this.waiting);
      try {
        await persistently(() => this.send(lines));
        this.waiting.splice(0, lines.length);
      } catch (failure) {
        if (!isInvalid(failure)) {
          throw failure;
        }
        this.waiting.splice(0, lines.length, ...marker(lines, failure));
      }
    }
  }
}

/** A line in the place of those that the server refused. */
function marker(lines: string[], failure: unknown): string[] {
  const own = lines[0]?.startsWith(LEFT_OUT) === true;
  return own ? [] : [`${LEFT_OUT} ${lines.length} lines were refused here: ${(failure as Error).message}`];
}

/** The first lines, as many as one request takes. */
function portion(waiting: string[]): string[] {
  let characters = 0;
  const lines: string[] = [];
  for (const line of waiting.slice(0, LINES_A_REQUEST)) {
    const cut = line.slice(0, CHARACTERS_A_LINE);
    characters += cut.length;
    if (lines.length > 0 && characters > CHARACTERS_A_REQUEST) {
      break;
    }
    lines.push(cut);
  }
  return lines;
}
