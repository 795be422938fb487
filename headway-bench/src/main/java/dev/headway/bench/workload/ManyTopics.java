package dev.headway.bench.workload;

import dev.headway.bench.load.Pace;
import dev.headway.bench.workload.Findings.Row;
import java.util.List;

/** Many topics with few watchers each: what a message costs when there is nothing to share. */
final class ManyTopics implements Workload {
  private static final int TOPICS = 2_000;
  private static final int EACH = 2;
  private static final int IN_FLIGHT = 64;

  @Override
  public String name() {
    return "topics";
  }

  @Override
  public String description() {
    return "2,000 topics with two watchers each, 64 messages in flight over all of them";
  }

  @Override
  public boolean comparable() {
    return true;
  }

  @Override
  public boolean warm() {
    return true;
  }

  @Override
  public Findings run(BenchContext context) {
    context.say("making topics");
    try (var crowd = context.gather(context.running().flows(TOPICS), EACH)) {
      var measured =
          Measurement.of(
              context.running().process(), crowd, new Pace.InFlight(IN_FLIGHT), context.options());
      return new Findings(List.of(new Row("2,000 topics of 2 watchers", measured.delivery())));
    }
  }
}
