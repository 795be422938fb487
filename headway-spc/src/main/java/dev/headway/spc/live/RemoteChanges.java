package dev.headway.spc.live;

import dev.headway.spc.model.Violation;
import dev.headway.spc.store.AuditEntry;
import dev.headway.spc.store.AuditEntry.Action;
import dev.headway.spc.store.SpcStore;
import java.util.ArrayList;
import java.util.List;

/**
 * The changes that other nodes on the same database have made to a characteristic, as the events
 * that they are for watchers here.
 *
 * @param store has the changes
 */
record RemoteChanges(SpcStore store) {
  /** The most samples, violations or changes that are told of one by one. */
  private static final int TOLD = 1_000;

  /**
   * The events that led to a state. Each has the numbers that a watcher has seen with it, so
   * whoever is cut off between two of them lacks the rest, and nothing else, on every node.
   *
   * @param told the newest numbers that watchers here have been told of
   */
  List<SpcEvent> since(Seen told, CharacteristicState state) {
    var id = state.setup().id();
    var events = new ArrayList<SpcEvent>();
    var seen = told;
    for (var judged : new JudgedSamples(store).after(state, seen.sample(), TOLD)) {
      seen = seen.withSample(judged.sample().id());
      events.add(new SpcEvent.Sampled(judged, seen));
    }
    for (var violation : violations(state, seen)) {
      seen = seen.withViolation(violation.id());
      events.add(new SpcEvent.ViolationBegan(violation, seen));
    }
    var changes = changes(state, seen);
    for (var entry : changes) {
      seen = seen.withChange(entry.id());
      events.addAll(answered(entry, seen));
    }
    if (events.isEmpty() || changes.stream().anyMatch(RemoteChanges::concernsHistory)) {
      events.add(new SpcEvent.Redefined(state.setup(), seen));
      events.add(new SpcEvent.JudgedAnew(id, 0, 0, 0, state.seen()));
    }
    return events;
  }

  /* What came after the state was read is told of next time. */
  private List<Violation> violations(CharacteristicState state, Seen seen) {
    return store.violations().after(state.setup().id(), seen.violation(), TOLD).stream()
        .filter(violation -> violation.id() <= state.seen().violation())
        .toList();
  }

  private List<AuditEntry> changes(CharacteristicState state, Seen seen) {
    return store.audit().after(state.setup().id(), seen.change(), TOLD).stream()
        .filter(entry -> entry.id() <= state.seen().change())
        .toList();
  }

  private List<SpcEvent> answered(AuditEntry entry, Seen seen) {
    return entry.action() == Action.ACKNOWLEDGED
        ? store.violations().find(List.of(entry.subject())).stream()
            .map(violation -> (SpcEvent) new SpcEvent.Acknowledged(violation, seen))
            .toList()
        : List.of();
  }

  private static boolean concernsHistory(AuditEntry entry) {
    return entry.action() != Action.ACKNOWLEDGED;
  }
}
