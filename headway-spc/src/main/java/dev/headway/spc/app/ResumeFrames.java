package dev.headway.spc.app;

import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Snapshot;
import dev.headway.core.topic.Topic;
import dev.headway.spc.chart.ChartSetup;
import dev.headway.spc.chart.JudgedSample;
import dev.headway.spc.live.CharacteristicState;
import dev.headway.spc.live.JudgedSamples;
import dev.headway.spc.live.Seen;
import dev.headway.spc.live.SpcEvent;
import dev.headway.spc.model.Violation;
import dev.headway.spc.store.AuditEntry;
import dev.headway.spc.store.SpcStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The frames that a watcher lacks when it subscribes to a characteristic, and the cursor to follow
 * from: the log's where it reaches back to the watcher's cursor, otherwise frames from the store,
 * and the present state without a cursor.
 */
record ResumeFrames(SpcStore store) {
  /** The most samples of one characteristic that are sent to a returning watcher. */
  private static final int SAMPLES = 1_000;

  /** The most violations, and the most changes, likewise. */
  private static final int OTHERS = 1_000;

  /**
   * A beginning or a continuation.
   *
   * @param frames what the watcher lacks up to the cursor
   * @param from follow the topic after this offset
   * @param gap whether more samples were missed than are sent; REST has them
   */
  record Resumption(List<Frame> frames, long from, boolean gap) {}

  /** The frames that a watcher lacks; {@code since} is null for a newcomer. */
  Resumption start(Topic topic, @Nullable SpcCursor since) {
    return switch (topic.start(since == null ? null : since.log())) {
      case Topic.Start.Resumed(_, _, var offset) -> new Resumption(List.of(), offset, false);
      case Topic.Start.Fresh(var snapshot) ->
          since == null
              ? new Resumption(
                  SpcDialect.INSTANCE.state(snapshot), snapshot.cursor().offset(), false)
              : replayed(snapshot, since.seen());
    };
  }

  private Resumption replayed(Snapshot snapshot, Seen seen) {
    if (!(snapshot.state() instanceof CharacteristicState state)) {
      throw new IllegalStateException("Not a characteristic: " + snapshot.topic());
    }
    var frames = new ArrayList<Frame>();
    var missed = new JudgedSamples(store).after(state, seen.sample(), SAMPLES);
    var begun = begun(state, seen.violation());
    for (var judged : missed) {
      var id = judged.sample().id();
      var place = SpcCursor.stored(new Seen(id, seen.violation(), seen.change()));
      frames.add(SpcDialect.sample(judged, place));
      begun.values().stream()
          .filter(violation -> violation.sampleId() == id)
          .forEach(violation -> frames.add(SpcDialect.violation(violation, place)));
    }
    var now = new SpcCursor(snapshot.cursor(), state.seen());
    var sent = missed.stream().map(judged -> judged.sample().id()).toList();
    Stream.concat(begun.values().stream(), earlier(state, begun))
        .filter(
            violation -> !begun.containsKey(violation.id()) || !sent.contains(violation.sampleId()))
        .forEach(violation -> frames.add(SpcDialect.violation(violation, now)));
    changes(state, seen.change()).forEach(event -> frames.add(SpcDialect.frame(event, now)));
    frames.addAll(SpcDialect.limits(state, now));
    return new Resumption(frames, snapshot.cursor().offset(), missed.size() >= SAMPLES);
  }

  private static Stream<Violation> earlier(
      CharacteristicState state, LinkedHashMap<Long, Violation> begun) {
    return state.open().stream().filter(violation -> !begun.containsKey(violation.id()));
  }

  /* What came after the state was read, the log will tell. */
  private LinkedHashMap<Long, Violation> begun(CharacteristicState state, long seen) {
    var begun = new LinkedHashMap<Long, Violation>();
    if (seen < state.seen().violation()) {
      store.violations().after(state.setup().id(), seen, OTHERS).stream()
          .filter(violation -> violation.id() <= state.seen().violation())
          .forEach(violation -> begun.put(violation.id(), violation));
    }
    return begun;
  }

  /** The acknowledgments, exclusions, corrections and changes of the chart since an entry. */
  private List<SpcEvent> changes(CharacteristicState state, long seen) {
    if (seen >= state.seen().change()) {
      return List.of();
    }
    var events = new ArrayList<SpcEvent>();
    var ofTheChart = new LinkedHashMap<String, SpcEvent>();
    for (var entry : store.audit().after(state.setup().id(), seen, OTHERS)) {
      if (entry.id() > state.seen().change()) {
        break;
      }
      events.addAll(ofOneThing(state, entry));
      var event = ofTheChart(state, entry);
      if (event != null) {
        ofTheChart.put(event.type(), event);
      }
    }
    events.addAll(ofTheChart.values());
    return events;
  }

  private List<SpcEvent> ofOneThing(CharacteristicState state, AuditEntry entry) {
    var seen = state.seen();
    return switch (entry.action()) {
      case ACKNOWLEDGED ->
          store.violations().find(List.of(entry.subject())).stream()
              .map(violation -> (SpcEvent) new SpcEvent.Acknowledged(violation, seen))
              .toList();
      case EXCLUDED, INCLUDED ->
          sample(state.setup(), entry)
              .map(judged -> (SpcEvent) new SpcEvent.ExclusionChanged(judged, seen))
              .toList();
      case CORRECTED ->
          sample(state.setup(), entry)
              .map(judged -> (SpcEvent) new SpcEvent.SampleCorrected(judged, seen))
              .toList();
      case SAMPLE_DELETED ->
          List.of(new SpcEvent.SampleDeleted(state.setup().id(), entry.subject(), seen));
      case CREATED,
          CHANGED,
          DELETED,
          LIMITS,
          RULES,
          STAGES,
          CLOSED,
          ANNOTATED,
          ANNOTATION_REMOVED ->
          List.of();
    };
  }

  private Stream<JudgedSample> sample(ChartSetup setup, AuditEntry entry) {
    return new JudgedSamples(store).find(setup, entry.subject()).stream();
  }

  /** The event of a change of which only the outcome counts; the limits are sent in any case. */
  private static @Nullable SpcEvent ofTheChart(CharacteristicState state, AuditEntry entry) {
    return switch (entry.action()) {
      case CHANGED -> new SpcEvent.Redefined(state.setup(), state.seen());
      case RULES -> new SpcEvent.RulesChanged(state.setup(), state.seen());
      case STAGES, LIMITS, CLOSED, ANNOTATED, ANNOTATION_REMOVED ->
          new SpcEvent.JudgedAnew(state.setup().id(), 0, 0, 0, state.seen());
      case CREATED, DELETED, EXCLUDED, INCLUDED, CORRECTED, SAMPLE_DELETED, ACKNOWLEDGED -> null;
    };
  }
}
