package dev.headway.core.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The place of a waiting job in its queue.
 *
 * @param position 1 for the next one; null when it waits for a moment of its own, or further back
 *     than is counted
 * @param expectedStart an estimate, by the pace at which jobs of the queue began of late; null when
 *     unknown
 * @param asOf when it was found out
 */
public record QueuePlace(
    @Nullable Integer position, @Nullable Instant expectedStart, Instant asOf) {
  /** The number of jobs in front of a job that are counted at most. */
  public static final int COUNTED = 10_000;

  /** The number of past starts that tell the pace. */
  public static final int STARTS = 20;

  /**
   * The facts about a job's queue.
   *
   * @param ahead the number of jobs in front of it, at most {@value #COUNTED} and one more
   * @param rule the queue's rule
   * @param nextStart the earliest moment of the next start by its rate
   * @param starts when the newest jobs of the queue began, at most {@value #STARTS}, the last first
   */
  public record Facts(int ahead, QueueRule rule, Instant nextStart, List<Instant> starts) {}

  /** The place of a job by these facts. */
  public static QueuePlace of(Job job, Facts facts, Instant now) {
    var ready = job.times().ready();
    if (ready != null && ready.isAfter(now)) {
      return new QueuePlace(null, facts.rule().paused() ? null : ready, now);
    }
    return facts.ahead() > COUNTED
        ? new QueuePlace(null, null, now)
        : new QueuePlace(facts.ahead() + 1, expected(job, facts, now), now);
  }

  /* Whatever runs under its key decides on a keyed job, not its queue. */
  private static @Nullable Instant expected(Job job, Facts facts, Instant now) {
    if (facts.rule().paused() || job.spec().key() != null || facts.starts().size() < 2) {
      return null;
    }
    var since = Duration.between(facts.starts().getLast(), now);
    var each = since.dividedBy(facts.starts().size());
    var byPace = now.plus(each.multipliedBy(facts.ahead() + 1L));
    var rate = facts.rule().rate();
    var byRate =
        rate == null ? now : facts.nextStart().plus(rate.spacing().multipliedBy(facts.ahead()));
    return byPace.isAfter(byRate) ? byPace : byRate;
  }
}
