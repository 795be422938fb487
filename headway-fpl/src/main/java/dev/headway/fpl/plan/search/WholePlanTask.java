package dev.headway.fpl.plan.search;

import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPSolverParameters;
import com.google.ortools.linearsolver.MPSolverParameters.DoubleParam;
import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.plan.PlanResult;
import dev.headway.fpl.plan.PlanResult.Status;
import dev.headway.fpl.plan.model.Engine;
import dev.headway.fpl.plan.model.PlanModel;
import dev.headway.solver.OrTools;
import dev.headway.solver.SolverContext;
import dev.headway.solver.SolverTask;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A plan as one integer program that HiGHS solves by itself: the yardstick of {@link PlanSearch}. A
 * free hit must not be among the chips, since its squads are programs of their own. The time limit
 * is one of the clock.
 */
public final class WholePlanTask implements SolverTask {
  private static final double PROOF_GAP = 1e-7;

  /** For the solver process. */
  public WholePlanTask() {}

  @Override
  public JsonNode solve(JsonNode input, SolverContext context) {
    return PlanJson.write(solve(PlanJson.read(input, PlanRequest.class), context));
  }

  private static PlanResult solve(PlanRequest request, SolverContext context) {
    OrTools.load();
    try (var model = new PlanModel(request, List.of(), Engine.HIGHS)) {
      context.onStop(model::interrupt);
      model.solver().setTimeLimit(request.timeLimit().toMillis());
      var parameters = new MPSolverParameters();
      parameters.setDoubleParam(DoubleParam.RELATIVE_MIP_GAP, PROOF_GAP);
      var status = solved(model, parameters);
      parameters.delete();
      return result(model, request, status);
    }
  }

  /* At its time limit HiGHS answers with a number that is none of OR-Tools' statuses. */
  private static MPSolver.ResultStatus solved(PlanModel model, MPSolverParameters parameters) {
    try {
      return model.solver().solve(parameters);
    } catch (IllegalArgumentException unknown) {
      return MPSolver.ResultStatus.NOT_SOLVED;
    }
  }

  private static PlanResult result(
      PlanModel model, PlanRequest request, MPSolver.ResultStatus status) {
    return switch (status) {
      case OPTIMAL, FEASIBLE -> {
        var plan = new PlanAssembly(request, List.of()).assemble(model.schedule());
        boolean proved = status == MPSolver.ResultStatus.OPTIMAL;
        double bound = proved ? plan.value() : Math.max(plan.value(), model.bound());
        yield new PlanResult(
            proved ? Status.OPTIMAL : Status.FEASIBLE, plan.value(), bound, plan.weeks());
      }
      case INFEASIBLE -> new PlanResult(Status.INFEASIBLE, 0, 0, List.of());
      case UNBOUNDED, ABNORMAL, NOT_SOLVED, MODEL_INVALID ->
          new PlanResult(Status.STOPPED, 0, 0, List.of());
    };
  }
}
