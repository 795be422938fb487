package dev.headway.server;

import dev.headway.core.engine.JobContext;
import dev.headway.core.engine.JobType;
import dev.headway.core.job.Json;
import dev.headway.core.job.Plan;
import dev.headway.core.job.ProgressReport;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import org.jspecify.annotations.Nullable;

/** A job that does what the test tells it, one step at a time. */
final class ScriptedWork {
  /** One thing to do; a result ends the work. */
  @FunctionalInterface
  interface Step {
    @Nullable Json act(JobContext context) throws Exception;
  }

  private final SynchronousQueue<Step> steps = new SynchronousQueue<>();

  JobType type() {
    var plan = Plan.of(new Plan.Step("pack", 1), new Plan.Step("ship", 1));
    return new JobType("scripted", plan, 1, this::run);
  }

  private Json run(JobContext context) throws Exception {
    while (true) {
      var result = steps.take().act(context);
      if (result != null) {
        return result;
      }
    }
  }

  /** Has the running job take a step; returns once it has begun to. */
  void next(Step step) throws InterruptedException {
    steps.put(step);
  }

  void report(double percent, String message) throws InterruptedException {
    next(context -> {
      context.report(ProgressReport.of(percent, message));
      return null;
    });
  }

  /** Has the job wait until it is told to stop, and stop then. */
  void stopWhenTold() throws InterruptedException {
    next(context -> {
      var told = new CountDownLatch(1);
      context.onStop(told::countDown);
      told.await();
      context.checkpoint();
      return null;
    });
  }

  void finish(String json) throws InterruptedException {
    next(_ -> new Json(json));
  }
}
