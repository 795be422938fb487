package dev.headway.fpl.plan;

import java.util.List;

/**
 * The weights of the sum that a plan maximises:
 *
 * <pre>
 * Σ over weeks of decay^week × (points of the line-up + the captain's again
 *     + caution × (vice × the vice-captain's + keeper and outfield × the bench's
 *                  − hit cost × hits + change in the value of saved transfers))
 * − caution × the prices of the chips played
 * </pre>
 *
 * <p>Everything that {@code caution} multiplies is the price of risk or insurance against it, so a
 * larger caution can only lower the risk that an optimal plan carries: if plan A is optimal for
 * caution a and plan B for b > a, adding the two optimality inequalities gives risk(B) ≤ risk(A).
 *
 * @param decay weight of a week relative to the one before it, 0 to 1
 * @param caution weight of the price of risk, at least 0
 * @param vice share of the vice-captain's points that is expected to be needed
 * @param benchKeeper the same of the substitute goalkeeper's
 * @param benchOutfield the same of each of the three outfield substitutes'
 * @param savedTransfers value of the second, third, … saved transfer; never increasing
 */
public record PlanWeights(
    double decay,
    double caution,
    double vice,
    double benchKeeper,
    double benchOutfield,
    List<Double> savedTransfers) {
  /** Copies the list. */
  public PlanWeights {
    savedTransfers = List.copyOf(savedTransfers);
  }

  /** The weights of a caution; the others as they are common among public optimisers. */
  public static PlanWeights ofCaution(double caution) {
    return new PlanWeights(0.9, caution, 0.1, 0.03, 0.09, List.of(2.0, 1.6, 1.3, 1.1));
  }

  /** Points alone: line-up, captain and hits. */
  public static PlanWeights pointsOnly() {
    return new PlanWeights(1, 1, 0, 0, 0, List.of());
  }

  /** The weight of a week, from 0. */
  public double ofWeek(int week) {
    return Math.pow(decay, week);
  }

  /** The value of having so many free transfers. */
  public double savedValue(int freeTransfers) {
    return savedTransfers.stream().limit(Math.max(0, freeTransfers - 1)).mapToDouble(v -> v).sum();
  }
}
