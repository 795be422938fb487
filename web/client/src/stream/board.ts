import type {TopicEvent} from '../api.js';
import {HeadwayError} from '../error.js';
import type {ConnectionState, Link} from './connection.js';
import {Topic} from './topic.js';
import {Watch} from './watch.js';

export interface WatchOptions {
  /** Where to begin: a cursor, such as that of a submitted job; by default the present state. */
  after?: string | undefined;
  /** Whether lines of the job's log are wanted, too. */
  logs?: boolean;
}

/** All that one client watches, whatever link brings it. */
export class Board {
  private readonly topics = new Map<string, Topic>();
  private readonly listeners = new Set<() => void>();
  private connection: ConnectionState = 'idle';
  private present: Link | undefined;

  /** How the connection is doing. */
  get state(): ConnectionState {
    return this.connection;
  }

  /** What brings the events at present. */
  get link(): Link {
    return this.present!;
  }

  /** Goes on with another link: every topic from where it has come to. */
  use(link: Link): void {
    this.present = link;
    this.open().forEach((topic) => link.join(topic));
  }

  /** Calls back when the connection's state changes; returns what ends that. */
  onState(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The topics that may still have events. */
  open(): Topic[] {
    return [...this.topics.values()].filter((topic) => !topic.ended);
  }

  /**
   * Watches a topic. A topic that is watched already goes on from where it is: its present state
   * comes first, and `after` is not needed.
   */
  watch(name: string, options: WatchOptions = {}): Watch {
    if (this.connection === 'closed') {
      throw new HeadwayError(0, {detail: 'The client has been closed', code: 'CONNECTION_ERROR'});
    }
    const topic = this.joined(name, options);
    const watch: Watch = new Watch(
      topic,
      () => this.connection,
      (from) => this.left(from, watch),
      options.logs === true,
    );
    topic.watches.add(watch);
    return watch;
  }

  /** Ends every watch and the connection. */
  close(): void {
    this.become('closed');
    for (const topic of [...this.topics.values()]) {
      [...topic.watches].forEach((watch) => watch.close());
    }
    this.link.close();
  }

  private joined(name: string, options: WatchOptions): Topic {
    const known = this.topics.get(name);
    if (known !== undefined && (known.logs || options.logs !== true)) {
      return known;
    }
    const topic = new Topic(name, known?.cursor ?? options.after, options.logs === true);
    if (known !== undefined) {
      topic.adopt(known);
    }
    this.topics.set(name, topic);
    if (!topic.ended) {
      this.link.join(topic, known);
    }
    return topic;
  }

  private left(topic: Topic, watch: Watch): void {
    topic.watches.delete(watch);
    if (topic.watches.size === 0 && this.topics.get(topic.name) === topic) {
      this.topics.delete(topic.name);
      this.link.leave(topic);
    }
  }

  /** The link's door: how the connection is doing. */
  become(connection: ConnectionState): void {
    if (this.connection === connection || this.connection === 'closed') {
      return;
    }
    this.connection = connection;
    this.listeners.forEach((listener) => listener());
    for (const topic of this.topics.values()) {
      [...topic.watches].forEach((watch) => watch.changed());
    }
  }

  /** The link's door: something happened. */
  happened(event: TopicEvent): void {
    const topic = this.topics.get(event.topic);
    topic?.apply(event);
    if (topic?.ended) {
      this.link.settle();
    }
  }

  /** The link's door: the server will not show a topic. */
  refused(name: string, code: string): void {
    const topic = this.topics.get(name);
    if (topic !== undefined) {
      const detail = `The topic ${name} does not exist or may not be watched`;
      topic.refuse(new HeadwayError(404, {detail, code}));
      this.topics.delete(name);
      this.link.settle();
    }
  }
}
