package dev.headway.bench.workload;

import com.sun.management.OperatingSystemMXBean;
import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.plan.search.PlanTask;
import dev.headway.fpl.plan.search.WholePlanTask;
import dev.headway.solver.SolverContext;
import dev.headway.solver.SolverTask;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A plan in a solver process, with the processor time that it took there. */
public final class PlanTiming implements SolverTask {
  /** A way to solve it. */
  enum Way {
    /** The product's search. */
    SEARCH("search"),
    /** One program, solved by HiGHS. */
    HIGHS("HiGHS");

    private final String label;

    Way(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  /** The task's input. */
  record Input(Way way, PlanRequest plan) {}

  /**
   * The task's result.
   *
   * @param firstSeconds to the first plan that is better than no move at all; null where none was
   *     told before the end
   * @param seconds to the end
   * @param result the plan
   */
  record Timed(@Nullable Double firstSeconds, double seconds, JsonNode result) {}

  /** For the solver process. */
  public PlanTiming() {}

  @Override
  public JsonNode solve(JsonNode input, SolverContext context) {
    var json = JsonMapper.shared();
    var way = json.treeToValue(input.path("way"), Way.class);
    var began = seconds();
    var first = new FirstPlan(context, began);
    var result =
        switch (way) {
          case SEARCH -> new PlanTask().solve(input.path("plan"), first);
          case HIGHS -> new WholePlanTask().solve(input.path("plan"), first);
        };
    return json.valueToTree(new Timed(first.seconds.get(), seconds() - began, result));
  }

  private static double seconds() {
    var process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return process.getProcessCpuTime() / 1e9;
  }

  /** Notes when the second of the plans that are told comes; the first is the squad as it is. */
  private record FirstPlan(
      SolverContext context,
      double began,
      AtomicReference<@Nullable Double> kept,
      AtomicReference<@Nullable Double> seconds)
      implements SolverContext {
    FirstPlan(SolverContext context, double began) {
      this(context, began, new AtomicReference<>(), new AtomicReference<>());
    }

    @Override
    public void report(JsonNode event) {
      double value = event.path("objective").asDouble();
      var before = kept.get();
      if (before == null) {
        kept.set(value);
      } else if (value > before && seconds.get() == null) {
        seconds.set(PlanTiming.seconds() - began);
      }
    }

    @Override
    public boolean stopRequested() {
      return context.stopRequested();
    }

    @Override
    public void onStop(Runnable action) {
      context.onStop(action);
    }
  }
}
