package dev.headway.filling.exact;

import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CpSolverSolutionCallback;
import dev.headway.filling.bound.LowerBound;
import dev.headway.filling.model.Plan;
import dev.headway.filling.model.Problem;
import dev.headway.solver.OrTools;
import dev.headway.solver.SolverContext;
import dev.headway.solver.SolverTask;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Runs column generation, then an {@link ExactModel}, in the solver process. */
public final class ExactTask implements SolverTask {
  /** CP-SAT's lines on progress name the range that is still open: {@code next:[low,high]}. */
  private static final Pattern OPEN_RANGE = Pattern.compile("next:\\[([-+.0-9e]+),");

  /** The log shows nine digits. */
  private static final double LOG_ERROR = 1e-8;

  private static final int WORKERS = 8;

  /** The part of the time that column generation may take before CP-SAT begins. */
  private static final int PATTERNS_SHARE = 3;

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
      var used = lowerBound < cost ? raiseByPatterns(problem) : 0;
      if (lowerBound >= cost || request.boundOnly()) {
        return new ExactAnswer(request.incumbent(), lowerBound);
      }
      var model = ExactModel.of(problem, cost, lowerBound);
      prepare(request.millis() - used);
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

    /**
     * Raises the bound by column generation; returns the milliseconds that this took. They are of
     * processor time, so that other programs do not shorten it; the host keeps the time limit.
     */
    private long raiseByPatterns(Problem problem) {
      var most = request.boundOnly() ? request.millis() : request.millis() / PATTERNS_SHARE;
      var began = processorMillis();
      try (var patterns = new PatternBound(problem, request.incumbent())) {
        patterns.raise(
            () -> context.stopRequested() || processorMillis() - began >= most,
            makespan -> {
              if (raise((double) LowerBound.of(problem, makespan))) {
                report(null);
              }
            });
        return processorMillis() - began;
      }
    }

    private static long processorMillis() {
      return TimeUnit.NANOSECONDS.toMillis(
          ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
    }

    private void prepare(long millis) {
      solver
          .getParameters()
          .setMaxTimeInSeconds(millis / 1000.0)
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
