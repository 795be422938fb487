package dev.headway.filling.model;

import dev.headway.filling.model.Activity.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The figures by which a schedule is judged. Times are microseconds.
 *
 * @param makespan until the last line is done
 * @param lateness how late lots are; all zero where none has a due date
 * @param lowerBound what no schedule of these lots can go below: its makespan, or where lots have
 *     due dates its {@link #cost}
 * @param totals of each kind of activity; fills count the lots, cleans the blocks
 * @param lineLengths how long each line is busy
 */
public record Kpis(
    long makespan,
    Lateness lateness,
    long lowerBound,
    Map<Kind, Total> totals,
    List<Long> lineLengths) {
  /**
   * How late lots are.
   *
   * @param dueLots how many have a due date
   * @param lateLots how many end after it
   * @param tardiness how late these are together
   * @param weighted the same, each times its priority
   */
  public record Lateness(int dueLots, int lateLots, long tardiness, long weighted) {
    /** No lot has a due date. */
    public static final Lateness NONE = new Lateness(0, 0, 0, 0);

    private static Lateness of(Schedule schedule) {
      return schedule.activities().stream()
          .map(activity -> of(schedule, activity))
          .reduce(NONE, Lateness::plus);
    }

    private static Lateness of(Schedule schedule, Activity activity) {
      if (!(activity instanceof Activity.Fill fill) || fill.lot().terms().due() == null) {
        return NONE;
      }
      var late = schedule.tardiness(fill);
      return new Lateness(1, late > 0 ? 1 : 0, late, late * fill.lot().terms().priority());
    }

    private Lateness plus(Lateness other) {
      return new Lateness(
          dueLots + other.dueLots,
          lateLots + other.lateLots,
          tardiness + other.tardiness,
          weighted + other.weighted);
    }
  }

  /**
   * All activities of one kind.
   *
   * @param count how many
   * @param time how long together
   */
  public record Total(int count, long time) {
    private static final Total NONE = new Total(0, 0);

    private Total plus(Total other) {
      return new Total(count + other.count, time + other.time);
    }
  }

  public Kpis {
    totals = Map.copyOf(totals);
    lineLengths = List.copyOf(lineLengths);
  }

  /** Measures a schedule against a proven lower bound. */
  public static Kpis of(Schedule schedule, long lowerBound) {
    Map<Kind, Total> totals = new EnumMap<>(Kind.class);
    List<Long> lengths = new ArrayList<>(Collections.nCopies(schedule.lines().size(), 0L));
    for (var activity : schedule.activities()) {
      var one = new Total(1, activity.span().duration());
      totals.merge(activity.kind(), one, Total::plus);
      lengths.set(activity.line(), Math.max(lengths.get(activity.line()), activity.span().end()));
    }
    return new Kpis(schedule.makespan(), Lateness.of(schedule), lowerBound, totals, lengths);
  }

  /** All activities of a kind. */
  public Total of(Kind kind) {
    return Objects.requireNonNullElse(totals.get(kind), Total.NONE);
  }

  /** The makespan in hours. */
  public double makespanHours() {
    return Micros.toHours(makespan);
  }

  /** The lower bound in hours. */
  public double lowerBoundHours() {
    return Micros.toHours(lowerBound);
  }

  /** The share of all lines' time that is spent filling, 0 to 1: Σ fill ÷ (makespan × lines). */
  public double utilization() {
    return (double) of(Kind.FILL).time() / makespan / lineLengths.size();
  }

  /** The mean filling time of a lot in hours. */
  public double averageLotHours() {
    return Micros.toHours(of(Kind.FILL).time()) / of(Kind.FILL).count();
  }

  /** What planners make as small as they can: the makespan and the weighted tardiness. */
  public long cost() {
    return makespan + lateness.weighted();
  }

  /** How far the cost lies above the lower bound, as a fraction of the bound; 0 is optimal. */
  public double gap() {
    return (double) cost() / lowerBound - 1;
  }

  /** Whether no schedule can cost less. */
  public boolean optimal() {
    return cost() == lowerBound;
  }
}
