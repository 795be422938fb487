package dev.headway.bench.workload;

import java.util.List;

/** All workloads. */
public final class Workloads {
  /** In the order in which they are run and listed. */
  public static final List<Workload> ALL = List.of(new FanOut(), new Samples(), new Imports());

  private Workloads() {}
}
