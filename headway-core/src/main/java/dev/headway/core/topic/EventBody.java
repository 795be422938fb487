package dev.headway.core.topic;

import org.jspecify.annotations.Nullable;

/** The content of an event. Implementations are immutable. */
public interface EventBody {
  /** The event's type on the native stream, for example {@code progress}. */
  String type();

  /**
   * The key under which a newer event replaces this one for a watcher that is behind; null for a
   * milestone, which is never passed over.
   */
  @Nullable String conflationKey();

  /** Whether the topic ends with this event. */
  boolean ended();
}
