import {pause} from '../pause.js';
import {isInvalid, persistently} from './retry.js';

const INTERVAL_MS = 200;
const LINES_A_REQUEST = 500;
/** The server takes bodies of 1 MiB and cuts lines at 2,000 characters. */
const CHARACTERS_A_REQUEST = 200_000;
const CHARACTERS_A_LINE = 2_000;
const CHARACTERS_A_PIECE = 50_000;
const LEFT_OUT = '[headway]';

/** A line of the log, or a piece of a named output. */
export type Line = string | {stream: string; text: string};

/** The unsent lines of a log, sent in order, a few requests a second. */
export class LogBuffer {
  private waiting: Line[] = [];
  /** The last of those that are being sent, which does not grow any more. */
  private taken: Line | undefined;
  private sending: Promise<void> | undefined;

  constructor(private readonly send: (lines: Line[]) => Promise<unknown>) {}

  add(lines: string[]): void {
    this.waiting.push(...lines.flatMap((line) => line.split('\n')));
    this.start();
  }

  /** Adds text to a named output: to its last piece, while that is small enough. */
  write(output: string, text: string): void {
    for (let begin = 0; begin < text.length; ) {
      const piece = beginning(text, begin);
      begin += piece.length;
      const last = this.waiting.at(-1);
      const joins = typeof last === 'object' && last.stream === output && last.text.length < CHARACTERS_A_PIECE;
      if (joins && last !== this.taken) {
        last.text += piece;
      } else {
        this.waiting.push({stream: output, text: piece});
      }
    }
    this.start();
  }

  private start(): void {
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
      this.taken = this.waiting[lines.length - 1];
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

/** The next piece of a text, never through a surrogate pair. */
function beginning(text: string, from: number): string {
  const end = from + CHARACTERS_A_PIECE;
  const high = text.charCodeAt(end - 1) >= 0xd800 && text.charCodeAt(end - 1) < 0xdc00;
  return text.slice(from, high && end < text.length ? end - 1 : end);
}

/** A line in the place of those that the server refused. */
function marker(lines: Line[], failure: unknown): string[] {
  const [first] = lines;
  const own = typeof first === 'string' && first.startsWith(LEFT_OUT);
  return own ? [] : [`${LEFT_OUT} ${lines.length} lines were refused here: ${(failure as Error).message}`];
}

/** The first lines, as many as one request takes. */
function portion(waiting: Line[]): Line[] {
  let characters = 0;
  const lines: Line[] = [];
  for (const line of waiting.slice(0, LINES_A_REQUEST)) {
    const cut = typeof line === 'string' ? line.slice(0, CHARACTERS_A_LINE) : line;
    characters += typeof cut === 'string' ? cut.length : cut.text.length;
    if (lines.length > 0 && characters > CHARACTERS_A_REQUEST) {
      break;
    }
    lines.push(cut);
  }
  return lines;
}
