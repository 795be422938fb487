package dev.headway.spc.live;

import dev.headway.spc.model.Position;
import java.util.ArrayDeque;

/** The places of the last samples that a chart was given, as many as its rules look back on. */
final class RecentPositions {
  private final int capacity;
  private final ArrayDeque<Position> positions;

  RecentPositions(int capacity) {
    this.capacity = capacity;
    this.positions = new ArrayDeque<>(capacity + 1);
  }

  void add(Position position) {
    if (positions.size() == capacity) {
      positions.removeFirst();
    }
    positions.addLast(position);
  }

  /** The place of one of the last samples. */
  Position of(long sampleId) {
    for (var newestFirst = positions.descendingIterator(); newestFirst.hasNext(); ) {
      var position = newestFirst.next();
      if (position.sampleId() == sampleId) {
        return position;
      }
    }
    throw new IllegalStateException("Sample " + sampleId + " is not among the last " + capacity);
  }
}
