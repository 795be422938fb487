package dev.headway.micro;

import dev.headway.core.job.JobEvent;
import dev.headway.core.topic.Event;
import dev.headway.core.topic.Hub;
import dev.headway.core.topic.Topic;
import org.openjdk.jmh.annotations.Benchmark;

/** An event goes into a full log that nobody watches at this moment. */
public class LogAppend extends Measured {
  private final RunningJob running = new RunningJob();
  private final Hub hub = running.hub();
  private final Topic topic = hub.open(running.topic(), running::job);

  /** The event, in the log. */
  @Benchmark
  public Event append() {
    return hub.publish(topic, running.job(), new JobEvent.Progressed(running.job()));
  }
}
