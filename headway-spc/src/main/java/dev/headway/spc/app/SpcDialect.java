package dev.headway.spc.app;

import dev.headway.core.topic.Dialect;
import dev.headway.core.topic.Event;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Snapshot;
import dev.headway.server.http.JsonCodec;
import dev.headway.spc.chart.JudgedSample;
import dev.headway.spc.live.CharacteristicState;
import dev.headway.spc.live.SpcEvent;
import dev.headway.spc.model.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
          frame("ack_update", Views.acknowledged(violation), cursor);
      case SpcEvent.LimitsChanged(var id, var limits, var size, _) ->
          frame("control_limits", Views.limits(id, limits, size), cursor);
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
    var setup = state.setup();
    return setup.limits() == null
        ? List.of()
        : List.of(
            frame(
                "control_limits",
                Views.limits(setup.id(), setup.limits(), state.shownSize()),
                cursor));
  }

  static Frame sample(JudgedSample judged, SpcCursor cursor) {
    return frame("sample", sample(judged), cursor);
  }

  /** What the contract says of a sample. */
  static Map<String, Object> sample(JudgedSample judged) {
    var whole = Views.sample(judged);
    var view = new LinkedHashMap<String, Object>();
    for (var key :
        List.of(
            "sample_id",
            "characteristic_id",
            "timestamp",
            "value",
            "zone",
            "in_control",
            "violation_ids")) {
      view.put(key, whole.get(key));
    }
    return view;
  }

  static Frame violation(Violation violation, SpcCursor cursor) {
    return frame("violation", Views.signalled(violation), cursor);
  }

  private static Frame frame(String type, Map<String, Object> payload, SpcCursor cursor) {
    var frame = new LinkedHashMap<String, Object>();
    frame.put("type", type);
    frame.put("payload", payload);
    frame.put("cursor", cursor.toString());
    return Frame.text(JsonCodec.bytes(frame));
  }
}
