package dev.headway.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headway.core.job.Plan.Step;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {
  private static final Plan PLAN =
      new Plan(10, List.of(new Step("load", 1), new Step("plan", 6), new Step("write", 2)));

  @ParameterizedTest
  @CsvSource({
    "load, 0, 10",
    "load, 1, 20",
    "plan, 0, 20",
    "plan, 0.5, 50",
    "plan, 1, 80",
    "write, 0, 80",
    "write, 1, 100",
    "plan, -3, 20",
    "plan, 7, 80",
  })
  void percentAt_stepAndFraction_isItsShareOfTheBar(String step, double fraction, double percent) {
    assertThat(PLAN.percentAt(step, fraction)).isCloseTo(percent, within(1e-9));
  }

  @Test
  void percentAt_stepByStep_neverFallsAndEndsAtHundred() {
    var before = 0.0;
    for (var step : PLAN.names()) {
      for (var tenth = 0; tenth <= 10; tenth++) {
        var percent = PLAN.percentAt(step, tenth / 10.0);
        assertThat(percent).isBetween(before - 1e-9, 100 + 1e-9);
        before = percent;
      }
    }
    assertThat(before).isCloseTo(100, within(1e-9));
  }

  @Test
  void percentAt_unknownStep_namesItAndThePlan() {
    assertThatThrownBy(() -> PLAN.percentAt("bake", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The step (bake) is not in the plan [load, plan, write]");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN})
  void step_weightWithoutAShare_isRejected(double weight) {
    assertThatThrownBy(() -> new Step("load", weight))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("load");
  }

  @Test
  void firstStep_ofAPlanWithoutSteps_isEmpty() {
    assertThat(Plan.NONE.firstStep()).isEmpty();
    assertThat(PLAN.firstStep()).contains("load");
  }
}
