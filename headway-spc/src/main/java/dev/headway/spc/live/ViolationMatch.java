package dev.headway.spc.live;

import dev.headway.spc.model.PatternKey;
import dev.headway.spc.model.Violation;
import dev.headway.spc.store.ChartWrite.NewViolation;
import dev.headway.spc.store.ChartWrite.ViolationChanges;
import dev.headway.spc.store.ViolationStore.RecordedViolation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Compares the patterns that were found in history with the violations on record. A pattern keeps
 * the violation that spans some of its samples, with its number and acknowledgment; what goes on
 * after an acknowledged violation is a violation of its own. Used once.
 */
final class ViolationMatch {
  private final long characteristicId;
  private final LongPredicate isNew;
  private final Map<PatternKey, List<RecordedViolation>> unmatched = new HashMap<>();
  private final List<NewViolation> begun = new ArrayList<>();
  private final List<Violation> changed = new ArrayList<>();

  /**
   * @param recorded the violations on record, in the order of time
   * @param isNew whether a sample is a new one, so that a violation at it is no history
   */
  ViolationMatch(long characteristicId, List<RecordedViolation> recorded, LongPredicate isNew) {
    this.characteristicId = characteristicId;
    this.isNew = isNew;
    for (var one : recorded) {
      unmatched.computeIfAbsent(one.violation().key(), _ -> new ArrayList<>()).add(one);
    }
  }

  /** The changes that lead from the violations on record to the patterns. */
  ViolationChanges changes(List<FoundPattern> patterns) {
    patterns.forEach(this::match);
    var withdrawn =
        unmatched.values().stream()
            .flatMap(List::stream)
            .filter(one -> !one.withdrawn())
            .map(RecordedViolation::violation)
            .toList();
    return new ViolationChanges(begun, List.of(), changed, withdrawn);
  }

  private void match(FoundPattern pattern) {
    var from = 0;
    var end = pattern.held().size() - 1;
    while (from <= end) {
      var recorded = take(pattern, from);
      if (recorded == null) {
        begin(pattern, from);
        return;
      }
      var violation = recorded.violation();
      var to = violation.acknowledged() ? lastHeld(pattern, violation, from) : end;
      var extent = pattern.extent(from, to);
      if (recorded.withdrawn() || !extent.equals(violation.extent())) {
        changed.add(violation.with(extent));
      }
      from = to + 1;
    }
  }

  private void begin(FoundPattern pattern, int from) {
    var extent = pattern.extent(from, pattern.held().size() - 1);
    begun.add(
        new NewViolation(
            characteristicId,
            pattern.key(),
            pattern.severity(),
            extent,
            !isNew.test(extent.held().sampleId())));
  }

  /** The first violation on record that spans samples of the pattern; one in force goes before. */
  private @Nullable RecordedViolation take(FoundPattern pattern, int from) {
    var candidates = unmatched.getOrDefault(pattern.key(), List.of());
    var rest = pattern.extent(from, pattern.held().size() - 1);
    RecordedViolation best = null;
    for (var one : candidates) {
      if (overlap(one.violation().extent(), rest) && (best == null || best.withdrawn())) {
        best = best == null || !one.withdrawn() ? one : best;
      }
    }
    if (best != null) {
      candidates.remove(best);
    }
    return best;
  }

  private static boolean overlap(Violation.Extent one, Violation.Extent other) {
    return !one.held().isAfter(other.last()) && !one.last().isBefore(other.held());
  }

  private static int lastHeld(FoundPattern pattern, Violation violation, int from) {
    var last = from;
    var held = pattern.held();
    while (last + 1 < held.size() && !held.get(last + 1).isAfter(violation.extent().last())) {
      last++;
    }
    return last;
  }
}
