package dev.headway.filling.exact;

import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CpSolverSolutionCallback;
import dev.headway.filling.bound.LowerBound;
import dev.headway.filling.model.Plan;
import dev.headway.solver.OrTools;
import dev.headway.solver.SolverContext;
import dev.headway.solver.SolverTask;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Runs a {@link ExactModel} in the solver process. */
public final class ExactTask implements SolverTask {
  /** CP-SAT's lines on progress name the range that is still open: {@code next:[low,high]}. */
  private static final Pattern OPEN_RANGE = Pattern.compile("next:\\[([-+.0-9e]+),");

  /** The log shows nine digits. */
  private static final double LOG_ERROR = 1e-8;

  private static final int WORKERS = 8;

  /** For the host. */
  public ExactTask() {}

  @Override
  public JsonNode solve(JsonNode input, SolverContext context) {
    OrTools.load();
    var request = ExactRequest.MAPPER.treeToValue(input, ExactRequest.class);
    var answer = new Run(request, context).answer();
    return ExactRequest.MAPPER.valueToTree(answer);
  }

  /** One search. Callbacks come from native threads, one at a time. */
  private static final class Run {
    private final ExactRequest request;
    private final SolverContext context;
    private final CpSolver solver = new CpSolver();
    private long cost;
    private long lowerBound;

    Run(ExactRequest request, SolverContext context) {
      this.request = request;
      this.context = context;
    }

    ExactAnswer answer() {
      var problem = request.problem();
      cost = request.incumbent().cost(problem);
      lowerBound = LowerBound.of(problem);
      if (lowerBound >= cost) {
        return new ExactAnswer(request.incumbent(), cost);
      }
      var model = ExactModel.of(problem, cost);
      prepare();
      var status = solver.solve(model.model(), new Improvements(model));
      return switch (status) {
        case OPTIMAL -> {
          var plan = model.plan(solver::value);
          yield new ExactAnswer(plan, plan.cost(problem));
        }
        case INFEASIBLE -> new ExactAnswer(request.incumbent(), cost);
        case FEASIBLE -> new ExactAnswer(model.plan(solver::value), provenBound());
        case UNKNOWN -> new ExactAnswer(request.incumbent(), provenBound());
        case MODEL_INVALID, UNRECOGNIZED ->
            throw new IllegalStateException(
                "CP-SAT refused the model (%s): %s".formatted(status, model.model().validate()));
      };
    }

    private void prepare() {
      solver
          .getParameters()
          .setMaxTimeInSeconds(request.millis() / 1000.0)
          .setNumWorkers(WORKERS)
          .setRandomSeed((int) request.settings().run().seed())
          .setLogSearchProgress(true)
          .setLogToStdout(false);
      solver.setLogCallback(this::log);
      context.onStop(solver::stopSearch);
    }

    private long provenBound() {
      raise(solver.bestObjectiveBound());
      return lowerBound;
    }

    private void log(String line) {
      if (context.stopRequested()) {
        solver.stopSearch();
      }
      var range = OPEN_RANGE.matcher(line);
      if (range.find() && raise(Double.parseDouble(range.group(1)) * (1 - LOG_ERROR))) {
        report(null);
      }
    }

    private synchronized boolean raise(double bound) {
      var raised = Math.min(cost, (long) Math.floor(bound));
      if (raised <= lowerBound) {
        return false;
      }
      lowerBound = raised;
      return true;
    }

    private synchronized void report(@Nullable Plan better) {
      context.report(ExactRequest.MAPPER.valueToTree(new ExactProgress(better, lowerBound)));
    }

    /** Hears of each better plan. Only the callback's own figures may be read here. */
    private final class Improvements extends CpSolverSolutionCallback {
      private final ExactModel model;

      Improvements(ExactModel model) {
        this.model = model;
      }

      @Override
      public void onSolutionCallback() {
        synchronized (Run.this) {
          cost = Math.min(cost, Math.round(objectiveValue()));
        }
        report(model.plan(this::value));
      }
    }
  }
}
