import type {Snapshot, TopicEvent} from '../api.js';
import type {HeadwayError} from '../error.js';
import {isEnd, isFeed, isJob, reduce} from './reduce.js';

/** A watch of a topic, as far as the topic knows it. */
export interface Watcher {
  deliver(event: TopicEvent): void;
  refuse(failure: HeadwayError): void;
  changed(): void;
  moveTo(topic: Topic): void;
  close(): void;
}

/** One topic of the stream: where it has come to, and who watches it. */
export class Topic {
  readonly watches = new Set<Watcher>();
  /** The place from which it is resumed; undefined before its first event. */
  cursor: string | undefined;
  state: Snapshot | undefined;
  /** Whether its last event has been seen. */
  ended = false;
  private snapshotAt: string | undefined;

  constructor(
    readonly name: string,
    after: string | undefined,
    readonly logs: boolean,
  ) {
    this.cursor = after;
  }

  /** Takes what happened and tells the watches. */
  apply(event: TopicEvent): void {
    if (this.ended) {
      return;
    }
    this.state = reduce(this.state, this.marked(event));
    this.cursor = event.cursor;
    this.ended = event.type === 'snapshot' ? this.endedState() : this.isLast(event.type);
    for (const watch of [...this.watches]) {
      watch.deliver(event);
    }
  }

  /** Takes the place of a topic that was watched without its log. */
  adopt(earlier: Topic): void {
    this.state = earlier.state;
    this.ended = earlier.ended;
    earlier.watches.forEach((watch) => {
      watch.moveTo(this);
      this.watches.add(watch);
    });
    earlier.watches.clear();
  }

  /** Tells the watches that the server will not show it. */
  refuse(failure: HeadwayError): void {
    [...this.watches].forEach((watch) => watch.refuse(failure));
  }

  /** A snapshot's further part follows the one before at once and has its cursor. */
  private marked(event: TopicEvent): TopicEvent {
    const before = this.snapshotAt;
    this.snapshotAt = event.type === 'snapshot' ? event.cursor : undefined;
    const part = event.type === 'snapshot' && before === event.cursor;
    return part ? {...event, data: {...event.data, part: true}} : event;
  }

  private isLast(type: string): boolean {
    return isEnd(type) && !isFeed(this.name);
  }

  private endedState(): boolean {
    return isJob(this.state) && isEnd(this.state.status);
  }
}
