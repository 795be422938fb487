package dev.headway.core.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A detector of the server's own absence: a pause of the process or the machine, or a step of the
 * wall clock. After either, the silence of workers proves nothing. Driven by {@link #tick()}, by
 * one thread at a time.
 */
public final class AbsenceDetector {
  /** The longest time between two ticks, and the largest step, that are no absence. */
  static final Duration TOLERANCE = Duration.ofSeconds(3);

  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Runnable returned;
  private @Nullable Moment last;

  private record Moment(Instant wall, long nanos) {}

  /**
   * @param clock the wall clock
   * @param nanos a clock that never goes back, in nanoseconds
   * @param returned is called when the server was away
   */
  public AbsenceDetector(InstantSource clock, LongSupplier nanos, Runnable returned) {
    this.clock = clock;
    this.nanos = nanos;
    this.returned = returned;
  }

  /** Compares both clocks with the tick before. Called about twice a second. */
  public void tick() {
    var now = new Moment(clock.instant(), nanos.getAsLong());
    var before = last;
    last = now;
    if (before != null && away(before, now)) {
      returned.run();
    }
  }

  private static boolean away(Moment before, Moment now) {
    var passed = Duration.ofNanos(now.nanos - before.nanos);
    var step = Duration.between(before.wall, now.wall).minus(passed).abs();
    return passed.compareTo(TOLERANCE) > 0 || step.compareTo(TOLERANCE) > 0;
  }
}
