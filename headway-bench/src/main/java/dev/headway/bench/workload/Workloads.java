package dev.headway.bench.workload;

import java.util.List;

/** All workloads. */
public final class Workloads {
  /** In the order in which they are run and listed. */
  public static final List<Workload> ALL =
      List.of(
          new Start(),
          new FanOut(),
          new Rate(),
          new ManyTopics(),
          new Idle(),
          new Recover(),
          new Slow(),
          new EndToEnd(),
          new Contracts(),
          new Reporting(),
          new ReportWays(),
          new Scheduling(),
          new Proofs(),
          new Plans(),
          new Samples(),
          new Imports(),
          new TimeLeft(),
          new Soak(),
          new Curves(),
          new SeveralNodes());

  private Workloads() {}
}
