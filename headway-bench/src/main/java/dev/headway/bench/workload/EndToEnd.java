package dev.headway.bench.workload;

import dev.headway.bench.contender.WatchedContract;
import dev.headway.bench.load.Flow;
import dev.headway.bench.load.Pace;
import dev.headway.bench.workload.Findings.Row;
import java.util.ArrayList;
import java.util.List;

/** From a worker's report over HTTP to the frame that its job's watcher reads. */
final class EndToEnd implements Workload {
  private static final int JOBS = 100;

  @Override
  public String name() {
    return "endtoend";
  }

  @Override
  public String description() {
    return "100 jobs with one watcher each, 100 and 1,000 reports/s over HTTP, in each contract of jobs";
  }

  @Override
  public boolean warm() {
    return true;
  }

  @Override
  public Findings run(BenchContext context) {
    var rows = new ArrayList<Row>();
    for (var dialect : WatchedContract.values()) {
      try (var crowd = context.gather(flows(context, dialect), 1)) {
        for (var rate : List.of(100, 1_000)) {
          var label = "%s, %s reports/s".formatted(dialect.label(), BenchContext.number(rate));
          context.say(label);
          var measured =
              Measurement.of(
                  context.running().process(), crowd, new Pace.Steady(rate), context.options());
          rows.add(new Row(label, measured.delivery()));
        }
      }
    }
    return new Findings(rows);
  }

  private static List<Flow> flows(BenchContext context, WatchedContract dialect) {
    var headway = context.headway();
    return headway.jobs(JOBS).stream().map(job -> headway.flow(job, dialect)).toList();
  }
}
