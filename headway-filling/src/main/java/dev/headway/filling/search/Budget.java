package dev.headway.filling.search;

import dev.headway.filling.strategy.PlanningListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The end of a search: its deadline and its cancellation.
 *
 * @param clock that says what time it is
 * @param deadline when time is up
 * @param listener who may cancel
 */
public record Budget(InstantSource clock, Instant deadline, PlanningListener listener) {
  /** From now on for a time, or until cancelled. */
  public static Budget of(InstantSource clock, Duration limit, PlanningListener listener) {
    return new Budget(clock, clock.instant().plus(limit), listener);
  }

  /** The same, but with no more than {@code limit} from now on. */
  public Budget atMost(Duration limit) {
    var sooner = clock.instant().plus(limit);
    return sooner.isBefore(deadline) ? new Budget(clock, sooner, listener) : this;
  }

  /** The time that is left; never negative. */
  public Duration remaining() {
    var left = Duration.between(clock.instant(), deadline);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Whether the search has to end now. */
  public boolean spent() {
    return clock.millis() >= deadline.toEpochMilli() || listener.cancelled();
  }
}
