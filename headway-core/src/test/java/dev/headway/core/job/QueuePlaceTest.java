package dev.headway.core.job;

import static dev.headway.core.job.JobSamples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class QueuePlaceTest {
  private static final Instant NOW = T0.plusSeconds(100);
  private static final List<Instant> ONE_IN_TEN_SECONDS =
      List.of(NOW.minusSeconds(10), NOW.minusSeconds(20));

  private static Job waiting(JobSpec spec, Instant ready) {
    var created = Job.create(new UUID(0, 1), spec, List.of(), T0);
    return JobSamples.after(created, new Command.MarkQueued(ready), 0);
  }

  private static final Job JOB = waiting(JobSpec.of("bake", Json.EMPTY_OBJECT, 7L), T0);

  private static QueuePlace place(Job job, int ahead, QueueRule rule, List<Instant> starts) {
    return QueuePlace.of(job, new QueuePlace.Facts(ahead, rule, NOW, starts), NOW);
  }

  @Test
  void of_queueThatMoves_expectsTheStartByItsPace() {
    assertThat(place(JOB, 2, QueueRule.NONE, ONE_IN_TEN_SECONDS))
        .isEqualTo(new QueuePlace(3, NOW.plusSeconds(30), NOW));
  }

  @Test
  void of_queueThatNeverMoved_expectsNothing() {
    assertThat(place(JOB, 0, QueueRule.NONE, List.of())).isEqualTo(new QueuePlace(1, null, NOW));
  }

  @Test
  void of_queueWithARate_expectsNoStartBeforeItAllowsOne() {
    var rate = new QueueRule(false, new StartRate(1, Duration.ofMinutes(1)));

    assertThat(place(JOB, 2, rate, ONE_IN_TEN_SECONDS).expectedStart())
        .isEqualTo(NOW.plusSeconds(120));
  }

  @Test
  void of_pausedQueueOrKey_hasAPositionAndNoExpectedStart() {
    var keyed = JOB.spec().with(draft -> draft.key(new ConcurrencyKey("oven", 1)));

    assertThat(place(JOB, 2, new QueueRule(true, null), ONE_IN_TEN_SECONDS))
        .isEqualTo(new QueuePlace(3, null, NOW));
    assertThat(place(waiting(keyed, T0), 2, QueueRule.NONE, ONE_IN_TEN_SECONDS))
        .isEqualTo(new QueuePlace(3, null, NOW));
  }

  @Test
  void of_jobThatWaitsForAMoment_expectsThat() {
    var moment = NOW.plusSeconds(5);

    assertThat(place(waiting(JOB.spec(), moment), 2, QueueRule.NONE, ONE_IN_TEN_SECONDS))
        .isEqualTo(new QueuePlace(null, moment, NOW));
  }

  @Test
  void of_jobFarBack_isNotCounted() {
    assertThat(place(JOB, QueuePlace.COUNTED + 1, QueueRule.NONE, ONE_IN_TEN_SECONDS))
        .isEqualTo(new QueuePlace(null, null, NOW));
  }

  @Test
  void spacing_thatDoesNotDivide_isRoundedUp() {
    assertThat(new StartRate(3, Duration.ofSeconds(1)).spacing())
        .isEqualTo(Duration.ofNanos(333_334_000));
  }
}
