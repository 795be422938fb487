package dev.headway.core.topic;

import java.time.Instant;
import java.util.List;

/**
 * The stored log of topics of one kind: cursors of such topics mean the same on every node and
 * after a restart, and milestones that have left the memory are read from here. Blocks; safe for
 * use by any thread.
 */
public interface StoredLog {
  /**
   * An event of a stored log.
   *
   * @param position the place after it
   * @param at the time of the event
   * @param body the content
   */
  record Entry(Position position, Instant at, EventBody body) {}

  /** The name of the installation's life, which only a restore from a backup changes. */
  String life();

  /**
   * All milestones that led to a state, oldest first, and the state's progress if it has had any
   * since; fewer when some were deleted.
   */
  List<Entry> milestones(TopicState state);

  /** Lines of the log that the work writes, after one number and up to another, in order. */
  List<Entry> lines(TopicState state, long after, long upTo);

  /** Publishes what is stored of a topic and not yet in memory: another node did it. */
  void catchUp(TopicName topic);
}
