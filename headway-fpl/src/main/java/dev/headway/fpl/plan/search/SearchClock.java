package dev.headway.fpl.plan.search;

import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPSolverParameters;
import dev.headway.fpl.plan.model.PlanModel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The deadline and the cancellation of a search: {@link #stop()} is for any thread and ends the
 * model that is being solved at once; {@link #expire()} does so once the time is up. The engines
 * know no limit of their own, since they would count the time of other programs, too.
 */
final class SearchClock {
  private final InstantSource clock;
  private final Instant began;
  private final Duration limit;
  private final Object lock = new Object();
  private boolean stopped; // guarded by lock
  private @Nullable PlanModel running; // guarded by lock
  private @Nullable SearchClock inner; // guarded by lock

  SearchClock(InstantSource clock, Duration limit) {
    this.clock = clock;
    this.limit = limit;
    this.began = clock.instant();
  }

  InstantSource clock() {
    return clock;
  }

  /** Whether the search must end. */
  boolean over() {
    return stopped() || !left().isPositive();
  }

  boolean stopped() {
    synchronized (lock) {
      return stopped;
    }
  }

  Duration left() {
    return Duration.between(clock.instant(), began.plus(limit));
  }

  /** Share of the time that is used, 0 to 1. */
  double used() {
    double share = (double) Duration.between(began, clock.instant()).toMillis() / limit.toMillis();
    return Math.clamp(share, 0, 1);
  }

  void stop() {
    synchronized (lock) {
      stopped = true;
      if (running != null) {
        running.interrupt();
      }
      if (inner != null) {
        inner.stop();
      }
    }
  }

  /** Ends the model that is being solved if the time is up; to be called now and then. */
  void expire() {
    synchronized (lock) {
      if (running != null && over()) {
        running.interrupt();
      }
      if (inner != null) {
        inner.expire();
      }
    }
  }

  /** Lets a search within the search end with it. */
  void over(@Nullable SearchClock search) {
    synchronized (lock) {
      inner = search;
      if (stopped && search != null) {
        search.stop();
      }
    }
  }

  /**
   * Solves a model in the time that is left. An engine that is interrupted before it has a solution
   * calls that abnormal; here it is not solved.
   */
  MPSolver.ResultStatus solve(PlanModel model, MPSolverParameters parameters) {
    synchronized (lock) {
      if (stopped) {
        return MPSolver.ResultStatus.NOT_SOLVED;
      }
      running = model;
    }
    try {
      var status = model.solver().solve(parameters);
      return status == MPSolver.ResultStatus.ABNORMAL && over()
          ? MPSolver.ResultStatus.NOT_SOLVED
          : status;
    } finally {
      synchronized (lock) {
        running = null;
      }
      parameters.delete();
    }
  }
}
