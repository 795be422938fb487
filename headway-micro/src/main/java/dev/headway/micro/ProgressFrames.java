package dev.headway.micro;

import dev.headway.core.topic.Dialect;
import dev.headway.core.topic.Event;
import dev.headway.core.topic.Frame;
import dev.headway.server.jobs.ProgressDialect;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;

/** A progress event is encoded for the jobs channel: once for all who watch. */
public class ProgressFrames extends Measured {
  private final Dialect dialect = new ProgressDialect(false);
  private final Event event = new RunningJob().progressed();

  /** As JSON. */
  @Benchmark
  public @Nullable Frame json() {
    return dialect.event(event);
  }
}
