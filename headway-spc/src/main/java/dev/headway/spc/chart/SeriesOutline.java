package dev.headway.spc.chart;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A series of any length as blocks of a fixed number of samples, each with its least and greatest
 * value: what a chart of it looks like when samples are denser than pixels. Excluded samples are
 * counted, but have no value. Not thread-safe.
 */
public final class SeriesOutline {
  private final int block;
  private final List<Column> full = new ArrayList<>();
  private @Nullable Column growing;

  /**
   * An outline without samples.
   *
   * @param block how many samples a block has
   */
  public SeriesOutline(int block) {
    this.block = block;
  }

  /**
   * Successive samples of a series.
   *
   * @param from when the first was taken
   * @param to when the last was taken
   * @param samples how many they are
   * @param min their least value; null when all are excluded
   * @param max their greatest value; null when all are excluded
   */
  public record Column(
      Instant from, Instant to, int samples, @Nullable Double min, @Nullable Double max) {
    private Column and(Column next) {
      return new Column(
          from,
          next.to,
          samples + next.samples,
          min == null ? next.min : next.min == null ? min : (Double) Math.min(min, next.min),
          max == null ? next.max : next.max == null ? max : (Double) Math.max(max, next.max));
    }

    private boolean touches(@Nullable Instant first, @Nullable Instant last) {
      return (first == null || !to.isBefore(first)) && (last == null || !from.isAfter(last));
    }
  }

  /** Adds the next sample; its value is null when it is excluded. */
  public void add(Instant at, @Nullable Double value) {
    var one = new Column(at, at, 1, value, value);
    growing = growing == null ? one : growing.and(one);
    if (growing.samples() == block) {
      full.add(growing);
      growing = null;
    }
  }

  /** The whole series as one column; null while there is no sample. */
  public @Nullable Column whole() {
    return blocks(null, null).stream().reduce(Column::and).orElse(null);
  }

  /**
   * The columns of a part of the series, each of the same number of blocks.
   *
   * @param from the first block has a sample of this time or a later one; null for no such bound
   * @param to the last block has a sample of this time or an earlier one; null for no such bound
   * @param most how many columns at most
   */
  public List<Column> columns(@Nullable Instant from, @Nullable Instant to, int most) {
    var blocks = blocks(from, to);
    var together = Math.max(1, Math.ceilDiv(blocks.size(), most));
    var columns = new ArrayList<Column>();
    for (var at = 0; at < blocks.size(); at += together) {
      blocks.subList(at, Math.min(blocks.size(), at + together)).stream()
          .reduce(Column::and)
          .ifPresent(columns::add);
    }
    return columns;
  }

  private List<Column> blocks(@Nullable Instant from, @Nullable Instant to) {
    var blocks = new ArrayList<>(full.stream().filter(one -> one.touches(from, to)).toList());
    if (growing != null && growing.touches(from, to)) {
      blocks.add(growing);
    }
    return blocks;
  }
}
