package dev.headway.filling.app;

import dev.headway.filling.model.Activity.Kind;
import dev.headway.filling.model.Kpis;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Which strategy a comparison recommends: the shortest makespan, then the fewest changeovers, then
 * the one named first.
 *
 * @param best the recommended one
 * @param sentence why
 */
record Verdict(Planned best, String sentence) {
  /** The verdict on schedules of which there is at least one. */
  static Verdict of(List<StrategyRun> runs) {
    var ranked =
        runs.stream()
            .flatMap(run -> Stream.ofNullable(run.planned()))
            .sorted(
                Comparator.comparingLong((Planned planned) -> planned.kpis().makespan())
                    .thenComparingInt(planned -> changeovers(planned.kpis())))
            .toList();
    var best = ranked.getFirst();
    var reason =
        ranked.size() == 1
            ? "the only strategy that found a schedule"
            : reason(ranked.size(), best, ranked.get(1));
    return new Verdict(
        best,
        String.format(
            Locale.ROOT,
            "Use %s: %.2f h, %s; %s.",
            best.stored().strategy(),
            best.kpis().makespanHours(),
            reason,
            quality(best.kpis())));
  }

  private static String reason(int count, Planned best, Planned next) {
    var other = next.stored().strategy();
    if (next.kpis().makespan() > best.kpis().makespan()) {
      var saved = next.kpis().makespanHours() - best.kpis().makespanHours();
      return String.format(
          Locale.ROOT,
          "the shortest of %d, %.2f h (%.1f %%) less than %s",
          count,
          saved,
          100 * saved / next.kpis().makespanHours(),
          other);
    }
    var more = changeovers(next.kpis()) - changeovers(best.kpis());
    return "none of %d is shorter; %s takes as long with %s changeovers"
        .formatted(count, other, more == 0 ? "as many" : more + " more");
  }

  private static String quality(Kpis kpis) {
    return kpis.optimal()
        ? "no schedule of these lots can be shorter"
        : String.format(Locale.ROOT, "at most %.1f %% above the optimum", 100 * kpis.gap());
  }

  private static int changeovers(Kpis kpis) {
    return kpis.of(Kind.CHANGEOVER).count();
  }
}
