package dev.headway.filling.exact;

import dev.headway.filling.model.Plan;
import dev.headway.filling.model.Problem;
import dev.headway.filling.search.Budget;
import dev.headway.filling.search.RuinAndRecreate;
import dev.headway.filling.strategy.PlanningListener;
import dev.headway.filling.strategy.Solution;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Local search on a thread of its own, beside a solver process. It ends when it is closed, when
 * time is up, or when its plan meets the bound. Safe for use by the thread that made it.
 */
final class SideSearch implements AutoCloseable {
  private final Budget budget;
  private final AtomicLong cost;
  private final AtomicLong lowerBound;
  private final Thread thread;
  private volatile Plan plan;
  private volatile boolean closed;

  /** A search that has begun. */
  SideSearch(Problem problem, Solution start, Budget budget) {
    this.budget = budget;
    this.plan = start.plan();
    this.cost = new AtomicLong(start.plan().cost(problem));
    this.lowerBound = new AtomicLong(start.lowerBound());
    var own = new Budget(budget.clock(), budget.deadline(), new Listener());
    var search = new RuinAndRecreate(problem, start.plan(), start.lowerBound(), own);
    this.thread = Thread.ofPlatform().name("local search").start(() -> plan = search.run());
  }

  /** Called by the search's thread. */
  private final class Listener implements PlanningListener {
    @Override
    public void improved(long better, long bound) {
      cost.set(better);
    }

    @Override
    public boolean cancelled() {
      return closed || cost.get() <= lowerBound.get();
    }
  }

  /** The budget of the whole planning. */
  Budget budget() {
    return budget;
  }

  /** The cost of the best plan so far, microseconds. */
  long cost() {
    return cost.get();
  }

  /** Tells the search a bound that was proven elsewhere. */
  void raise(long bound) {
    lowerBound.accumulateAndGet(bound, Math::max);
  }

  /** The best plan; known once the search is closed. */
  Plan plan() {
    return plan;
  }

  @Override
  public void close() {
    closed = true;
    var interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true; // it ends within a round
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
