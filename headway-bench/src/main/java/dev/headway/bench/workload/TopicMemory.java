package dev.headway.bench.workload;

import dev.headway.bench.contender.HeadwayRunning;
import dev.headway.bench.workload.Findings.Figure;
import dev.headway.bench.workload.Findings.Row;
import java.util.ArrayList;

/** The heap that running jobs and their topics hold on a server after a full collection. */
final class TopicMemory {
  static final String CURVE = "jobs that run";
  private static final int[] JOBS = {100, 1_000, 10_000};
  private static final int REPORTS = 10;

  private TopicMemory() {}

  /** On a server of its own, on which nothing else happens. */
  static Findings of(BenchContext context) {
    var rows = new ArrayList<Row>();
    try (var server = (HeadwayRunning) context.another().get()) {
      report(context, server, 1); // what is loaded and kept for the first is no topic's
      var before = server.liveHeapBytes();
      var held = 0L;
      var had = 1;
      for (var jobs : JOBS) {
        context.say("%,d jobs".formatted(jobs));
        server.flows(jobs);
        var fresh = server.liveHeapBytes();
        report(context, server, jobs);
        var later = server.liveHeapBytes();
        rows.add(
            Curves.row(
                CURVE,
                jobs,
                new Figure("before reports", "KiB/job", kib(fresh - before - held, jobs - had)),
                new Figure("after 10 reports", "KiB/job", kib(later - before, jobs))));
        held = later - before;
        had = jobs;
      }
    }
    return new Findings(rows);
  }

  private static void report(BenchContext context, HeadwayRunning server, int jobs) {
    try (var nobody = context.generator().gather(server.flows(jobs), 0, 0, _ -> {})) {
      nobody.publish(REPORTS);
      nobody.awaitPublished();
    }
  }

  private static double kib(long bytes, int jobs) {
    return bytes / 1024.0 / jobs;
  }
}
