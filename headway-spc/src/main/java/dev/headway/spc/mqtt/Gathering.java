package dev.headway.spc.mqtt;

import dev.headway.core.error.Defect;
import dev.headway.spc.input.MachineSignal;
import dev.headway.spc.input.NewSample;
import dev.headway.spc.input.RefusedRow;
import dev.headway.spc.input.SampleRow;
import dev.headway.spc.model.Definition;
import dev.headway.spc.model.Subgroup;
import dev.headway.spc.store.SignalStore.WaitingValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Gathers the values of a signal into subgroups: values that follow one another and have the same
 * key, as many as the subgroup size. One that is not full when another key comes, or when its time
 * is up, is taken as it is where smaller subgroups are, and refused with the reason otherwise.
 *
 * @param signal whose values
 * @param definition the characteristic that it leads to
 */
record Gathering(MachineSignal signal, Definition definition) {
  /**
   * A subgroup that waits no longer.
   *
   * @param values its values
   * @param row the sample that they are, or the reason why they are none
   */
  record Gathered(List<WaitingValue> values, SampleRow row) {}

  /** The subgroups that are complete, or whose time is up, in order. */
  List<Gathered> complete(List<WaitingValue> waiting, Instant now) {
    var gathered = new ArrayList<Gathered>();
    var group = new ArrayList<WaitingValue>();
    for (var value : waiting) {
      if (!group.isEmpty() && !group.getFirst().groupKey().equals(value.groupKey())) {
        gathered.add(ended(List.copyOf(group)));
        group.clear();
      }
      group.add(value);
      if (group.size() == definition.subgroupSize()) {
        gathered.add(ended(List.copyOf(group)));
        group.clear();
      }
    }
    if (!group.isEmpty() && overdue(group.getFirst(), now)) {
      gathered.add(ended(List.copyOf(group)));
    }
    return gathered;
  }

  private boolean overdue(WaitingValue first, Instant now) {
    var seconds = signal.gatherSeconds() == null ? 0 : signal.gatherSeconds();
    return !now.isBefore(first.cameAt().plus(Duration.ofSeconds(seconds)));
  }

  private Gathered ended(List<WaitingValue> group) {
    var last = group.getLast();
    if (group.size() < definition.subgroupSize() && !definition.varyingSize()) {
      var message =
          "%d of %d values came before the next key, or within %d s"
              .formatted(group.size(), definition.subgroupSize(), signal.gatherSeconds());
      return new Gathered(
          group, new RefusedRow(last.id(), List.of(Defect.ofField("measurements", message))));
    }
    var values = group.stream().mapToDouble(WaitingValue::value).toArray();
    // The key makes it the same sample when it is gathered again after a crash.
    var key = "signal-%d-%d".formatted(signal.id(), last.id());
    return new Gathered(
        group,
        new NewSample(
            last.id(),
            signal.characteristicId(),
            last.takenAt(),
            Subgroup.of(values),
            group.getFirst().groupKey().isEmpty() ? null : group.getFirst().groupKey(),
            null,
            key));
  }
}
