import type {LogLine, TopicEvent} from './api.js';

/** Reads pieces of an output after a number; the page is empty when there are no more. */
export type ReadPieces = (after: number) => Promise<{lines: LogLine[]; last_number: number}>;

/**
 * The text of a job's open output: what there is, read once, and what its events bring. A snapshot
 * among them means that some may have been missed, and what is new is read again.
 */
export class OutputText {
  private text_ = '';
  private last = 0;
  private reading = false;
  private waiting: LogLine[] = [];

  constructor(
    private readonly name: string,
    private readonly read: ReadPieces,
    private readonly changed: () => void,
  ) {}

  /** As far as it has come. */
  get text(): string {
    return this.text_;
  }

  /** Takes in an event of the job's topic, watched with its log. */
  take(event: TopicEvent): void {
    if (event.type === 'snapshot') {
      void this.catchUp();
    } else if (event.type === 'log' && event.data['stream'] === this.name) {
      this.waiting.push(event.data as unknown as LogLine);
      if (!this.reading) {
        this.append();
      }
    }
  }

  /** Pieces that come meanwhile wait, so that each is in its place. */
  private async catchUp(): Promise<void> {
    if (this.reading) {
      return;
    }
    this.reading = true;
    try {
      for (let page = await this.read(this.last); page.lines.length > 0; page = await this.read(this.last)) {
        this.add(page.lines);
      }
    } catch {
      // the connection says what is wrong, and its next snapshot asks again
    }
    this.reading = false;
    this.append();
  }

  private append(): void {
    const pieces = this.waiting;
    this.waiting = [];
    this.add(pieces);
  }

  private add(pieces: LogLine[]): void {
    const before = this.last;
    for (const {number, text} of pieces) {
      if (number > this.last) {
        this.text_ += text;
        this.last = number;
      }
    }
    if (this.last > before) {
      this.changed();
    }
  }
}
