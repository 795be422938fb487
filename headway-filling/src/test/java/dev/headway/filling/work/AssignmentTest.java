package dev.headway.filling.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.filling.RandomProblems;
import dev.headway.filling.strategy.Strategy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssignmentTest {
  /** A minute for the search. */
  private static final Assignment ASSIGNMENT =
      new Assignment(RandomProblems.large(1, 5, 1), List.of(Strategy.BEST));

  @Test
  void withLess_timeThatReadingTook_leavesTheRest() {
    assertThat(limit(ASSIGNMENT.withLess(Duration.ofSeconds(2)))).isEqualTo(Duration.ofSeconds(58));
  }

  @Test
  void withLess_moreThanHalf_leavesHalf() {
    assertThat(limit(ASSIGNMENT.withLess(Duration.ofMinutes(2)))).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void withLess_any_changesNothingElse() {
    var less = ASSIGNMENT.withLess(Duration.ofSeconds(1));
    assertThat(less.strategies()).isEqualTo(ASSIGNMENT.strategies());
    assertThat(less.problem().lots()).isEqualTo(ASSIGNMENT.problem().lots());
    assertThat(less.problem().settings().lines())
        .isEqualTo(ASSIGNMENT.problem().settings().lines());
  }

  private static Duration limit(Assignment assignment) {
    return assignment.problem().settings().run().timeLimit();
  }
}
