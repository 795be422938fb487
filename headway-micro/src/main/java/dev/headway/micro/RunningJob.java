package dev.headway.micro;

import dev.headway.core.job.Command;
import dev.headway.core.job.Job;
import dev.headway.core.job.ProgressReport;
import dev.headway.core.memory.InMemoryJobStore;
import dev.headway.testkit.contract.SampleJobs;
import java.time.Instant;

/** A job half way, as most events show one. */
public final class RunningJob {
  private final SampleJobs samples = new SampleJobs(new InMemoryJobStore());
  private final Job job =
      samples.reported(samples.running(SampleJobs.spec("bake", 7L), "w"), 40, "Lot 16 of 40");

  /** The job. */
  public Job job() {
    return job;
  }

  /** The present moment of its clock. */
  public Instant now() {
    return samples.clock().instant();
  }

  /** What its worker reports next. */
  public Command nextReport() {
    var report = ProgressReport.of(42.5, "Lot 17 of 40 placed");
    return new Command.Report(SampleJobs.token(job), report, null);
  }
}
