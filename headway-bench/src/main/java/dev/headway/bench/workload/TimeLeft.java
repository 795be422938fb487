package dev.headway.bench.workload;

import dev.headway.bench.workload.Findings.Figure;
import dev.headway.bench.workload.Findings.Row;
import dev.headway.core.job.Eta;
import dev.headway.core.job.EtaEstimator;
import dev.headway.core.job.EtaEstimator.Pace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The time left of jobs whose course is known: how often it was within the interval that would have
 * been shown, and how far the estimate was off. No server is asked.
 */
final class TimeLeft implements Workload {
  private static final List<Integer> PERCENTS = List.of(10, 25, 50, 75);
  private static final int OF_EACH_KIND = 500;
  private static final double MEDIAN_SECONDS = 100;

  /**
   * The past runs of a job's type.
   *
   * @param spread of their lengths and the job's own, the standard deviation of the logarithm
   */
  private record Past(String label, int runs, double spread) {
    List<Duration> lengths(RandomGenerator random) {
      return Stream.generate(() -> length(spread, random)).limit(runs).toList();
    }
  }

  private static final List<Past> PASTS =
      List.of(
          new Past("no past runs", 0, 0.4),
          new Past("3 runs, alike", 3, 0.1),
          new Past("3 runs, varied", 3, 0.4),
          new Past("20 runs, alike", 20, 0.1),
          new Past("20 runs, varied", 20, 0.4),
          new Past("20 runs, of any length", 20, 1),
          new Past("1 run, varied", 1, 0.4),
          new Past("2 runs, varied", 2, 0.4));

  private static Duration length(double spread, RandomGenerator random) {
    return millis(MEDIAN_SECONDS * JobCourse.lognormal(spread, random));
  }

  private static Duration millis(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1_000));
  }

  @Override
  public String name() {
    return "eta";
  }

  @Override
  public String description() {
    return "time left: how often it was within the interval shown, over known histories of jobs";
  }

  @Override
  public Findings run(BenchContext context) {
    return findings();
  }

  /** The figures, the same at every run. */
  static Findings findings() {
    var random = new SplittableRandom(1);
    var rows = new ArrayList<Row>();
    var generated = JobCourse.generated(OF_EACH_KIND, random);
    for (var past : PASTS) {
      rows.addAll(rows("generated", generated, past, random));
    }
    rows.addAll(rows("recorded", JobCourse.recorded(), PASTS.getFirst(), random));
    return new Findings(rows);
  }

  private record Outcome(@Nullable Eta shown, double left) {
    boolean held() {
      return shown != null && shown.low() <= left && left <= shown.high();
    }

    double error() {
      return shown == null ? 0 : Math.abs(shown.seconds() - left) / left;
    }
  }

  private static List<Row> rows(
      String kind, List<JobCourse> courses, Past past, RandomGenerator random) {
    return PERCENTS.stream()
        .map(percent ->
            row(
                "%s, %s, at %d %%".formatted(kind, past.label(), percent),
                courses.stream().map(one -> outcome(one, past, percent, random)).toList()))
        .toList();
  }

  private static Row row(String label, List<Outcome> all) {
    var shown = all.stream().filter(one -> one.shown() != null).toList();
    var errors = shown.stream().mapToDouble(Outcome::error).sorted().toArray();
    var held = shown.stream().filter(Outcome::held).count();
    return new Row(
        label,
        List.of(
            new Figure("jobs", "", all.size()),
            new Figure("shown", "%", 100.0 * shown.size() / all.size()),
            new Figure("held", "%", 100.0 * held / shown.size()),
            new Figure("median error", "%", 100 * errors[errors.length / 2])));
  }

  private static Outcome outcome(
      JobCourse history, Past past, int percent, RandomGenerator random) {
    var length = length(past.spread(), random);
    var elapsed = millis(length.toMillis() / 1_000.0 * history.reached().get(percent));
    var shown =
        EtaEstimator.estimate(
            new Pace(elapsed, elapsed, 0), (double) percent, past.lengths(random));
    return new Outcome(shown, length.minus(elapsed).toMillis() / 1_000.0);
  }
}
