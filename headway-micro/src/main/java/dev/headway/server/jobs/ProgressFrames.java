package dev.headway.server.jobs;

import dev.headway.core.job.JobEvent;
import dev.headway.core.topic.Dialect;
import dev.headway.core.topic.Event;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Hub;
import dev.headway.core.topic.TopicName;
import dev.headway.micro.RunningJob;
import dev.headway.testkit.Ids;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A progress event is encoded for the jobs channel: once for all who watch. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ProgressFrames {
  private final RunningJob running = new RunningJob();
  private final Dialect dialect = new ProgressDialect(false);
  private final Hub hub =
      new Hub(Clock.systemUTC(), Ids.seeded(Clock.systemUTC()), Hub.Limits.DEFAULT);
  private final Event event =
      hub.publish(
          TopicName.ofJob(running.job().id()),
          running.job(),
          new JobEvent.Progressed(running.job()));

  /** As JSON. */
  @Benchmark
  public @Nullable Frame json() {
    return dialect.event(event);
  }
}
