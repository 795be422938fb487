package dev.headway.filling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.filling.bound.LowerBound;
import dev.headway.filling.model.Problem;
import dev.headway.filling.model.RunOptions;
import dev.headway.filling.model.Schedule;
import dev.headway.filling.strategy.PlanningListener;
import dev.headway.filling.strategy.Solution;
import dev.headway.filling.verify.Verifier;
import dev.headway.solver.ChildLauncher;
import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Checks of every planner's solutions. */
public final class Checks {
  private static final Instant START = Instant.parse("2026-11-21T06:00:00Z");

  private Checks() {}

  /** Asserts that a solution is valid and not below its bounds; returns its makespan. */
  public static long assertSound(Problem problem, Solution solution) {
    var schedule = Schedule.of(problem, solution.plan(), START);
    assertThat(Verifier.verify(problem.lots(), problem.settings(), schedule)).isEmpty();
    assertThat(schedule.makespan())
        .isEqualTo(solution.plan().makespan(problem))
        .isGreaterThanOrEqualTo(solution.lowerBound())
        .isGreaterThanOrEqualTo(LowerBound.of(problem));
    return schedule.makespan();
  }

  /** The problem with another time limit. */
  public static Problem limited(Problem problem, Duration limit) {
    return new Problem(problem.lots(), problem.settings().with(new RunOptions(null, limit, 1)));
  }

  /** Starts solver processes as on a platform that the solver's library is not there for. */
  public static ChildLauncher withoutNativeLibrary() {
    var full =
        Objects.requireNonNullElse(
            System.getProperty("surefire.test.class.path"), System.getProperty("java.class.path"));
    var without =
        Arrays.stream(full.split(File.pathSeparator, -1))
            .filter(entry -> !entry.contains("ortools-linux"))
            .collect(Collectors.joining(File.pathSeparator));
    return ChildLauncher.sameClassPath().withClassPath(without);
  }

  /** Keeps what it is told and asserts that it only ever gets better. */
  public static class Recorder implements PlanningListener {
    /** The makespans, in the order reported. */
    public final List<Long> makespans = new ArrayList<>();

    /** The bounds, in the order reported. */
    public final List<Long> bounds = new ArrayList<>();

    private final int patience;

    /** Cancels after so many improvements. */
    public Recorder(int patience) {
      this.patience = patience;
    }

    @Override
    public void improved(long makespan, long lowerBound) {
      assertThat(makespan).isGreaterThanOrEqualTo(lowerBound);
      if (!makespans.isEmpty()) {
        assertThat(makespan).isLessThanOrEqualTo(makespans.getLast());
        assertThat(lowerBound).isGreaterThanOrEqualTo(bounds.getLast());
      }
      makespans.add(makespan);
      bounds.add(lowerBound);
    }

    @Override
    public boolean cancelled() {
      return makespans.size() >= patience;
    }
  }
}
