package dev.headway.spc.rules;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last points of a chart, never more than its rules can look back on. */
final class RecentPoints {
  private final int capacity;
  private final ArrayDeque<ChartPoint> points;

  RecentPoints(int capacity) {
    this.capacity = capacity;
    this.points = new ArrayDeque<>(capacity + 1);
  }

  void add(ChartPoint point) {
    if (points.size() == capacity) {
      points.removeFirst();
    }
    points.addLast(point);
  }

  @Nullable ChartPoint newest() {
    return points.peekLast();
  }

  /** The samples of the points whose bits are set, bit 0 being the newest; oldest first. */
  List<Long> sampleIds(long members) {
    var ids = new ArrayList<Long>(Long.bitCount(members));
    var remaining = members;
    for (var newestFirst = points.descendingIterator(); remaining != 0 && newestFirst.hasNext(); ) {
      var id = newestFirst.next().sampleId();
      if ((remaining & 1) != 0) {
        ids.add(id);
      }
      remaining >>>= 1;
    }
    Collections.reverse(ids);
    return List.copyOf(ids);
  }

  List<ChartPoint> oldestFirst() {
    return List.copyOf(points);
  }
}
