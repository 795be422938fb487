package dev.headway.micro;

import dev.headway.spc.limits.Lines;
import dev.headway.spc.model.PlottedStatistic;
import dev.headway.spc.model.RuleSettings;
import dev.headway.spc.rules.ChartPoint;
import dev.headway.spc.rules.RuleEngine;
import dev.headway.spc.rules.Signal;
import java.util.List;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;

/** The rules of a control chart judge the next point of a process in control. */
public class ChartRules extends Measured {
  private static final int POINTS = 4_096;

  private final RuleEngine engine =
      new RuleEngine(PlottedStatistic.INDIVIDUAL, RuleSettings.of(List.of()));
  private final ChartPoint[] points = points();
  private int at;

  private static ChartPoint[] points() {
    var random = new SplittableRandom(7);
    var lines = new Lines(-3, 0, 3, 1, 1);
    var points = new ChartPoint[POINTS];
    for (var at = 0; at < POINTS; at++) {
      points[at] = ChartPoint.of(at, random.nextGaussian(), lines);
    }
    return points;
  }

  /** The rules' verdict on a point. */
  @Benchmark
  public List<Signal> accept() {
    at = (at + 1) % POINTS;
    return engine.accept(points[at]);
  }
}
