package dev.headway.micro;

import dev.headway.core.topic.Event;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.TopicName;
import dev.headway.spc.app.SpcDialect;
import dev.headway.spc.chart.JudgedSample.Point;
import dev.headway.spc.chart.JudgedSample;
import dev.headway.spc.limits.Lines;
import dev.headway.spc.live.Seen;
import dev.headway.spc.live.SpcEvent;
import dev.headway.spc.model.Sample;
import dev.headway.spc.model.Subgroup;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;

/** A sample is encoded for the sockets of process control: once for all who watch. */
public class SampleFrames extends Measured {
  private final Event event = sampled();

  private static Event sampled() {
    var taken = Instant.parse("2026-01-01T00:00:00Z");
    var observation = Subgroup.of(10.02, 9.98, 10.01, 10.0, 9.97);
    var sample = new Sample(12_345, 7, taken, observation, null, null, false);
    var lines = new Lines(9.94, 10, 10.06, 0.02, 0.02);
    var judged =
        new JudgedSample(sample, 1, new Point(9.996, lines), new Point(0.05, lines), true, List.of());
    return new RunningJob()
        .hub()
        .publish(new TopicName("spc", "7"), () -> false, new SpcEvent.Sampled(judged, new Seen(12_345, 0, 0)));
  }

  /** As JSON. */
  @Benchmark
  public @Nullable Frame json() {
    return SpcDialect.INSTANCE.event(event);
  }
}
