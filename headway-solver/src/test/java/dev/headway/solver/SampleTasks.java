package dev.headway.solver;

import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Tasks that behave and misbehave. */
public final class SampleTasks {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private SampleTasks() {}

  /** Answers with its process id after reporting its input. */
  public static final class Pid implements SolverTask {
    @Override
    public JsonNode solve(JsonNode input, SolverContext context) {
      context.report(input);
      System.out.println("noise on standard output");
      return JSON.numberNode(ProcessHandle.current().pid());
    }
  }

  /** Dies like a native crash. */
  public static final class Crash implements SolverTask {
    @Override
    public JsonNode solve(JsonNode input, SolverContext context) {
      context.report(JSON.stringNode("about to die"));
      System.err.println("SIGSEGV, so to speak");
      Runtime.getRuntime().halt(134);
      return input;
    }
  }

  /** Throws. */
  public static final class Fail implements SolverTask {
    @Override
    public JsonNode solve(JsonNode input, SolverContext context) {
      throw new IllegalStateException("secret internals");
    }
  }

  /** Runs until it is stopped, then answers "best so far". */
  public static final class UntilStopped implements SolverTask {
    @Override
    public JsonNode solve(JsonNode input, SolverContext context) throws InterruptedException {
      var stopped = new CountDownLatch(1);
      context.onStop(stopped::countDown);
      context.report(JSON.stringNode("started"));
      if (!stopped.await(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("Nobody stopped this.");
      }
      return JSON.stringNode("best so far, stopped: " + context.stopRequested());
    }
  }

  /** Neither ends nor listens. */
  public static final class Deaf implements SolverTask {
    @Override
    public JsonNode solve(JsonNode input, SolverContext context) throws InterruptedException {
      new CountDownLatch(1).await(1, TimeUnit.MINUTES);
      return input;
    }
  }

  /** Uses all memory. */
  public static final class Greedy implements SolverTask {
    @Override
    public JsonNode solve(JsonNode input, SolverContext context) {
      var hoard = new long[1 << 20][];
      for (var i = 0; i < hoard.length; i++) {
        hoard[i] = new long[1 << 20];
      }
      return JSON.numberNode(hoard.length);
    }
  }

  /** Maximises x + y where 2x + 3y ≤ 12 and x ≤ 3 by CP-SAT. */
  public static final class Optimise implements SolverTask {
    @Override
    public JsonNode solve(JsonNode input, SolverContext context) {
      OrTools.load();
      var model = new CpModel();
      var x = model.newIntVar(0, 3, "x");
      var y = model.newIntVar(0, 10, "y");
      model.addLessOrEqual(LinearExpr.weightedSum(new IntVar[] {x, y}, new long[] {2, 3}), 12);
      model.maximize(LinearExpr.sum(new IntVar[] {x, y}));
      var solver = new CpSolver();
      solver.solve(model);
      return JSON.numberNode(solver.value(x) + solver.value(y));
    }
  }
}
