package dev.headway.fpl.plan.search;

import dev.headway.fpl.plan.PlanRequest;
import dev.headway.solver.SolverContext;
import dev.headway.solver.SolverTask;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** A search in a solver process. */
public final class PlanTask implements SolverTask {
  private static final long TICK = 50;

  /** For the solver process. */
  public PlanTask() {}

  @Override
  public JsonNode solve(JsonNode input, SolverContext context) {
    var request = PlanJson.read(input, PlanRequest.class);
    // The solver process has no other place to choose its clock.
    var search =
        new PlanSearch(
            request,
            progress -> context.report(PlanJson.write(progress)),
            ProcessorTime.ofThisThread());
    context.onStop(search::stop);
    try (var ticking = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory())) {
      var _ = ticking.scheduleAtFixedRate(search::tell, 1, 1, TimeUnit.SECONDS);
      var _ = ticking.scheduleAtFixedRate(search::expire, TICK, TICK, TimeUnit.MILLISECONDS);
      var result = PlanJson.write(search.run());
      ticking.shutdownNow();
      return result;
    }
  }
}
