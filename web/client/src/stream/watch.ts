import type {JobSnapshot, Snapshot, TopicEvent} from '../api.js';
import {HeadwayError} from '../error.js';
import {isJob} from './reduce.js';
import type {ConnectionState} from './connection.js';
import type {Topic, Watcher} from './topic.js';

const MAX_WAITING = 1_000;
const NEEDS_TOKEN = {
  detail: "The server wants a token, or this page's origin in its setting http.allowed-origins",
  code: 'AUTHENTICATION_ERROR',
};

/**
 * A topic being watched. Its `state` is always the newest; its events can be had one by one, as
 * `for await (const event of watch)` or by a listener. Lost connections are resumed unseen.
 */
export class Watch implements Watcher, AsyncIterable<TopicEvent> {
  private readonly listeners = new Set<() => void>();
  private readonly eventListeners = new Set<(event: TopicEvent) => void>();
  private failure: HeadwayError | undefined;

  constructor(
    private source: Topic,
    private readonly present: () => ConnectionState,
    private closing: ((source: Topic) => void) | undefined,
    private readonly logs: boolean,
  ) {}

  get topic(): string {
    return this.source.name;
  }

  /** The newest state; undefined before the first answer. */
  get state(): Snapshot | undefined {
    return this.source.state;
  }

  /** The place from which a later watch may go on. */
  get cursor(): string | undefined {
    return this.source.cursor;
  }

  /** Whether the last event has been seen. */
  get ended(): boolean {
    return this.source.ended;
  }

  /** Why the server will not show the topic. */
  get refused(): HeadwayError | undefined {
    return this.failure;
  }

  /** How the connection is doing. */
  get connection(): ConnectionState {
    return this.closing === undefined ? 'closed' : this.present();
  }

  /** Calls back after each change of state or connection; returns what ends that. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Calls back with each event; returns what ends that. */
  onEvent(listener: (event: TopicEvent) => void): () => void {
    this.eventListeners.add(listener);
    return () => this.eventListeners.delete(listener);
  }

  /**
   * The job's state once it has ended.
   *
   * @throws HeadwayError when the server will not show it, when it has never shown it and wants
   *     another token, or when the watch is closed before the end
   */
  end(): Promise<JobSnapshot> {
    return new Promise((resolve, reject) => {
      const check = () => {
        if (this.ended && isJob(this.state)) {
          resolve(this.state);
        } else if (this.failure !== undefined || this.closing === undefined) {
          reject(this.failure ?? new HeadwayError(0, {detail: 'The watch was closed before the end'}));
        } else if (this.state === undefined && this.connection === 'refused') {
          reject(new HeadwayError(401, NEEDS_TOKEN));
        } else {
          return;
        }
        stop();
      };
      const stop = this.onChange(check);
      check();
    });
  }

  /** Ends the watch; the connection is closed with its last watch. */
  close(): void {
    const closing = this.closing;
    this.closing = undefined;
    closing?.(this.source);
    this.changed();
  }

  /** The stream's door: the topic goes on under another object. */
  moveTo(source: Topic): void {
    this.source = source;
  }

  /** The stream's door: something happened. */
  deliver(event: TopicEvent): void {
    if (event.type === 'log' && !this.logs) {
      return; // wanted by another watch of the same topic
    }
    for (const listener of [...this.eventListeners]) {
      listener(event);
    }
    this.changed();
  }

  /** The stream's door: the server will not show the topic. */
  refuse(failure: HeadwayError): void {
    this.failure = failure;
    this.changed();
  }

  /** The stream's door: state or connection changed. */
  changed(): void {
    for (const listener of [...this.listeners]) {
      listener();
    }
  }

  /**
   * The events from now on, to the end; first, where it is known already, the present state. A
   * reader that is slow misses progress, never anything else. Leaving the loop closes the watch.
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<TopicEvent, void, void> {
    const waiting: TopicEvent[] = [];
    let wake = () => {};
    const stops = [
      this.onEvent((event) => keep(waiting, event)),
      this.onChange(() => wake()),
    ];
    if (this.state !== undefined && this.cursor !== undefined) {
      const data = this.state as {[key: string]: unknown};
      waiting.push({topic: this.topic, cursor: this.cursor, type: 'snapshot', data});
    }
    try {
      while (true) {
        const event = waiting.shift();
        if (event !== undefined) {
          yield event;
        } else if (this.failure !== undefined) {
          throw this.failure;
        } else if (this.ended || this.closing === undefined) {
          return;
        } else {
          await new Promise<void>((resolve) => (wake = resolve));
        }
      }
    } finally {
      stops.forEach((stop) => stop());
      this.close();
    }
  }
}

/** Bounds what waits for a slow reader by passing over the oldest progress. */
function keep(waiting: TopicEvent[], event: TopicEvent): void {
  waiting.push(event);
  const oldest = waiting.length > MAX_WAITING ? waiting.findIndex((e) => e.type === 'progress') : -1;
  if (oldest < 0) {
    return;
  }
  const [passed] = waiting.splice(oldest, 1);
  const following = waiting[oldest];
  if (following !== undefined) {
    const conflated = (following.conflated ?? 0) + (passed?.conflated ?? 0) + 1;
    waiting[oldest] = {...following, conflated};
  }
}
