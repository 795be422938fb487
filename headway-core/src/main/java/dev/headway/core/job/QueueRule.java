package dev.headway.core.job;

import org.jspecify.annotations.Nullable;

/**
 * The rule by which jobs of a queue begin. It holds back what waits; what runs goes on.
 *
 * @param paused whether none may begin
 * @param rate how many may begin in a time; null for no limit
 */
public record QueueRule(boolean paused, @Nullable StartRate rate) {
  /** The rule of a queue for which none was made. */
  public static final QueueRule NONE = new QueueRule(false, null);
}
