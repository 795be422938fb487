package dev.headway.fpl.app;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.fpl.plan.PlanListener;
import dev.headway.fpl.plan.PlanProgress;
import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.plan.PlanResult;
import dev.headway.fpl.plan.PlanSolver;
import dev.headway.fpl.plan.search.KeepingSolver;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Has half of the search done, then waits until it is let go on or stopped. */
final class GatedSolver implements PlanSolver {
  static final String HALF_WAY = "Best plan 50.0, at most 60.0 possible (gap 20.00 %)";

  private static final long PATIENCE_SECONDS = 120;

  private final CountDownLatch gate = new CountDownLatch(1);
  private final CountDownLatch reached = new CountDownLatch(1);
  private final AtomicInteger searches = new AtomicInteger();

  @Override
  public PlanResult solve(PlanRequest request, PlanListener listener) {
    searches.incrementAndGet();
    listener.improved(new PlanProgress(50, 60, 1, 2, 0, List.of()));
    reached.countDown();
    try {
      while (!gate.await(10, TimeUnit.MILLISECONDS)) {
        if (listener.stopRequested()) {
          throw new HeadwayException(ErrorCode.CANCELLED, "Stopped");
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new HeadwayException(ErrorCode.CANCELLED, "Interrupted", interrupted);
    }
    return new KeepingSolver().solve(request, listener);
  }

  /** Returns once a search is half done. */
  void awaitReached() throws InterruptedException {
    if (!reached.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("No search began");
    }
  }

  void open() {
    gate.countDown();
  }

  int searches() {
    return searches.get();
  }
}
