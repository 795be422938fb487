package dev.headway.filling.app;

import dev.headway.filling.model.Problem;
import dev.headway.filling.strategy.Heuristics;
import dev.headway.filling.strategy.Planner;
import dev.headway.filling.strategy.PlanningListener;
import dev.headway.filling.strategy.Solution;
import dev.headway.filling.strategy.Strategy;
import dev.headway.testkit.Patience;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Plans like smart-pack, but stops at a lot until it is let go on or cancelled; with a best-so-far
 * when it is to have one.
 */
final class GatedPlanner implements Planner {
  private final Planner inner = Objects.requireNonNull(Heuristics.all().get(Strategy.SMART_PACK));
  private final CountDownLatch gate = new CountDownLatch(1);
  private final CountDownLatch reached = new CountDownLatch(1);
  private final int stopAt;
  private final boolean keepsBest;

  GatedPlanner(int stopAt, boolean keepsBest) {
    this.stopAt = stopAt;
    this.keepsBest = keepsBest;
  }

  /** Lets it go on. */
  void open() {
    gate.countDown();
  }

  /** Waits until it stands at the gate. */
  void awaitReached() throws InterruptedException {
    if (!reached.await(Patience.LONG.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("The planner was not called");
    }
  }

  @Override
  public Solution plan(Problem problem, PlanningListener listener) {
    try {
      return inner.plan(problem, new Gate(listener));
    } catch (CancellationException cancelled) {
      if (keepsBest) {
        return inner.plan(problem, PlanningListener.SILENT);
      }
      throw cancelled;
    }
  }

  private final class Gate implements PlanningListener {
    private final PlanningListener outer;

    Gate(PlanningListener outer) {
      this.outer = outer;
    }

    @Override
    public void placed(int done, int total) {
      outer.placed(done, total);
      if (done == stopAt) {
        reached.countDown();
        await();
      }
    }

    private void await() {
      try {
        while (!gate.await(5, TimeUnit.MILLISECONDS)) {
          if (outer.cancelled()) {
            return;
          }
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public boolean cancelled() {
      return outer.cancelled();
    }
  }
}
