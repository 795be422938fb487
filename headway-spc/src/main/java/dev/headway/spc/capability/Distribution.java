package dev.headway.spc.capability;

import dev.headway.spc.model.Specification;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The distribution of the measurements of a characteristic.
 *
 * @param measurements how many there are
 * @param bins a histogram of all of them, ascending without gaps; empty without measurements
 * @param belowLsl how many lie below the lower specification limit; null without one
 * @param aboveUsl how many lie above the upper specification limit; null without one
 * @param normality whether they are normally distributed; null for fewer than 8, or equal ones
 */
public record Distribution(
    long measurements,
    List<Bin> bins,
    @Nullable Long belowLsl,
    @Nullable Long aboveUsl,
    @Nullable NormalityTest normality) {
  private static final int BINS = 30;

  /**
   * A bin of a histogram.
   *
   * @param from its lower border
   * @param to its upper border; no measurement lies on either
   * @param count how many measurements lie in it
   */
  public record Bin(double from, double to, long count) {}

  /** Takes a copy of the bins. */
  public Distribution {
    bins = List.copyOf(bins);
  }

  /**
   * The distribution of counted values.
   *
   * @param tally the values
   * @param mean of them
   * @param sigma their standard deviation
   */
  static Distribution of(Tally tally, double mean, double sigma, Specification specification) {
    var counts = tally.ascending();
    var all = sum(counts);
    var lsl = specification.lsl();
    var usl = specification.usl();
    var testable = all >= NormalityTest.FEWEST && sigma > 0;
    return new Distribution(
        all,
        bins(counts, tally.step()),
        lsl == null ? null : (Long) sum(counts.headMap(lsl)),
        usl == null ? null : (Long) (all - sum(counts.headMap(usl, true))),
        testable ? NormalityTest.of(counts, mean, sigma) : null);
  }

  private static long sum(SortedMap<Double, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /* Each bin holds the same number of values that can be told apart, so that none looks empty only
   * because it holds fewer of them. */
  private static List<Bin> bins(NavigableMap<Double, Long> counts, double step) {
    if (counts.isEmpty()) {
      return List.of();
    }
    var first = counts.firstKey() - step / 2;
    var steps = Math.max(1, Math.rint((counts.lastKey() - counts.firstKey()) / step) + 1);
    var width = step * Math.ceil(steps / BINS);
    var bins = new ArrayList<Bin>();
    for (var at = 0; first + at * width < counts.lastKey(); at++) {
      var from = first + at * width;
      var to = first + (at + 1) * width;
      bins.add(new Bin(from, to, sum(counts.subMap(from, to))));
    }
    return bins;
  }
}
