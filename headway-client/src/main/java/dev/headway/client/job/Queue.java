package dev.headway.client.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A queue.
 *
 * @param paused whether no job of it may begin
 * @param rate how many may begin in a time; null for no limit
 * @param waiting the number of jobs that wait
 * @param running the number of jobs that run
 */
public record Queue(
    String name, boolean paused, @Nullable StartRate rate, long waiting, long running) {
  /**
   * All queues.
   *
   * @param queues by name
   */
  public record All(List<Queue> queues) {
    /** Takes a copy. */
    public All {
      queues = queues == null ? List.of() : List.copyOf(queues);
    }
  }
}
