package dev.headway.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every interleaving of the model: two workers and two watchers in a build, three by {@code
 * -Dheadway.model.watchers=3}.
 */
final class JobModelTest {
  private static final int WATCHERS = Integer.getInteger("headway.model.watchers", 2);
  private static final int MOST_STATES = 20_000_000;

  @Test
  void model_asItIsMeant_keepsEveryPromise() {
    var result = Explorer.explore(new JobModel(WATCHERS, 1, Set.of()), MOST_STATES);
    assertThat(result.violation()).as("%s", result.trace()).isNull();
    assertThat(result.states()).isGreaterThan(10_000);
  }

  @Test
  void model_withMoreReports_keepsEveryPromiseToAWatcher() {
    var result = Explorer.explore(new JobModel(1, 2, Set.of()), MOST_STATES);
    assertThat(result.violation()).as("%s", result.trace()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void model_withADefect_breaksAPromise(Defect defect) {
    var result = Explorer.explore(new JobModel(1, 2, Set.of(defect)), MOST_STATES);
    assertThat(result.violation()).isNotNull();
    assertThat(result.trace()).isNotEmpty();
  }
}
