package dev.headway.spc.live;

import dev.headway.spc.model.Violation;
import dev.headway.spc.store.AuditEntry;
import dev.headway.spc.store.AuditEntry.Action;
import dev.headway.spc.store.SampleStore.Range;
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
   * The events that led to a state.
   *
   * @param told the newest numbers that watchers here have been told of
   */
  List<SpcEvent> since(Seen told, CharacteristicState state) {
    var id = state.setup().id();
    var events = new ArrayList<SpcEvent>();
    new JudgedSamples(store)
        .latest(state.setup(), Range.all(id), TOLD).stream()
            .filter(judged -> judged.sample().id() > told.sample())
            .forEach(judged -> events.add(new SpcEvent.Sampled(judged, told)));
    store
        .violations()
        .after(id, told.violation(), TOLD)
        .forEach(violation -> events.add(new SpcEvent.ViolationBegan(violation, told)));
    var changes = store.audit().after(id, told.change(), TOLD);
    answered(changes).forEach(violation -> events.add(new SpcEvent.Acknowledged(violation, told)));
    if (events.isEmpty() || changes.stream().anyMatch(RemoteChanges::concernsHistory)) {
      events.add(new SpcEvent.Redefined(state.setup(), told));
      events.add(new SpcEvent.JudgedAnew(id, 0, 0, 0, state.seen()));
    }
    return events;
  }

  private List<Violation> answered(List<AuditEntry> changes) {
    var ids =
        changes.stream()
            .filter(entry -> entry.action() == Action.ACKNOWLEDGED)
            .map(AuditEntry::subject)
            .toList();
    return store.violations().find(ids);
  }

  private static boolean concernsHistory(AuditEntry entry) {
    return entry.action() != Action.ACKNOWLEDGED;
  }
}
