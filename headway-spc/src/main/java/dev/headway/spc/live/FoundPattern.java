package dev.headway.spc.live;

import dev.headway.spc.model.PatternKey;
import dev.headway.spc.model.Position;
import dev.headway.spc.model.Severity;
import dev.headway.spc.model.Violation;
import dev.headway.spc.store.ChartWrite.NewViolation;
import java.util.ArrayList;
import java.util.List;

/** A pattern that was found by judging history. Not thread-safe. */
final class FoundPattern {
  private final PatternKey key;
  private final Severity severity;
  private final Position first;
  private final List<Position> held = new ArrayList<>();
  private int ahead;

  /**
   * @param first its first sample
   */
  FoundPattern(PatternKey key, Severity severity, Position first) {
    this.key = key;
    this.severity = severity;
    this.first = first;
  }

  /**
   * Takes in that the rule holds at the next sample.
   *
   * @param gained how many samples the pattern gained by it
   */
  void hold(Position position, int gained) {
    held.add(position);
    ahead += gained - 1;
  }

  PatternKey key() {
    return key;
  }

  Severity severity() {
    return severity;
  }

  /** The samples at which the rule held, in order. */
  List<Position> held() {
    return held;
  }

  /** The whole pattern as a violation that is not on record; it is called 0. */
  Violation violation(long characteristicId) {
    var extent = extent(0, held.size() - 1);
    return new NewViolation(characteristicId, key, severity, extent, true).numbered(0);
  }

  /** The part of the pattern between two of the samples at which the rule held. */
  Violation.Extent extent(int from, int to) {
    var count = to - from + 1 + (from == 0 ? ahead : 0);
    return new Violation.Extent(
        from == 0 ? first : held.get(from), held.get(from), held.get(to), count);
  }
}
