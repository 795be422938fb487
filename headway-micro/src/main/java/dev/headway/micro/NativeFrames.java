package dev.headway.micro;

import dev.headway.core.topic.Dialect;
import dev.headway.core.topic.Event;
import dev.headway.core.topic.Frame;
import dev.headway.server.stream.JobDialect;
import dev.headway.server.stream.Wire;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;

/** A progress event is encoded for the native stream: once for all who watch. */
public class NativeFrames extends Measured {
  private final RunningJob running = new RunningJob();
  private final Dialect json = new JobDialect(running.topic(), false, Map.of());
  private final Dialect cbor = Wire.CBOR.dialect(json);
  private final Event event = running.progressed();

  /** As JSON. */
  @Benchmark
  public @Nullable Frame json() {
    return json.event(event);
  }

  /** As CBOR, from JSON that is kept. */
  @Benchmark
  public @Nullable Frame cbor() {
    return cbor.event(event);
  }
}
