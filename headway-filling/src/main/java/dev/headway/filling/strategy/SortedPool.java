package dev.headway.filling.strategy;

import dev.headway.filling.model.Problem;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * All lots that wait for a place, found by type and filling time in all but constant time.
 *
 * <p>Used by one thread.
 */
final class SortedPool implements LotPool {
  private final Problem problem;
  private final boolean[] waiting;
  private final int[] remaining;
  private final Order[] orders;
  private int size;
  private int first;

  SortedPool(Problem problem) {
    this.problem = problem;
    size = problem.lotCount();
    waiting = new boolean[size];
    Arrays.fill(waiting, true);
    remaining = new int[problem.typeCount()];
    for (var lot = 0; lot < size; lot++) {
      remaining[problem.typeOf(lot)]++;
    }
    orders = new Order[problem.lineCount()];
    for (var line = 0; line < orders.length; line++) {
      orders[line] = new Order(problem, line);
    }
  }

  int size() {
    return size;
  }

  @Override
  public boolean contains(int lot) {
    return waiting[lot];
  }

  @Override
  public int count(int type) {
    return remaining[type];
  }

  @Override
  public int first() {
    while (first < waiting.length && !waiting[first]) {
      first++;
    }
    return first < waiting.length ? first : NONE;
  }

  @Override
  public int shortest(int line, int type, long room) {
    var lot = orders[line].shortest(type);
    return lot != NONE && problem.fill(line, lot) <= room ? lot : NONE;
  }

  @Override
  public int longest(int line, int type, long room) {
    return orders[line].longest(type, room);
  }

  void remove(int lot) {
    waiting[lot] = false;
    remaining[problem.typeOf(lot)]--;
    size--;
    for (var order : orders) {
      order.remove(lot);
    }
  }

  /** The lots by type, then by their filling time on one line. */
  private static final class Order {
    private final Problem problem;
    private final int line;
    private final int[] lots;
    private final int[] positionOf;
    private final int[] typeStart;

    /** From each position the way to the nearest waiting lot; both ends shorten their paths. */
    private final int[] up;

    private final int[] down;

    Order(Problem problem, int line) {
      this.problem = problem;
      this.line = line;
      var count = problem.lotCount();
      lots =
          IntStream.range(0, count)
              .boxed()
              .sorted(
                  Comparator.<Integer>comparingInt(problem::typeOf)
                      .thenComparingLong(lot -> problem.fill(line, lot))
                      .thenComparingInt(lot -> lot))
              .mapToInt(lot -> lot)
              .toArray();
      positionOf = new int[count];
      typeStart = new int[problem.typeCount() + 1];
      for (var position = 0; position < count; position++) {
        positionOf[lots[position]] = position;
        typeStart[problem.typeOf(lots[position]) + 1] = position + 1;
      }
      up = IntStream.rangeClosed(0, count).toArray();
      down = IntStream.rangeClosed(0, count).toArray();
    }

    int shortest(int type) {
      var position = find(up, typeStart[type]);
      return position < typeStart[type + 1] ? lots[position] : NONE;
    }

    int longest(int type, long room) {
      var low = typeStart[type];
      var high = typeStart[type + 1];
      while (low < high) {
        var middle = (low + high) >>> 1;
        if (problem.fill(line, lots[middle]) <= room) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      // Links in `down` are shifted by one, so that 0 can say "none below".
      var position = find(down, low) - 1;
      return position >= typeStart[type] ? lots[position] : NONE;
    }

    void remove(int lot) {
      var position = positionOf[lot];
      up[position] = position + 1;
      down[position + 1] = position;
    }

    /** Follows links to their end, halving the path (Tarjan and van Leeuwen, 1984). */
    private static int find(int[] links, int from) {
      var at = from;
      while (links[at] != at) {
        links[at] = links[links[at]];
        at = links[at];
      }
      return at;
    }
  }
}
