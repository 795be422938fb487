package dev.headway.filling.work;

import dev.headway.filling.strategy.Strategy;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one strategy of a comparison: a plan, or the reason why there is none.
 *
 * @param planned what it found; null when it failed or was cancelled before it had anything
 * @param error why it failed; null when it did not
 * @param note what people should know about how the plan came about; null when there is nothing
 */
record StrategyRun(
    Strategy strategy,
    @Nullable PlannedSchedule planned,
    @Nullable String error,
    @Nullable String note) {
  static StrategyRun completed(Strategy strategy, PlannedSchedule planned, @Nullable String note) {
    return new StrategyRun(strategy, planned, null, note);
  }

  static StrategyRun failed(Strategy strategy, String error) {
    return new StrategyRun(strategy, null, error, null);
  }

  static StrategyRun cancelled(Strategy strategy) {
    return new StrategyRun(strategy, null, null, null);
  }

  /** The word for it on the wire. */
  String status() {
    if (planned != null) {
      return "completed";
    }
    return error == null ? "cancelled" : "failed";
  }

  /** The same against a lower bound that any of the strategies has proved. */
  StrategyRun above(long lowerBound) {
    return planned == null ? this : completed(strategy, planned.above(lowerBound), note);
  }
}
