package dev.headway.fpl.advice;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.fpl.data.Player;
import dev.headway.fpl.data.SeasonSnapshot;
import dev.headway.fpl.projection.ModelProjections;
import dev.headway.fpl.projection.ProjectionCsv;
import dev.headway.fpl.projection.Projections;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What an analysis stands on once request and season have been put together.
 *
 * @param position where the plan begins
 * @param projections what players are expected to score
 */
record Basis(StartingPosition position, Projections projections) {
  /**
   * The basis of a request.
   *
   * @throws HeadwayException with everything in the request that does not fit the season
   */
  static Basis of(SeasonSnapshot season, AnalysisRequest request) {
    var defects = new ArrayList<Defect>();
    var position = attempt(defects, () -> StartingPositions.of(season, request));
    Optional<Projections> model =
        attempt(defects, () -> new ModelProjections(season, request.overrides()));
    var csv = request.projections();
    Optional<Projections> table =
        csv == null ? model : attempt(defects, () -> ProjectionCsv.read(csv, playerIds(season)));
    if (!defects.isEmpty()) {
      throw HeadwayException.invalid(defects);
    }
    return new Basis(position.orElseThrow(), table.orElseThrow());
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
