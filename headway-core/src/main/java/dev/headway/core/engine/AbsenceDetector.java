package dev.headway.core.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A detector of the server's own absence: a pause of the process or the machine, or a step of the
 * wall clock. After either, the silence of workers proves nothing. Thread-safe.
 */
public final class AbsenceDetector {
  /** The longest time between two ticks, and the largest step, that are no absence. */
  static final Duration TOLERANCE = Duration.ofSeconds(3);

  private final InstantSource clock;
  private final LongSupplier nanos;
  private @Nullable Moment last;
  private boolean away;
  private Instant trusted;

  private record Moment(Instant wall, long nanos) {}

  /**
   * @param clock the wall clock
   * @param nanos a clock that never goes back, in nanoseconds
   */
  public AbsenceDetector(InstantSource clock, LongSupplier nanos) {
    this.clock = clock;
    this.nanos = nanos;
    this.trusted = clock.instant();
  }

  /**
   * Compares both clocks with the tick before. Called about twice a second by a thread with nothing
   * else to do, since its own delays count as absences, and before leases are judged.
   */
  public synchronized void tick() {
    var now = new Moment(clock.instant(), nanos.getAsLong());
    var before = last;
    last = now;
    away |= before != null && away(before, now);
    trust(now);
  }

  private void trust(@Nullable Moment moment) {
    if (!away && moment != null) {
      trusted = moment.wall;
    }
  }

  /**
   * The time by which leases may be judged: that of the newest tick, or of the one before an
   * absence until that has been seen to. A clock that is set just now is not in it yet.
   */
  public synchronized Instant trustedTime() {
    return trusted;
  }

  private static boolean away(Moment before, Moment now) {
    var passed = Duration.ofNanos(now.nanos - before.nanos);
    var step = Duration.between(before.wall, now.wall).minus(passed).abs();
    return passed.compareTo(TOLERANCE) > 0 || step.compareTo(TOLERANCE) > 0;
  }

  /** Does what an absence calls for, if there was one since the last time; again if it fails. */
  public void afterAbsence(Runnable work) {
    if (!note(false)) {
      return;
    }
    var done = false;
    try {
      work.run();
      done = true;
    } finally {
      end(done);
    }
  }

  private synchronized void end(boolean done) {
    away |= !done;
    trust(last);
  }

  private synchronized boolean note(boolean present) {
    var before = away;
    away = present;
    return before;
  }
}
