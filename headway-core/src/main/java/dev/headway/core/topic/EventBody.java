package dev.headway.core.topic;

import org.jspecify.annotations.Nullable;

/** What an event says. Implementations are immutable. */
public interface EventBody {
  /** The event's type on the native stream, for example {@code progress}. */
  String type();

  /**
   * The key under which a newer event replaces this one for a watcher that is behind; null for a
   * milestone, which is never passed over.
   */
  @Nullable String conflationKey();

  /** Whether this is the last event of its topic. */
  boolean ended();
}
