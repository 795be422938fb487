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
 * The choice among several schedules: the one with the shortest makespan, among equals the one with
 * the fewest changeovers, then the fewest cleans, then the one asked for first.
 *
 * @param strategy that made it
 * @param sentence that tells a person why
 */
public record Recommendation(Strategy strategy, String sentence) {
  /** The least difference in hours that two decimals show. */
  private static final double SHOWN = 0.005;

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
            .filter(other -> longer(other, best) < SHOWN)
            .map(other -> other.strategy().label())
            .collect(Collectors.joining(", "));
    if (!equals.isEmpty()) {
      sentence.append("; equally short: ").append(equals);
    }
    results.stream()
        .filter(other -> longer(other, best) >= SHOWN)
        .min(BEST_FIRST)
        .ifPresent(next -> sentence.append("; ").append(distance(best, next)));
    return sentence.append('.').toString();
  }

  private static String proof(Kpis kpis) {
    if (kpis.optimal()) {
      return "proven optimal";
    }
    var distance =
        kpis.gap() < 0.0005
            ? "less than 0.1 %"
            : String.format(Locale.ROOT, "at most %.1f %%", 100 * kpis.gap());
    return distance + " above the shortest possible";
  }

  private static double longer(Result other, Result best) {
    return KpiDifference.of(other.kpis(), best.kpis()).makespanHours();
  }

  private static String distance(Result best, Result next) {
    var difference = longer(next, best);
    return String.format(
        Locale.ROOT,
        "the next best, %s, takes %.2f h (%.1f %%) longer",
        next.strategy().label(),
        difference,
        100 * difference / best.kpis().makespanHours());
  }
}
