package dev.headway.micro;

import dev.headway.core.topic.Dialect;
import dev.headway.core.topic.Event;
import dev.headway.core.topic.Frame;
import dev.headway.fpl.app.AnalysisDialect;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;

/** A progress event is encoded for the analysis socket: once for all who watch. */
public class AnalysisFrames extends Measured {
  private final Dialect dialect = new AnalysisDialect();
  private final Event event = new RunningJob().progressed();

  /** As JSON. */
  @Benchmark
  public @Nullable Frame json() {
    return dialect.event(event);
  }
}
