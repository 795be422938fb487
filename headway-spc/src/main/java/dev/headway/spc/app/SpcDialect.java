package dev.headway.spc.app;

import dev.headway.core.topic.Dialect;
import dev.headway.core.topic.Event;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Snapshot;
import dev.headway.server.http.JsonCodec;
import dev.headway.spc.chart.JudgedSample;
import dev.headway.spc.json.AcknowledgmentJson;
import dev.headway.spc.json.FrameJson;
import dev.headway.spc.json.LimitsJson;
import dev.headway.spc.json.SampleEventJson;
import dev.headway.spc.json.ViolationEventJson;
import dev.headway.spc.live.CharacteristicState;
import dev.headway.spc.live.SpcEvent;
import dev.headway.spc.model.Violation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A characteristic as the sockets of process control tell of it. */
record SpcDialect() implements Dialect {
  static final SpcDialect INSTANCE = new SpcDialect();

  @Override
  public @Nullable Frame event(Event event) {
    if (!(event.body() instanceof SpcEvent happened)) {
      return null;
    }
    var cursor = new SpcCursor(event.cursor(), happened.newestSampleId());
    return switch (happened) {
      case SpcEvent.Sampled(var judged) -> sample(judged, cursor);
      case SpcEvent.Signalled(var violation) -> violation(violation, cursor);
      case SpcEvent.Acknowledged(var violation, _) ->
          frame("ack_update", AcknowledgmentJson.of(violation), cursor);
      case SpcEvent.LimitsChanged(var id, var limits, var size, _) ->
          frame("control_limits", LimitsJson.of(id, limits, size), cursor);
      case SpcEvent.ExclusionChanged _ -> null; // the contract has no frame for it
    };
  }

  /** The latest sample, the open violations and the limits. */
  @Override
  public List<Frame> state(Snapshot snapshot) {
    if (!(snapshot.state() instanceof CharacteristicState state)) {
      return List.of();
    }
    var cursor = new SpcCursor(snapshot.cursor(), state.newestId());
    var frames = new ArrayList<Frame>();
    var newest = state.newest();
    if (newest != null) {
      frames.add(sample(newest, cursor));
    }
    state.open().forEach(violation -> frames.add(violation(violation, cursor)));
    frames.addAll(limits(state, cursor));
    return frames;
  }

  /** The limits, if there are any. */
  static List<Frame> limits(CharacteristicState state, SpcCursor cursor) {
    return state.setup().limits() == null
        ? List.of()
        : List.of(frame("control_limits", LimitsJson.of(state), cursor));
  }

  static Frame sample(JudgedSample judged, SpcCursor cursor) {
    return frame("sample", SampleEventJson.of(judged), cursor);
  }

  static Frame violation(Violation violation, SpcCursor cursor) {
    return frame("violation", ViolationEventJson.of(violation), cursor);
  }

  private static Frame frame(String type, Object payload, SpcCursor cursor) {
    return Frame.text(JsonCodec.bytes(new FrameJson(type, payload, cursor.toString())));
  }
}
