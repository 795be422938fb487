package dev.headway.spc.app;

import dev.headway.core.topic.Dialect;
import dev.headway.core.topic.Event;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Snapshot;
import dev.headway.server.json.JsonCodec;
import dev.headway.spc.chart.JudgedSample;
import dev.headway.spc.json.EventJson;
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
public record SpcDialect() implements Dialect {
  /** The one instance: events keep their frames by it. */
  public static final SpcDialect INSTANCE = new SpcDialect();

  @Override
  public @Nullable Frame event(Event event) {
    return event.body() instanceof SpcEvent happened
        ? frame(happened, new SpcCursor(event.cursor(), happened.seen()))
        : null;
  }

  /** The frame of an event. */
  static Frame frame(SpcEvent happened, SpcCursor cursor) {
    return frame(type(happened), EventJson.of(happened), cursor);
  }

  private static String type(SpcEvent happened) {
    return switch (happened) {
      case SpcEvent.Sampled _ -> "sample";
      case SpcEvent.ViolationBegan _, SpcEvent.ViolationWithdrawn _ -> "violation";
      case SpcEvent.Acknowledged _ -> "ack_update";
      case SpcEvent.LimitsChanged _ -> "control_limits";
      case SpcEvent.RulesChanged _ -> "rules";
      case SpcEvent.Redefined _ -> "specification";
      case SpcEvent.ExclusionChanged _ -> "exclusion";
      case SpcEvent.SampleCorrected _, SpcEvent.SampleDeleted _ -> "correction";
      case SpcEvent.JudgedAnew _ -> "stage";
    };
  }

  /** The latest sample, the open violations and the limits. */
  @Override
  public List<Frame> state(Snapshot snapshot) {
    if (!(snapshot.state() instanceof CharacteristicState state)) {
      return List.of();
    }
    var cursor = new SpcCursor(snapshot.cursor(), state.seen());
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
