package dev.headway.micro;

import dev.headway.core.engine.Jobs;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.Json;
import dev.headway.core.job.ProgressReport;
import dev.headway.core.memory.InMemoryJobStore;
import dev.headway.core.port.JobStore.Waiting;
import dev.headway.core.port.ProgressLedger;
import dev.headway.core.topic.Hub;
import dev.headway.store.job.MappedLedger;
import dev.headway.testkit.Ids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** A worker's report, decided and published, without the ledger and with it. */
public class Ledger extends Measured {
  private static final Waiting BAKING =
      new Waiting(JobSpec.DEFAULT_QUEUE, Set.of("bake"), true, null);

  private record Working(Jobs jobs, Job job, String fence) {
    static Working over(ProgressLedger ledger) {
      var clock = Clock.systemUTC();
      var ids = Ids.seeded(clock);
      var hub = new Hub(clock, ids, Hub.Limits.DEFAULT);
      var jobs = new Jobs(new InMemoryJobStore(), hub, clock, ids, ledger);
      var spec = JobSpec.of("bake", Json.EMPTY_OBJECT, null).with(draft -> draft.external(true));
      jobs.submit(jobs.nextId(), spec, List.of());
      var job = jobs.claim(BAKING, "w", Duration.ofHours(1)).orElseThrow();
      return new Working(jobs, job, Objects.requireNonNull(job.lease()).token());
    }

    Job report() {
      return jobs.report(job.id(), fence, ProgressReport.of(42.5, "Lot 17 of 40 placed"));
    }
  }

  private Path file;
  private MappedLedger ledger;
  private Working without;
  private Working with;
  private Job shown;

  /** Opens a ledger in a file that goes afterwards. */
  @Setup
  public void open() throws IOException {
    file = Files.createTempFile("headway-micro", ".ledger");
    ledger = MappedLedger.open(file);
    without = Working.over(ProgressLedger.NONE);
    with = Working.over(ledger);
    shown = with.report();
  }

  /** Closes it. */
  @TearDown
  public void close() throws IOException {
    ledger.close();
    Files.deleteIfExists(file);
  }

  /** A report that a killed process would take along. */
  @Benchmark
  public Job reportWithout() {
    return without.report();
  }

  /** A report that survives it. */
  @Benchmark
  public Job reportWith() {
    return with.report();
  }

  /** The entry alone. */
  @Benchmark
  public void write() {
    ledger.write(shown);
  }
}
