package dev.headway.filling.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.headway.filling.model.Activity.Kind;
import dev.headway.filling.model.Kpis;
import dev.headway.filling.model.Micros;
import org.jspecify.annotations.Nullable;

/**
 * All figures of a schedule as clients see them, rounded to millionths.
 *
 * @param avgLotDuration the mean filling hours of a lot
 * @param lateness null where no lot has a due date
 * @param moves null where no lot had a place in an earlier plan
 * @param vsGiven how far figures are above those of the lots in their given order; null where that
 *     is not shown
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KpiFigures(
    double makespanHours,
    double utilizationPercent,
    int changeoverCount,
    double avgLotDuration,
    double fillHours,
    double changeoverHours,
    int cleanCount,
    double cleanHours,
    double lowerBoundHours,
    double gapPercent,
    boolean optimal,
    @Nullable LatenessFigures lateness,
    @Nullable MoveFigures moves,
    @Nullable Differences vsGiven) {

  /**
   * How late lots are, in hours.
   *
   * @param weightedTardinessHours the tardiness of each lot times its priority
   * @param costHours the makespan and that: what planners make as small as they can
   */
  record LatenessFigures(
      int dueLots,
      int lateLots,
      double tardinessHours,
      double weightedTardinessHours,
      double costHours) {
    private static @Nullable LatenessFigures of(Kpis kpis) {
      var late = kpis.lateness();
      return late.dueLots() == 0
          ? null
          : new LatenessFigures(
              late.dueLots(),
              late.lateLots(),
              rounded(Micros.toHours(late.tardiness())),
              rounded(Micros.toHours(late.weighted())),
              rounded(Micros.toHours(kpis.cost())));
    }
  }

  /**
   * The lots that have another place than in an earlier plan.
   *
   * @param knownLots how many had a place there
   * @param costHours what moving them is worth
   */
  record MoveFigures(int knownLots, int movedLots, double costHours) {
    private static @Nullable MoveFigures of(Kpis kpis) {
      var moves = kpis.moves();
      return moves.known() == 0
          ? null
          : new MoveFigures(moves.known(), moves.moved(), rounded(Micros.toHours(moves.cost())));
    }
  }

  /** The headline of a schedule: makespan in hours, utilization as a fraction, and counts. */
  public record Headline(
      double makespan,
      double utilization,
      int changeovers,
      int lotsScheduled,
      double lowerBound,
      double gap) {
    static Headline of(Kpis kpis) {
      return new Headline(
          rounded(kpis.makespanHours()),
          rounded(kpis.utilization()),
          kpis.of(Kind.CHANGEOVER).count(),
          kpis.of(Kind.FILL).count(),
          rounded(kpis.lowerBoundHours()),
          rounded(kpis.gap()));
    }
  }

  /** The differences of those figures for which a difference says something. */
  record Differences(
      double makespanHours,
      double utilizationPercent,
      double changeoverCount,
      double changeoverHours,
      double cleanCount,
      double cleanHours,
      double avgLotDuration) {
    private static Differences of(KpiFigures figures, KpiFigures given) {
      return new Differences(
          rounded(figures.makespanHours - given.makespanHours),
          rounded(figures.utilizationPercent - given.utilizationPercent),
          figures.changeoverCount - given.changeoverCount,
          rounded(figures.changeoverHours - given.changeoverHours),
          figures.cleanCount - given.cleanCount,
          rounded(figures.cleanHours - given.cleanHours),
          rounded(figures.avgLotDuration - given.avgLotDuration));
    }
  }

  /** The figures of a schedule alone. */
  public static KpiFigures of(Kpis kpis) {
    return of(kpis, (Differences) null);
  }

  /** The figures of a schedule, compared to those of the given order. */
  public static KpiFigures of(Kpis kpis, Kpis given) {
    var reference = of(kpis, (Differences) null);
    return of(kpis, Differences.of(reference, of(given, (Differences) null)));
  }

  private static KpiFigures of(Kpis kpis, @Nullable Differences differences) {
    return new KpiFigures(
        rounded(kpis.makespanHours()),
        rounded(100 * kpis.utilization()),
        kpis.of(Kind.CHANGEOVER).count(),
        rounded(kpis.averageLotHours()),
        hours(kpis.of(Kind.FILL)),
        hours(kpis.of(Kind.CHANGEOVER)),
        kpis.of(Kind.CLEAN).count(),
        hours(kpis.of(Kind.CLEAN)),
        rounded(kpis.lowerBoundHours()),
        rounded(100 * kpis.gap()),
        kpis.optimal(),
        LatenessFigures.of(kpis),
        MoveFigures.of(kpis),
        differences);
  }

  private static double hours(Kpis.Total total) {
    return rounded(Micros.toHours(total.time()));
  }

  /** To a millionth: no figure is known more finely. */
  static double rounded(double value) {
    return Math.round(value * 1e6) / 1e6;
  }
}
