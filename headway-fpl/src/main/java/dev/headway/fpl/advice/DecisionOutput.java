package dev.headway.fpl.advice;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.headway.fpl.projection.Breakdown;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The answer of an analysis, as it goes over the wire. Points are rounded to hundredths.
 *
 * @param primaryDecision what to do before the next deadline
 * @param reasoning why, for a person
 * @param confidenceScore 0 to 1, the share of other projections, as likely, in which the decision
 *     holds
 * @param confidenceLabel the score in a word
 * @param transferRecommendations transfers to make now, best first
 * @param captaincy whom to captain
 * @param chipGuidance whether to play a chip
 * @param optimizedXi the line-up after the transfers
 * @param riskScenarios what may go wrong and what it would cost
 * @param horizon the plan's points and transfers, gameweek by gameweek
 * @param plan the whole plan in ids, gameweek by gameweek
 * @param nextBestPlans plans that begin otherwise, the best first
 * @param rankRisk the risk of the first gameweek against the other teams; null where nothing is
 *     known of them
 * @param solver how good the plan is proved to be
 * @param dataSource sample, uploaded or live
 * @param projectionSource model or table
 * @param assumptions what was assumed where the documents are silent, a sentence each
 */
public record DecisionOutput(
    PrimaryDecision primaryDecision,
    String reasoning,
    double confidenceScore,
    Confidence.Label confidenceLabel,
    List<TransferRecommendation> transferRecommendations,
    Captaincy captaincy,
    ChipGuidance chipGuidance,
    OptimizedXi optimizedXi,
    List<RiskScenario> riskScenarios,
    List<HorizonWeek> horizon,
    List<PlanWeek> plan,
    List<NextPlan> nextBestPlans,
    @Nullable RankRisk rankRisk,
    SolverReport solver,
    String dataSource,
    String projectionSource,
    List<String> assumptions) {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  /** Copies the lists. */
  public DecisionOutput {
    transferRecommendations = List.copyOf(transferRecommendations);
    riskScenarios = List.copyOf(riskScenarios);
    horizon = List.copyOf(horizon);
    plan = List.copyOf(plan);
    nextBestPlans = List.copyOf(nextBestPlans);
    assumptions = List.copyOf(assumptions);
  }

  /** The decision before the next deadline. */
  public enum PrimaryDecision {
    /** Begin with the line-up's fifteen: the team has no squad yet. */
    SQUAD,
    /** Nothing, and no transfer is saved by it: the cap is reached. */
    HOLD,
    /** Nothing, and the free transfer is saved. */
    ROLL,
    /** Make the recommended transfers. */
    TRANSFER,
    /** Play the chip. */
    CHIP
  }

  /**
   * A transfer.
   *
   * @param mayFallPct by how many per cent the projection of the player who comes in may fall
   *     before a plan that begins without him is better; null where none of those found is
   */
  public record TransferRecommendation(
      int playerOutId,
      String playerOutName,
      int playerInId,
      String playerInName,
      String position,
      double netGainPts,
      int hitCost,
      @Nullable Double mayFallPct,
      String reasoning) {}

  /** Whom to captain. */
  public record Captaincy(
      CaptainChoice captain, CaptainChoice viceCaptain, List<CaptainChoice> alternatives) {}

  /** A possible captain; the points are his own, not doubled. */
  public record CaptainChoice(int playerId, String playerName, double expectedPoints) {}

  /** Whether to play a chip. */
  public record ChipGuidance(
      @Nullable String chip,
      boolean useThisGw,
      @Nullable Integer bestFutureGw,
      String reasoning,
      List<ChipOutlook> outlook) {}

  /**
   * A chip that is left.
   *
   * @param chip its name
   * @param bestGw the gameweek in which the plan plays it, otherwise the best one for it
   * @param gainPts what it adds there
   * @param laterPts what keeping it beyond the plan is worth, by simulation; 0 where it lapses
   */
  public record ChipOutlook(String chip, int bestGw, double gainPts, double laterPts) {}

  /** The line-up. */
  public record OptimizedXi(
      String formation,
      List<LinedUpPlayer> starters,
      List<LinedUpPlayer> bench,
      double totalExpectedPts) {}

  /** A player of the line-up with what his points come from. */
  public record LinedUpPlayer(
      int playerId,
      String playerName,
      String position,
      String club,
      double expectedPoints,
      double expectedMinutes,
      @Nullable Breakdown explanation) {}

  /** Something that may go wrong. */
  public record RiskScenario(String condition, List<Double> expectedLossRange, String riskLevel) {}

  /**
   * The difference of a gameweek to the other managers' teams.
   *
   * @param swingPts its standard deviation in points
   * @param templatePct the share of the other teams that has a starter, on average
   */
  public record RankRisk(double swingPts, double templatePct) {}

  /** A gameweek of the plan. */
  public record HorizonWeek(
      int gameweek, double expectedPts, List<PlannedTransfer> transfers, @Nullable String chip) {}

  /** A transfer of the plan. */
  public record PlannedTransfer(
      int playerOutId, String playerOutName, int playerInId, String playerInName) {}

  /**
   * The parts of the answer that are known before the rest.
   *
   * @param plan the best plan so far
   * @param captaincy whom to captain; null as long as the plan is searched
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Known(List<PlanWeek> plan, @Nullable Captaincy captaincy) {
    /** Copies the list. */
    public Known {
      plan = List.copyOf(plan);
    }
  }

  /** How good the plan is proved to be. */
  public record SolverReport(double objective, double bound, double gap, String status) {}

  /** The JSON of the contract. */
  public JsonNode json() {
    return MAPPER.valueToTree(this);
  }

  /** The JSON of a part, for progress frames. */
  static JsonNode json(Record part) {
    return MAPPER.valueToTree(part);
  }
}
