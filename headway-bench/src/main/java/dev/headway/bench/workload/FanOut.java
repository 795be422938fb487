package dev.headway.bench.workload;

import dev.headway.bench.load.Pace;
import dev.headway.bench.workload.Findings.Row;
import java.util.ArrayList;

/** One topic, many watchers, as fast as they all get it. */
final class FanOut implements Workload {
  @Override
  public String name() {
    return "fanout";
  }

  @Override
  public String description() {
    return "one topic, 1,000 and 10,000 watchers, one message in flight and eight";
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
    for (var watchers : context.options().watchersOr(1_000, 10_000)) {
      try (var crowd = context.gather(context.running().flows(1), watchers)) {
        for (var inFlight : context.options().inFlightOr(1, 8)) {
          context.say("%d in flight".formatted(inFlight));
          var measured =
              Measurement.of(
                  context.running().process(),
                  crowd,
                  new Pace.InFlight(inFlight),
                  context.options());
          var label =
              "%s watchers, %d in flight".formatted(BenchContext.number(watchers), inFlight);
          rows.add(new Row(label, measured.delivery()));
        }
      }
    }
    return new Findings(rows);
  }
}
