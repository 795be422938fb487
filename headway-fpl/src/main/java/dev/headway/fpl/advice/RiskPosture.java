package dev.headway.fpl.advice;

import dev.headway.fpl.plan.PlanWeights;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A manager's attitude to risk. It scales the price of hits, of playing chips and of spent free
 * transfers, and the worth of the bench, all by the one factor that {@link PlanWeights} proves to
 * work in one direction; and it prices how far a team is from those of the other managers.
 */
public enum RiskPosture {
  /** A point of risk costs half more. */
  CONSERVATIVE(1.5, 0.1),
  /** Points as they are. */
  BALANCED(1, 0),
  /** A point of risk costs less than a point. */
  AGGRESSIVE(0.65, -0.1);

  private final double caution;
  private final double template;

  RiskPosture(double caution, double template) {
    this.caution = caution;
    this.template = template;
  }

  /** The posture of a name in any case. */
  public static Optional<RiskPosture> named(String name) {
    return Arrays.stream(values()).filter(p -> p.key().equalsIgnoreCase(name)).findFirst();
  }

  /** The name in requests. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The price of a difference to the other teams, as {@link OtherTeams} counts it: above 0 the
   * players whom most of them have are preferred, below 0 those whom few have.
   */
  double template() {
    return template;
  }

  /** The weights of the plan. */
  public PlanWeights weights() {
    return PlanWeights.ofCaution(caution);
  }
}
