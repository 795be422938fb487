package dev.headway.micro;

import dev.headway.core.job.Command;
import dev.headway.core.job.Decision;
import dev.headway.core.job.Job;
import dev.headway.core.job.Lifecycle;
import java.time.Instant;
import org.openjdk.jmh.annotations.Benchmark;

/** The lifecycle decides on a worker's report. */
public class Transition extends Measured {
  private final RunningJob running = new RunningJob();
  private final Job job = running.job();
  private final Command report = running.nextReport();
  private final Instant now = running.now();

  /** The decision. */
  @Benchmark
  public Decision report() {
    return Lifecycle.decide(job, report, now);
  }
}
