package dev.headway.filling.compare;

import dev.headway.filling.model.Activity.Kind;
import dev.headway.filling.model.Kpis;
import dev.headway.filling.strategy.Strategy;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which of several schedules to choose: the one with the shortest makespan, among equals the one
 * with the fewest changeovers, then the fewest cleans, then the one asked for first.
 *
 * @param strategy that made it
 * @param sentence that tells a person why
 */
public record Recommendation(Strategy strategy, String sentence) {
  private static final Comparator<Result> BEST_FIRST =
      Comparator.comparingLong((Result result) -> result.kpis().makespan())
          .thenComparingInt(result -> result.kpis().of(Kind.CHANGEOVER).count())
          .thenComparingInt(result -> result.kpis().of(Kind.CLEAN).count());

  /**
   * A strategy that has made a schedule.
   *
   * @param strategy which
   * @param kpis of its schedule
   */
  public record Result(Strategy strategy, Kpis kpis) {}

  /** The recommendation, unless there are no results. */
  public static Optional<Recommendation> of(List<Result> results) {
    return results.stream()
        .min(BEST_FIRST)
        .map(best -> new Recommendation(best.strategy(), sentence(best, results)));
  }

  private static String sentence(Result best, List<Result> results) {
    var sentence =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%s gives the shortest makespan, %.2f h, %s",
                best.strategy().label(),
                best.kpis().makespanHours(),
                proof(best.kpis())));
    var equals =
        results.stream()
            .filter(other -> other.strategy() != best.strategy())
            .filter(other -> other.kpis().makespan() == best.kpis().makespan())
            .map(other -> other.strategy().label())
            .collect(Collectors.joining(", "));
    if (!equals.isEmpty()) {
      sentence.append("; equally short: ").append(equals);
    }
    results.stream()
        .filter(other -> other.kpis().makespan() > best.kpis().makespan())
        .min(BEST_FIRST)
        .ifPresent(next -> sentence.append("; ").append(distance(best, next)));
    return sentence.append('.').toString();
  }

  private static String proof(Kpis kpis) {
    return kpis.optimal()
        ? "proven optimal"
        : String.format(
            Locale.ROOT, "at most %.1f %% above the shortest possible", 100 * kpis.gap());
  }

  private static String distance(Result best, Result next) {
    var difference = KpiDifference.of(next.kpis(), best.kpis()).makespanHours();
    return String.format(
        Locale.ROOT,
        "the next best, %s, takes %.2f h (%.1f %%) longer",
        next.strategy().label(),
        difference,
        100 * difference / best.kpis().makespanHours());
  }
}
