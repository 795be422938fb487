package dev.headway.bench.workload;

import dev.headway.bench.load.Pace;
import dev.headway.bench.workload.Findings.Row;
import java.util.ArrayList;
import java.util.List;

/** Messages at a fixed rate, whatever becomes of them. */
final class Rate implements Workload {
  /**
   * One case.
   *
   * @param topics how many
   * @param each watchers of each
   * @param perSecond messages a second over all topics
   */
  private record Case(int topics, int each, double perSecond) {
    String label() {
      return topics == 1
          ? "%s watchers, %.0f messages/s".formatted(BenchContext.number(each), perSecond)
          : "%d topics of %d watchers, %s deliveries/s"
              .formatted(topics, each, BenchContext.number(Math.round(perSecond * each)));
    }
  }

  @Override
  public String name() {
    return "rate";
  }

  @Override
  public String description() {
    return "1,000 watchers at 30 and 100 messages/s; 100 topics with 1,000 watchers at 1,000 and 10,000 deliveries/s";
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
    var rows = new ArrayList<Row>();
    for (var each : context.options().watchersOr(1_000)) {
      rows.addAll(cases(context, 1, each, 30, 100));
      rows.addAll(cases(context, 100, Math.max(1, each / 100), 100, 1_000));
    }
    return new Findings(rows);
  }

  private static List<Row> cases(BenchContext context, int topics, int each, double... rates) {
    var rows = new ArrayList<Row>();
    try (var crowd = context.gather(context.running().flows(topics), each)) {
      for (var rate : rates) {
        var one = new Case(topics, each, rate);
        context.say(one.label());
        var measured =
            Measurement.of(
                context.running().process(), crowd, new Pace.Steady(rate), context.options());
        rows.add(new Row(one.label(), measured.delivery()));
      }
    }
    return rows;
  }
}
