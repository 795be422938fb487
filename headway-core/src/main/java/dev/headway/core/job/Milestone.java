package dev.headway.core.job;

import java.time.Instant;

/**
 * An event of a job that is stored with the state it leads to. Each has a number, its job's {@code
 * position().milestone()}: they count from 1 within the job, without a hole.
 *
 * @param event the event
 * @param at the time of the event, to the microsecond
 */
public record Milestone(JobEvent event, Instant at) {
  /** The milestone for watchers who have been shown {@code known}. */
  public Milestone after(Job known) {
    return new Milestone(
        JobEvent.milestone(event.type(), event.job().after(known), event.attemptError()), at);
  }

  /** The number of the milestone. */
  public long number() {
    return event.job().position().milestone();
  }
}
