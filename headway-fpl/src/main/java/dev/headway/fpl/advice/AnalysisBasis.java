package dev.headway.fpl.advice;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.fpl.constraint.ConstraintReader;
import dev.headway.fpl.constraint.PlanFrame;
import dev.headway.fpl.data.Player;
import dev.headway.fpl.data.SeasonSnapshot;
import dev.headway.fpl.plan.Restriction;
import dev.headway.fpl.projection.ModelProjections;
import dev.headway.fpl.projection.OverriddenProjections;
import dev.headway.fpl.projection.ProjectionCsv;
import dev.headway.fpl.projection.Projections;
import dev.headway.fpl.projection.TableProjections;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The input of an analysis: a request combined with a season.
 *
 * @param position where the plan begins
 * @param projections what players are expected to score
 * @param demands what the plan must obey
 */
record AnalysisBasis(
    StartingPosition position, Projections projections, List<Restriction> demands) {
  /**
   * The basis of a request.
   *
   * @throws HeadwayException with everything in the request that does not fit the season
   */
  static AnalysisBasis of(SeasonSnapshot season, AnalysisRequest request) {
    var defects = new ArrayList<Defect>();
    var position = attempt(defects, () -> StartingPositions.of(season, request));
    var csv = request.projections();
    Optional<Projections> table =
        csv == null
            ? Optional.empty()
            : attempt(defects, () -> ProjectionCsv.read(csv, playerIds(season)));
    var projections = attempt(defects, () -> projections(season, request, table));
    var demands =
        position
            .map(known ->
                ConstraintReader.read(request.constraints(), frame(season, known), defects))
            .orElse(List.of());
    if (!defects.isEmpty()) {
      throw HeadwayException.invalid(defects);
    }
    return new AnalysisBasis(position.orElseThrow(), projections.orElseThrow(), demands);
  }

  private static PlanFrame frame(SeasonSnapshot season, StartingPosition position) {
    int squad = position.sellingPrices().values().stream().mapToInt(price -> price).sum();
    return new PlanFrame(
        position.rules(),
        position.gameweek(),
        position.gameweekOf(position.horizon() - 1),
        position.sellingPrices().keySet(),
        position.bank() + squad,
        position.chips(),
        PlanRequests.market(season, position));
  }

  /* Overrides are read even beside a table that cannot be, so that all defects are named at once. */
  private static Projections projections(
      SeasonSnapshot season, AnalysisRequest request, Optional<Projections> table) {
    return request.projections() == null
        ? new ModelProjections(season, request.overrides())
        : new OverriddenProjections(
            table.orElse(new TableProjections(Map.of())), season, request.overrides());
  }

  private static Set<Integer> playerIds(SeasonSnapshot season) {
    return season.bootstrap().elements().stream().map(Player::id).collect(Collectors.toSet());
  }

  private static <T> Optional<T> attempt(List<Defect> defects, Supplier<? extends T> step) {
    try {
      return Optional.of(step.get());
    } catch (HeadwayException refused) {
      if (refused.defects().isEmpty()) {
        throw refused;
      }
      defects.addAll(refused.defects());
      return Optional.empty();
    }
  }
}
