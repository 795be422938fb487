package dev.headway.micro;

import dev.headway.core.topic.Dialect;
import dev.headway.core.topic.Event;
import dev.headway.core.topic.Frame;
import dev.headway.filling.app.TaskDialect;
import dev.headway.filling.store.TaskKind;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;

/** A progress event is encoded for the filling sockets: once for all who watch. */
public class TaskFrames extends Measured {
  private final Dialect dialect = new TaskDialect(TaskKind.SCHEDULE);
  private final Event event = new RunningJob().progressed();

  /** As JSON. */
  @Benchmark
  public @Nullable Frame json() {
    return dialect.event(event);
  }
}
