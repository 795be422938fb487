package dev.headway.fpl.advice;

import dev.headway.fpl.constraint.Constraints;
import dev.headway.fpl.projection.InjuryOverride;
import dev.headway.fpl.rules.Chip;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A manager's question.
 *
 * @param teamId 1 to 20,000,000
 * @param gameweek first gameweek of the plan; null for the next
 * @param horizon gameweeks, 1 to 8
 * @param freeTransfers 0 to 5; null for what the team's history says
 * @param availableChips chips not yet played in the present half; null for what the history says
 * @param posture how much risk
 * @param overrides what the manager knows better
 * @param squad fifteen ids instead of the team's own; null for its own
 * @param bank money in hand in tenths of a million, with a squad; null for none
 * @param paid what the manager knows better of the squad's purchase prices
 * @param projections a table that replaces the model, as CSV ({@code player_id,gw,points,minutes});
 *     null for the model
 * @param constraints what the plan must obey; null for nothing
 */
public record AnalysisRequest(
    int teamId,
    @Nullable Integer gameweek,
    int horizon,
    @Nullable Integer freeTransfers,
    @Nullable Set<Chip> availableChips,
    RiskPosture posture,
    List<InjuryOverride> overrides,
    @Nullable List<Integer> squad,
    @Nullable Integer bank,
    List<PaidPrice> paid,
    @Nullable String projections,
    @Nullable Constraints constraints) {
  /** Gameweeks when nothing is said. */
  public static final int DEFAULT_HORIZON = 5;

  /** Copies the collections. */
  public AnalysisRequest {
    overrides = List.copyOf(overrides);
    paid = paid.stream().sorted(Comparator.comparingInt(PaidPrice::playerId)).toList();
    availableChips = availableChips == null ? null : inOrder(availableChips);
    squad = squad == null ? null : List.copyOf(squad);
  }

  /** The plain question for a team. */
  public static AnalysisRequest ofTeam(int teamId) {
    return new AnalysisRequest(
        teamId,
        null,
        DEFAULT_HORIZON,
        null,
        null,
        RiskPosture.BALANCED,
        List.of(),
        null,
        null,
        List.of(),
        null,
        null);
  }

  /** The same over another number of gameweeks. */
  public AnalysisRequest withHorizon(int gameweeks) {
    return with(gameweeks, constraints);
  }

  /** The same without constraints. */
  AnalysisRequest unconstrained() {
    return with(horizon, null);
  }

  private AnalysisRequest with(int gameweeks, @Nullable Constraints others) {
    return new AnalysisRequest(
        teamId,
        gameweek,
        gameweeks,
        freeTransfers,
        availableChips,
        posture,
        overrides,
        squad,
        bank,
        paid,
        projections,
        others);
  }

  /* Equal requests are written alike, so that they have the same fingerprint. */
  private static Set<Chip> inOrder(Set<Chip> chips) {
    var ordered = EnumSet.noneOf(Chip.class);
    ordered.addAll(chips);
    return Collections.unmodifiableSet(ordered);
  }
}
