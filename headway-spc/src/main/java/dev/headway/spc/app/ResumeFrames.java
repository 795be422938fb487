package dev.headway.spc.app;

import dev.headway.core.topic.Cursor;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Snapshot;
import dev.headway.core.topic.Topic;
import dev.headway.spc.chart.JudgedSample;
import dev.headway.spc.live.CharacteristicState;
import dev.headway.spc.model.Violation;
import dev.headway.spc.store.SampleStore.Range;
import dev.headway.spc.store.SpcStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The frames that a watcher lacks when it subscribes to a characteristic, and the cursor to follow
 * from: the log's where it reaches back to the watcher's cursor, otherwise frames from the store,
 * and the present state without a cursor.
 */
record ResumeFrames(SpcStore store) {
  /** How many samples of one characteristic are sent at most to somebody who comes back. */
  private static final int SAMPLES = 1_000;

  /**
   * Where to go on.
   *
   * @param frames what the watcher lacks up to there
   * @param from follow the topic from here
   * @param gap whether more samples were missed than are sent; REST has them
   */
  record Resumption(List<Frame> frames, Cursor from, boolean gap) {}

  /** What a watcher lacks; {@code since} is null for a newcomer. */
  Resumption start(Topic topic, @Nullable SpcCursor since) {
    return switch (topic.start(since == null ? null : since.log())) {
      case Topic.Start.Resumed(var cursor) -> new Resumption(List.of(), cursor, false);
      case Topic.Start.Fresh(var snapshot) ->
          since == null
              ? new Resumption(SpcDialect.INSTANCE.state(snapshot), snapshot.cursor(), false)
              : replayed(snapshot, since.sample());
    };
  }

  private Resumption replayed(Snapshot snapshot, long seen) {
    if (!(snapshot.state() instanceof CharacteristicState state)) {
      throw new IllegalStateException("Not a characteristic: " + snapshot.topic());
    }
    var missed = missed(state, seen);
    var frames = new ArrayList<Frame>();
    var begun = begun(state, missed);
    for (var judged : missed) {
      var place = SpcCursor.after(judged.sample().id());
      frames.add(SpcDialect.sample(judged, place));
      begun.stream()
          .filter(violation -> violation.sampleId() == judged.sample().id())
          .forEach(violation -> frames.add(SpcDialect.violation(violation, place)));
    }
    var now = new SpcCursor(snapshot.cursor(), state.newestId());
    state.open().stream()
        .filter(violation -> !begun.contains(violation))
        .forEach(violation -> frames.add(SpcDialect.violation(violation, now)));
    frames.addAll(SpcDialect.limits(state, now));
    var gap = missed.size() == SAMPLES;
    return new Resumption(frames, snapshot.cursor(), gap);
  }

  /** The samples after one, up to the state's newest: what comes later, the log will tell. */
  private List<JudgedSample> missed(CharacteristicState state, long seen) {
    if (seen >= state.newestId()) {
      return List.of();
    }
    return store.samples().latest(Range.all(state.setup().id()), SAMPLES).stream()
        .filter(judged -> judged.sample().id() > seen)
        .filter(judged -> judged.sample().id() <= state.newestId())
        .toList();
  }

  private List<Violation> begun(CharacteristicState state, List<JudgedSample> missed) {
    if (missed.isEmpty()) {
      return List.of();
    }
    var ids = missed.stream().map(judged -> judged.sample().id()).collect(Collectors.toSet());
    return store
        .violations()
        .begunAfter(state.setup().id(), missed.getFirst().sample().id() - 1, SAMPLES)
        .stream()
        .filter(violation -> ids.contains(violation.sampleId()))
        .toList();
  }
}
