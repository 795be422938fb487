package dev.headway.spc.chart;

import dev.headway.spc.limits.ControlLimits;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stage (also: phase) of a characteristic's series in time, with limits and rules of its own. It
 * ends where the next one begins; a pattern never reaches from one into the next.
 *
 * @param id its number, from 1; 0 before it is stored
 * @param name a short name
 * @param from its samples were taken at this time or later; {@link #BEGINNING} for the first stage
 * @param baseline the basis of the limits, or null for limits set by hand or none
 * @param limits the limits in force, or null while there are none
 * @param rules the rules in force
 */
public record Stage(
    long id,
    String name,
    Instant from,
    @Nullable Baseline baseline,
    @Nullable ControlLimits limits,
    ChartRules rules) {
  /** The time that no sample lies before. */
  public static final Instant BEGINNING = Instant.parse("1900-01-01T00:00:00Z");

  /** The stage of a characteristic that has no other. */
  public static Stage first(ChartRules rules) {
    return new Stage(0, "Stage 1", BEGINNING, null, null, rules);
  }

  /** The same stage under the number that it was stored as. */
  public Stage numbered(long number) {
    return new Stage(number, name, from, baseline, limits, rules);
  }

  /** The same stage with other limits and their basis. */
  public Stage with(@Nullable Baseline newBaseline, @Nullable ControlLimits newLimits) {
    return new Stage(id, name, from, newBaseline, newLimits, rules);
  }

  /** The same stage without limits. */
  public Stage unlimited() {
    return new Stage(id, name, from, null, null, rules);
  }

  /** The same stage with other rules. */
  public Stage with(ChartRules newRules) {
    return new Stage(id, name, from, baseline, limits, newRules);
  }

  /** The same stage with another name and beginning. */
  public Stage with(String newName, Instant newFrom) {
    return new Stage(id, newName, newFrom, baseline, limits, rules);
  }
}
