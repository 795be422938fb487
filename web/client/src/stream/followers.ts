import type {TopicEvent} from '../api.js';
import {Backoff} from '../backoff.js';
import {HeadwayError} from '../error.js';
import {Alarm, pause} from '../pause.js';
import type {Rest} from '../rest.js';
import {BufferedError, followEvents, poll} from './http.js';
import type {Topic} from './topic.js';

/** What the followers tell of. */
export interface FollowerHost {
  happened(event: TopicEvent): void;
  refused(topic: string, code: string): void;
  reachable(reachable: boolean): void;
  /** Settles when another token may be tried. */
  denied(): Promise<void>;
}

/** Follows topics over plain HTTP, each for itself: Server-Sent Events, else long polls. */
export class HttpFollowers {
  private run_: AbortController | undefined;
  private readonly following = new Map<Topic, AbortController>();
  private readonly alarm = new Alarm();
  private buffered = false;

  constructor(
    private readonly rest: Rest,
    private readonly random: () => number,
    private readonly host: FollowerHost,
  ) {}

  get active(): boolean {
    return this.run_ !== undefined;
  }

  /** Follows these and what is added, until stopped, but at most so long. */
  async run(topics: Topic[], atMostMs: number): Promise<void> {
    const run = new AbortController();
    this.run_ = run;
    topics.forEach((topic) => this.add(topic));
    await pause(atMostMs, run.signal);
    this.stop();
  }

  /** Follows one more, while following. */
  add(topic: Topic): void {
    if (this.run_ !== undefined && !topic.ended && !this.following.has(topic)) {
      const end = new AbortController();
      this.following.set(topic, end);
      void this.follow(topic, end.signal).finally(
        () => this.following.get(topic) === end && this.remove(topic),
      );
    }
  }

  /** Follows one less; with none left, ends. */
  remove(topic: Topic): void {
    this.following.get(topic)?.abort();
    this.following.delete(topic);
    if (this.following.size === 0) {
      this.stop();
    }
  }

  /** Ends the run. */
  stop(): void {
    const run = this.run_;
    this.run_ = undefined;
    run?.abort();
    this.following.forEach((end) => end.abort());
    this.following.clear();
    this.wake();
  }

  /** Ends all waits. */
  wake(): void {
    this.alarm.ring();
  }

  private async follow(topic: Topic, signal: AbortSignal): Promise<void> {
    const backoff = new Backoff(this.random);
    const audience = {
      happened: (event: TopicEvent) => signal.aborted || this.host.happened(event),
      reached: () => {
        backoff.reset();
        this.host.reachable(true);
      },
    };
    while (!signal.aborted && !topic.ended) {
      try {
        await (this.buffered ? poll : followEvents)(this.rest, topic, audience, signal);
      } catch (failure) {
        if (!signal.aborted) {
          await this.failed(topic, failure, () => this.alarm.wait(backoff.next()));
        }
      }
    }
    topic.watches.forEach((watch) => watch.changed());
  }

  private async failed(
    topic: Topic,
    failure: unknown,
    wait: () => Promise<boolean>,
  ): Promise<void> {
    const status = failure instanceof HeadwayError ? failure.status : 0;
    if (failure instanceof BufferedError) {
      this.buffered = true;
    } else if (status === 401 || status === 403) {
      await this.host.denied();
    } else if (status === 400 || status === 404 || status === 422) {
      this.host.refused(topic.name, 'NOT_FOUND');
      this.remove(topic);
    } else {
      this.host.reachable(status > 0);
      await wait();
    }
  }
}
