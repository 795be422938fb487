package dev.headway.filling.work;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.filling.model.Problem;
import dev.headway.filling.store.StoredPlan;
import dev.headway.filling.strategy.PlanningListener;
import dev.headway.filling.strategy.Solution;
import dev.headway.filling.strategy.Strategy;
import dev.headway.filling.verify.Verifier;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Runs planners and verifies every plan that they make. Thread-safe.
 *
 * @param catalog the planners
 * @param clock measures how long they take
 */
public record Planning(StrategyCatalog catalog, InstantSource clock) {
  /**
   * Plans with one strategy.
   *
   * @param position of the strategy in the task, from 0
   * @param asked when the schedule was asked for: it starts then, unless its settings say when
   * @throws CancellationException when cancelled before there was any plan
   * @throws IllegalStateException when the plan breaks a rule
   */
  PlannedSchedule plan(
      Assignment assignment, int position, Instant asked, PlanningListener listener) {
    var problem = assignment.problem();
    var strategy = assignment.strategies().get(position);
    var began = clock.instant();
    var solution = solved(problem, strategy, listener);
    var took = Duration.between(began, clock.instant()).truncatedTo(ChronoUnit.MICROS);
    var wanted = problem.settings().run().startTime();
    var start = wanted == null ? asked.truncatedTo(ChronoUnit.SECONDS) : wanted;
    var stored =
        new StoredPlan(
            position, strategy.label(), start, solution.lowerBound(), took, solution.plan());
    var planned = PlannedSchedule.of(problem, stored);
    requireValid(problem, planned);
    return planned;
  }

  /**
   * A plan that was made for the same lots and rules.
   *
   * @throws IllegalStateException when the plan breaks a rule
   */
  PlannedSchedule adopted(Problem problem, StoredPlan plan) {
    var planned = PlannedSchedule.of(problem, plan.alone());
    requireValid(problem, planned);
    return planned;
  }

  /** The plan of the lots in their given order: what others are measured against. */
  public PlannedSchedule given(Problem problem, Instant asked) {
    var assignment = new Assignment(problem, List.of(Strategy.GIVEN));
    return plan(assignment, 0, asked, PlanningListener.SILENT);
  }

  private Solution solved(Problem problem, Strategy strategy, PlanningListener listener) {
    try {
      return catalog.planner(strategy).plan(problem, listener);
    } catch (HeadwayException failure) {
      throw translated(strategy, failure);
    }
  }

  /** Another attempt would not find a solver that is missing either, so it must not be retried. */
  private static RuntimeException translated(Strategy strategy, HeadwayException failure) {
    if (failure.code() == ErrorCode.CANCELLED) {
      return new CancellationException(failure.safeMessage());
    }
    return failure.code() == ErrorCode.UNAVAILABLE
        ? new HeadwayException(
            ErrorCode.EXECUTION_ERROR,
            "%s cannot run here: %s".formatted(strategy.label(), failure.safeMessage()),
            failure)
        : failure;
  }

  private static void requireValid(Problem problem, PlannedSchedule planned) {
    var violations = Verifier.verify(problem.lots(), problem.settings(), planned.schedule());
    if (!violations.isEmpty()) {
      throw new IllegalStateException(
          "The plan of %s breaks rules: %s"
              .formatted(planned.stored().strategy(), violations.subList(0, 1)));
    }
  }
}
