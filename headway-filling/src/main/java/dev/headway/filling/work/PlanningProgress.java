package dev.headway.filling.work;

import dev.headway.filling.model.Micros;
import dev.headway.filling.strategy.PlanningListener;
import dev.headway.filling.strategy.Strategy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The progress of planning, from the work that is really done. A dispatching rule is as far as lots
 * have their place. A search is as far as its time limit is used up, for that is what ends it
 * unless its schedule is proved before; its message says what it has found. Used by the planning
 * thread.
 */
final class PlanningProgress implements PlanningListener {
  /** Where the share of the work that is done goes, with what to say about it. */
  @FunctionalInterface
  interface Bar {
    /** So much is done, 0 to 1. */
    void reached(double fraction, String message);
  }

  private static final Set<Strategy> SEARCHING = EnumSet.of(Strategy.MILP_OPT, Strategy.BEST);
  private static final Duration PACE = Duration.ofSeconds(1);

  private final Bar bar;
  private final BooleanSupplier stop;
  private final InstantSource clock;
  private final boolean searching;
  private final Duration limit;
  private final Instant began;
  private Instant told;
  private String message = "Searching";
  private @Nullable String note;
  private boolean found;

  /**
   * @param bar shows it
   * @param stop whether planning is to stop
   * @param clock measures the time that is used up
   * @param limit a search's time limit
   */
  PlanningProgress(
      Strategy strategy, Bar bar, BooleanSupplier stop, InstantSource clock, Duration limit) {
    this.bar = bar;
    this.stop = stop;
    this.clock = clock;
    this.limit = limit;
    this.searching = SEARCHING.contains(strategy);
    this.began = clock.instant();
    this.told = began;
  }

  @Override
  public void placed(int done, int total) {
    var text = "%d of %d lots placed".formatted(done, total);
    if (!searching) {
      bar.reached((double) done / total, text);
    } else if (!found) {
      message = text;
    }
  }

  @Override
  public void improved(long makespan, long lowerBound) {
    found = true;
    message = found(makespan, (double) makespan / lowerBound - 1);
    tell();
  }

  @Override
  public void noted(String text) {
    note = text;
    message = text;
    tell();
  }

  /** A remark on how the plan came about; null when there is none. */
  @Nullable String note() {
    return note;
  }

  private static String found(long makespan, double gap) {
    return gap <= 0
        ? String.format(Locale.ROOT, "%.2f h found, the bound itself", Micros.toHours(makespan))
        : String.format(
            Locale.ROOT,
            "%.2f h found, %.1f %% above the bound",
            Micros.toHours(makespan),
            100 * gap);
  }

  private void tell() {
    told = clock.instant();
    bar.reached(used(told), message);
  }

  private double used(Instant now) {
    return Math.min(1, (double) Duration.between(began, now).toMillis() / limit.toMillis());
  }

  /** A search asks often, so this is where its use of time shows. */
  @Override
  public boolean cancelled() {
    if (searching && !clock.instant().isBefore(told.plus(PACE))) {
      tell();
    }
    return stop.getAsBoolean();
  }
}
