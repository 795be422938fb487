package dev.headway.fpl.plan.search;

import dev.headway.fpl.plan.PlanListener;
import dev.headway.fpl.plan.PlanProgress;
import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.plan.PlanResult;
import dev.headway.fpl.plan.PlanSolver;
import dev.headway.solver.SolverHost;
import dev.headway.solver.SolverListener;
import dev.headway.solver.SolverRequest;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Searches plans in solver processes, so that a crash of the native engine takes only the plan. */
public final class HostedPlanSolver implements PlanSolver {
  /* The search counts processor time; on a busy machine it may have a sixtieth of it. */
  private static final int LENIENCY = 60;
  private static final Duration START = Duration.ofMinutes(1);

  private final SolverHost host;

  /** A solver on a host, which stays the caller's to close. */
  public HostedPlanSolver(SolverHost host) {
    this.host = host;
  }

  @Override
  public PlanResult solve(PlanRequest request, PlanListener listener) {
    // The process may have to start first; nobody shall wait for that with nothing to look at.
    KeptSquad.of(request)
        .map(kept -> new PlanProgress(kept.value(), Ceiling.of(request), 0, 1, 0, kept.weeks()))
        .ifPresent(listener::improved);
    var task =
        new SolverRequest(
            PlanTask.class,
            PlanJson.write(request),
            request.timeLimit().multipliedBy(LENIENCY).plus(START));
    return PlanJson.read(host.solve(task, heard(listener)), PlanResult.class);
  }

  private static SolverListener heard(PlanListener listener) {
    return new SolverListener() {
      @Override
      public void reported(JsonNode event) {
        listener.improved(PlanJson.read(event, PlanProgress.class));
      }

      @Override
      public boolean stopRequested() {
        return listener.stopRequested();
      }

      @Override
      public boolean resultWanted() {
        return false;
      }
    };
  }
}
