package dev.headway.filling.work;

import dev.headway.core.engine.JobContext;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.ProgressReport;
import dev.headway.filling.model.Micros;
import dev.headway.filling.strategy.Strategy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the strategies of one comparison side by side and reports them in their order: strategy i
 * begins once 1 to i − 1 are done, whichever is faster. Used once.
 */
final class ParallelStrategies {
  private static final Logger LOG = LoggerFactory.getLogger(ParallelStrategies.class);

  /** The percentages between which the strategies have equal shares. */
  private static final double FIRST = 15;

  private static final double SHARES = 60;

  private final Planning planning;
  private final Assignment assignment;
  private final JobContext context;
  private final int count;
  private final Map<Integer, Position> before = new HashMap<>(); // guarded by this
  private int turn = -1; // whose progress is shown; guarded by this
  private volatile boolean abandoned;

  /** How far a strategy has come. */
  private record Position(double fraction, String message) {}

  ParallelStrategies(Planning planning, Assignment assignment, JobContext context) {
    this.planning = planning;
    this.assignment = assignment;
    this.context = context;
    this.count = assignment.strategies().size();
  }

  /** The name of a strategy's step, from 0. */
  static String step(int position) {
    return "strategy_" + (position + 1);
  }

  /**
   * Runs them all, at most so many at once.
   *
   * @throws InterruptedException when interrupted; the strategies have stopped then
   */
  List<StrategyRun> run(int parallel) throws InterruptedException {
    try (var threads = Executors.newFixedThreadPool(Math.min(parallel, count))) {
      return inOrder(begun(threads));
    }
  }

  private List<Future<StrategyRun>> begun(ExecutorService threads) {
    var runs = new ArrayList<Future<StrategyRun>>(count);
    for (var position = 0; position < count; position++) {
      var mine = position;
      runs.add(threads.submit(() -> run(mine, context.job().times().created())));
    }
    return runs;
  }

  private List<StrategyRun> inOrder(List<Future<StrategyRun>> runs) throws InterruptedException {
    var ended = new ArrayList<StrategyRun>(count);
    try {
      for (var run : runs) {
        var position = ended.size();
        takeTurn(position);
        var end = run.get();
        reached(position, new Position(1, outcome(end)));
        ended.add(end);
      }
    } catch (ExecutionException failure) {
      throw new IllegalStateException("A strategy could not be run", failure.getCause());
    } finally {
      abandoned = ended.size() < count; // else the others would go on for nobody
    }
    return ended;
  }

  private StrategyRun run(int position, Instant asked) {
    var strategy = assignment.strategies().get(position);
    PlanningProgress.Bar bar =
        (fraction, message) ->
            reached(
                position, new Position(fraction, "%s (%s)".formatted(running(position), message)));
    var listener =
        new PlanningProgress(
            strategy,
            bar,
            () -> abandoned || context.stopRequested(),
            planning.clock(),
            assignment.problem().settings().run().timeLimit());
    try {
      var planned = planning.plan(assignment, position, asked, listener);
      return StrategyRun.completed(strategy, planned, listener.note());
    } catch (CancellationException _) {
      return StrategyRun.cancelled(strategy);
    } catch (HeadwayException failure) {
      return StrategyRun.failed(strategy, failure.safeMessage());
    } catch (RuntimeException failure) { // one strategy's fault is not the others'
      LOG.error("{} of job {} failed", strategy, context.job().id(), failure);
      return StrategyRun.failed(strategy, unexpected(strategy));
    }
  }

  private String unexpected(Strategy strategy) {
    return "%s failed unexpectedly; look for %s in the server's log"
        .formatted(strategy.label(), context.job().id());
  }

  private synchronized void takeTurn(int position) {
    turn = position;
    show(position, new Position(0, running(position)));
    var already = before.remove(position);
    if (already != null) {
      show(position, already);
    }
  }

  private synchronized void reached(int position, Position reached) {
    if (position == turn) {
      show(position, reached);
    } else if (position > turn) {
      before.put(position, reached);
    }
  }

  private void show(int position, Position reached) {
    var share = position + Math.clamp(reached.fraction(), 0, 1);
    var percent = FIRST + SHARES * share / count;
    context.report(
        new ProgressReport(percent, null, null, step(position), reached.message(), null));
  }

  private String running(int position) {
    return "Running strategy %d/%d: %s…"
        .formatted(position + 1, count, assignment.strategies().get(position).label());
  }

  private static String outcome(StrategyRun run) {
    var planned = run.planned();
    var name = run.strategy().label();
    return planned == null
        ? "%s %s".formatted(name, run.status())
        : String.format(Locale.ROOT, "%s: %.2f h", name, Micros.toHours(planned.kpis().makespan()));
  }
}
