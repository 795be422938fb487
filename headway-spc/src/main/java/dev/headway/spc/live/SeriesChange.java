package dev.headway.spc.live;

import dev.headway.spc.model.Position;
import dev.headway.spc.model.Sample;
import dev.headway.spc.store.ChartWrite.SampleChanges;
import dev.headway.spc.store.SampleStore;
import dev.headway.spc.store.SampleStore.Range;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A series as it will be once changes of its samples have been stored. */
final class SeriesChange {
  private final SampleStore store;
  private final SampleChanges changes;
  private final Set<Long> superseded;

  /**
   * @param store has the series as it is
   * @param changes what will become of it
   */
  SeriesChange(SampleStore store, SampleChanges changes) {
    this.store = store;
    this.changes = changes;
    this.superseded = new HashSet<>(changes.deleted());
    changes.replaced().forEach(sample -> superseded.add(sample.id()));
  }

  /** Gives the samples of a range from a place on, in order, to a receiver until it has enough. */
  void scan(Range range, Position from, Predicate<Sample> receiver) {
    var pending = pending(range, from);
    var wanted = new boolean[] {true};
    store.scan(
        range,
        from,
        stored -> {
          while (wanted[0] && !pending.isEmpty() && isBefore(pending.element(), stored)) {
            wanted[0] = receiver.test(pending.remove());
          }
          wanted[0] = wanted[0] && (superseded.contains(stored.id()) || receiver.test(stored));
          return wanted[0];
        });
    while (wanted[0] && !pending.isEmpty()) {
      wanted[0] = receiver.test(pending.remove());
    }
  }

  private static boolean isBefore(Sample one, Sample other) {
    return one.position().isBefore(other.position());
  }

  private ArrayDeque<Sample> pending(Range range, Position from) {
    return Stream.concat(changes.added().stream(), changes.replaced().stream())
        .filter(sample -> sample.characteristicId() == range.characteristicId())
        .filter(sample -> range.contains(sample.timestamp()))
        .filter(sample -> !sample.position().isBefore(from))
        .sorted(Comparator.comparing(Sample::position))
        .collect(ArrayDeque::new, ArrayDeque::add, ArrayDeque::addAll);
  }

  /** Whether a sample is a new one. */
  boolean adds(long sampleId) {
    return changes.added().stream().anyMatch(sample -> sample.id() == sampleId);
  }
}
