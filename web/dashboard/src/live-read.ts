import type {TopicEvent} from '@headway/client';

/**
 * A state that was read by REST and is kept up to date by the events of its topic. Events that come while it is read
 * are applied to what was read: a reading may have begun before them.
 */
export class LiveRead<S> {
  state: S | undefined;
  failure: unknown;
  /** How often it was read, or could not be. */
  reads = 0;
  private heard: TopicEvent[] | undefined;
  private wantsMore = false;
  private ended = false;

  /**
   * @param read reads the state; must be asked after the topic's events are heard, or anew with its first snapshot
   * @param after the state after an event, which may be among what was read; undefined when it is to be read anew
   * @param changed is called after each change
   */
  constructor(
    private readonly read: () => Promise<S>,
    private readonly after: (state: S, event: TopicEvent) => S | undefined,
    private readonly changed: () => void,
  ) {}

  /** Reads the state anew; once more after a reading that has begun. */
  again(): void {
    if (this.heard !== undefined) {
      this.wantsMore = true;
      return;
    }
    this.heard = [];
    this.wantsMore = false;
    this.read().then(
      (state) => this.ended || this.readTo(state),
      (reason: unknown) => this.ended || this.readTo(this.state, reason));
  }

  hear(event: TopicEvent): void {
    if (this.heard !== undefined) {
      this.heard.push(event);
    } else if (this.state === undefined) {
      this.again();
    } else {
      this.advance(this.state, [event]);
      this.changed();
    }
  }

  /** Ends it: what is still being read is ignored. */
  end(): void {
    this.ended = true;
  }

  private readTo(state: S | undefined, failure?: unknown): void {
    const heard = this.heard ?? [];
    this.heard = undefined;
    this.failure = failure;
    this.reads++;
    if (state !== undefined) {
      this.advance(state, heard);
    }
    if (this.wantsMore) {
      this.again();
    }
    this.changed();
  }

  private advance(state: S, events: readonly TopicEvent[]): void {
    this.state = state;
    for (const event of events) {
      const next = this.after(this.state, event);
      if (next === undefined) {
        this.again(); // brings what follows, too
        return;
      }
      this.state = next;
    }
  }
}
