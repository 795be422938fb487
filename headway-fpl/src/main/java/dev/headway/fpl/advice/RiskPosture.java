package dev.headway.fpl.advice;

import dev.headway.fpl.plan.PlanWeights;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A manager's attitude to risk. It scales the price of hits, of playing chips and of spent free
 * transfers, and the worth of the bench, all by the one factor that {@link PlanWeights} proves to
 * work in one direction.
 */
public enum RiskPosture {
  /** A point of risk costs half more. */
  CONSERVATIVE(1.5),
  /** Points as they are. */
  BALANCED(1),
  /** A point of risk costs less than a point. */
  AGGRESSIVE(0.65);

  private final double caution;

  RiskPosture(double caution) {
    this.caution = caution;
  }

  /** The posture of a name in any case. */
  public static Optional<RiskPosture> named(String name) {
    return Arrays.stream(values()).filter(p -> p.key().equalsIgnoreCase(name)).findFirst();
  }

  /** The name in requests. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The weights of the plan. */
  public PlanWeights weights() {
    return PlanWeights.ofCaution(caution);
  }
}
