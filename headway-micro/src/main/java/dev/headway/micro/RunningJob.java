package dev.headway.micro;

import dev.headway.core.job.Command;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobEvent;
import dev.headway.core.job.ProgressReport;
import dev.headway.core.memory.InMemoryJobStore;
import dev.headway.core.topic.Event;
import dev.headway.core.topic.Hub;
import dev.headway.core.topic.TopicName;
import dev.headway.testkit.Ids;
import dev.headway.testkit.contract.SampleJobs;
import java.time.Clock;
import java.time.Instant;

/** A job half way, as most events show one. */
public final class RunningJob {
  private final SampleJobs samples = new SampleJobs(new InMemoryJobStore());
  private final Job job =
      samples.reported(samples.running(SampleJobs.spec("bake", 7L), "w"), 40, "Lot 16 of 40");
  private final Hub hub =
      new Hub(Clock.systemUTC(), Ids.seeded(Clock.systemUTC()), Hub.Limits.DEFAULT);

  /** The job. */
  public Job job() {
    return job;
  }

  /** Its topic's name. */
  public TopicName topic() {
    return TopicName.ofJob(job.id());
  }

  /** Where it is told of. */
  public Hub hub() {
    return hub;
  }

  /** Its progress, as those who watch are told. */
  public Event progressed() {
    return hub.publish(topic(), job, new JobEvent.Progressed(job));
  }

  /** The present moment of its clock. */
  public Instant now() {
    return samples.clock().instant();
  }

  /** The worker's next report. */
  public Command nextReport() {
    var report = ProgressReport.of(42.5, "Lot 17 of 40 placed");
    return new Command.Report(SampleJobs.token(job), report, null);
  }
}
