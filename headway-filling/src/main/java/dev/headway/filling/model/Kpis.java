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
 * @param moves how many lots have moved since an earlier plan; all zero without one
 * @param lowerBound what no schedule of these lots can go below: its makespan, or where lots have
 *     due dates its {@link #cost}
 * @param totals of each kind of activity; fills count the lots, cleans the blocks
 * @param lineLengths how long each line is busy
 */
public record Kpis(
    long makespan,
    Lateness lateness,
    Moves moves,
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
   * The lots that have another place than in an earlier plan.
   *
   * @param known how many had a place there
   * @param moved how many of these have another one
   * @param cost what that costs, in microseconds
   */
  public record Moves(int known, int moved, long cost) {
    /** No lot had a place in an earlier plan. */
    public static final Moves NONE = new Moves(0, 0, 0);

    private static Moves of(Schedule schedule) {
      var known = schedule.fills().stream().filter(fill -> fill.lot().terms().was() != null);
      var moved = schedule.moved();
      var cost =
          moved.stream()
              .mapToLong(lot -> lot.terms().was() == null ? 0 : lot.terms().was().cost())
              .sum();
      return new Moves((int) known.count(), moved.size(), cost);
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
    return new Kpis(
        schedule.makespan(),
        Lateness.of(schedule),
        Moves.of(schedule),
        lowerBound,
        totals,
        lengths);
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

  /**
   * The makespan, the weighted tardiness and the moves, which planners make as small as they can.
   */
  public long cost() {
    return makespan + lateness.weighted() + moves.cost();
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
