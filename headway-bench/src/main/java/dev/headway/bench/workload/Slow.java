package dev.headway.bench.workload;

import dev.headway.bench.load.Crowd;
import dev.headway.bench.load.Pace;
import dev.headway.bench.workload.Findings.Figure;
import dev.headway.bench.workload.Findings.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Some watchers read no more: whether the others notice. */
final class Slow implements Workload {
  private static final int NTH = 5;
  private static final double PER_SECOND = 100;

  /* So small that what a stalled watcher does not read soon waits in the server. */
  private static final int RECEIVE_BYTES = 8 * 1024;
  private static final Duration FILLING = Duration.ofSeconds(6);

  @Override
  public String name() {
    return "slow";
  }

  @Override
  public String description() {
    return "1,000 watchers at 100 messages/s, and the same while every fifth reads no more";
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
    for (var watchers : context.options().watchersOr(1_000)) {
      var flows = context.running().flows(1);
      try (var crowd = context.generator().gather(flows, watchers, RECEIVE_BYTES, _ -> {})) {
        context.say("all read");
        var before = load(context, crowd, Duration.ZERO);
        crowd.stallEvery(NTH);
        context.say("every fifth reads no more");
        var stalled = load(context, crowd, FILLING);
        var label = BenchContext.number(watchers) + " watchers, ";
        rows.add(row(label + "all read", before, before));
        rows.add(row(label + "20 % stalled", stalled, before));
      }
    }
    return new Findings(rows);
  }

  private static Measurement load(BenchContext context, Crowd crowd, Duration more) {
    var options = context.options();
    return Measurement.of(
        context.running().process(),
        crowd,
        new Pace.Steady(PER_SECOND),
        options.warmedUp(options.warm().plus(more)));
  }

  private static Row row(String label, Measurement measured, Measurement before) {
    var figures = new ArrayList<Figure>();
    var ratio = measured.counted().latency().p99() / before.counted().latency().p99();
    figures.add(new Figure("p99 to all reading", "×", ratio));
    figures.addAll(measured.delivery());
    return new Row(label, List.copyOf(figures));
  }
}
