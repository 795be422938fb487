package dev.headway.micro;

import dev.headway.core.job.JobEvent;
import dev.headway.core.topic.Event;
import dev.headway.core.topic.Hub;
import dev.headway.core.topic.Topic;
import dev.headway.core.topic.TopicName;
import dev.headway.testkit.Ids;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** An event goes into a full log that nobody watches at this moment. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LogAppend {
  private final RunningJob running = new RunningJob();
  private final Hub hub =
      new Hub(Clock.systemUTC(), Ids.seeded(Clock.systemUTC()), Hub.Limits.DEFAULT);
  private final Topic topic = hub.open(TopicName.ofJob(running.job().id()), running::job);

  /** The event, in the log. */
  @Benchmark
  public Event append() {
    return hub.publish(topic, running.job(), new JobEvent.Progressed(running.job()));
  }
}
