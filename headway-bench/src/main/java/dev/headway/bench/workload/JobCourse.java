package dev.headway.bench.workload;

import dev.headway.bench.load.LoadException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The course of a job.
 *
 * @param name the kind of work
 * @param reached for each percent from 0 to 100 the share of the whole time at which it was reached
 */
record JobCourse(String name, List<Double> reached) {
  private static final int PERCENTS = 100;

  /** Takes a copy. */
  JobCourse {
    reached = List.copyOf(reached);
  }

  /**
   * Courses of eight kinds, as many of each: items alike, of very different size, and few and
   * large; work that warms up, and work with a long tail; three steps of unknown speed; a stall;
   * and a speed that wanders.
   */
  static List<JobCourse> generated(int ofEach, RandomGenerator random) {
    var all = new ArrayList<JobCourse>();
    for (var at = 0; at < ofEach; at++) {
      all.add(of("items alike", items(PERCENTS, 0.2, random)));
      all.add(of("items of any size", items(PERCENTS, 1, random)));
      all.add(of("few items", items(20, 0.7, random)));
      all.add(of("warm-up", curve(x -> Math.pow(x, 1 / 1.5))));
      all.add(of("long tail", curve(x -> Math.pow(x, 1.5))));
      all.add(of("three steps", items(3, 0.7, random)));
      all.add(of("a stall", stalled(random)));
      all.add(of("speed that wanders", wandering(random)));
    }
    return all;
  }

  /** Courses of real programs; docs/benchmarks/time-left.md says which. */
  static List<JobCourse> recorded() {
    var resource = "/dev/headway/bench/histories.csv";
    try (var in = Objects.requireNonNull(JobCourse.class.getResourceAsStream(resource), resource);
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines.lines().map(line -> read(List.of(line.split(",", -1)))).toList();
    } catch (IOException failed) {
      throw new LoadException("The histories cannot be read: " + resource, failed);
    }
  }

  private static JobCourse read(List<String> cells) {
    return new JobCourse(
        cells.getFirst(), cells.subList(1, cells.size()).stream().map(Double::valueOf).toList());
  }

  /* From how long each percent takes, in any unit. */
  private static JobCourse of(String name, double[] each) {
    var whole = Arrays.stream(each).sum();
    var reached = new ArrayList<Double>(List.of(0.0));
    for (var one : each) {
      reached.add(reached.getLast() + one / whole);
    }
    return new JobCourse(name, reached);
  }

  /* Items of lognormal size, each of which counts for as many percent. */
  private static double[] items(int count, double spread, RandomGenerator random) {
    var sizes = IntStream.range(0, count).mapToDouble(_ -> lognormal(spread, random)).toArray();
    return IntStream.range(0, PERCENTS).mapToDouble(at -> sizes[at * count / PERCENTS]).toArray();
  }

  private static double[] curve(DoubleUnaryOperator reached) {
    return IntStream.range(0, PERCENTS)
        .mapToDouble(
            at -> reached.applyAsDouble((at + 1) / 100.0) - reached.applyAsDouble(at / 100.0))
        .toArray();
  }

  /* Somewhere a pause of a fifth to a half of the whole time. */
  private static double[] stalled(RandomGenerator random) {
    var each = new double[PERCENTS];
    Arrays.fill(each, 1);
    var share = random.nextDouble(0.2, 0.5);
    each[random.nextInt(5, 95)] += PERCENTS * share / (1 - share);
    return each;
  }

  private static double[] wandering(RandomGenerator random) {
    var each = new double[PERCENTS];
    var logarithm = 0.0;
    for (var at = 0; at < PERCENTS; at++) {
      logarithm += random.nextGaussian(0, 0.15);
      each[at] = Math.exp(logarithm);
    }
    return each;
  }

  static double lognormal(double spread, RandomGenerator random) {
    return Math.exp(random.nextGaussian(0, spread));
  }
}
