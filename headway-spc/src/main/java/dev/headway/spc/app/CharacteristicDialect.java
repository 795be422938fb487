package dev.headway.spc.app;

import dev.headway.core.topic.Event;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Snapshot;
import dev.headway.core.topic.TopicName;
import dev.headway.server.http.JsonCodec;
import dev.headway.server.stream.FrameBudget;
import dev.headway.server.stream.TopicKind.NativeDialect;
import dev.headway.spc.chart.JudgedSample;
import dev.headway.spc.live.CharacteristicState;
import dev.headway.spc.live.SpcEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A characteristic on the native stream.
 *
 * @param as the name under which it is watched
 */
record CharacteristicDialect(TopicName as) implements NativeDialect {
  /** What the lists of a snapshot may take, leaving room for everything else. */
  private static final int LISTS = FrameBudget.FRAME - 2_560;

  @Override
  public @Nullable Frame event(Event event) {
    if (!(event.body() instanceof SpcEvent happened)) {
      return null;
    }
    var frame = new LinkedHashMap<String, Object>();
    frame.put("topic", as.toString());
    frame.put("cursor", event.cursor().toString());
    frame.put("type", happened.type());
    frame.put("at", event.at());
    frame.put("data", data(happened));
    return Frame.text(JsonCodec.bytes(frame));
  }

  private static Map<String, Object> data(SpcEvent happened) {
    return switch (happened) {
      case SpcEvent.Sampled(var judged) -> Views.sample(judged);
      case SpcEvent.Signalled(var violation) -> Views.signalled(violation);
      case SpcEvent.Acknowledged(var violation, _) -> Views.acknowledged(violation);
      case SpcEvent.LimitsChanged(var id, var limits, var size, _) ->
          Views.limits(id, limits, size);
      case SpcEvent.ExclusionChanged(var judged, _) -> Views.sample(judged);
    };
  }

  @Override
  public List<Frame> state(Snapshot snapshot) {
    return snapshot.state() instanceof CharacteristicState state
        ? List.of(Frame.text(JsonCodec.bytes(state(state))))
        : List.of();
  }

  /** The newest samples and violations that fit into a frame; REST has all. */
  private static Map<String, Object> state(CharacteristicState state) {
    var room = new Room();
    var open = room.fitting(state.open().stream().map(Views::signalled).toList(), LISTS / 3);
    var latest =
        room.fitting(state.latest().stream().map(CharacteristicDialect::point).toList(), LISTS);
    var setup = state.setup();
    var characteristic = Views.characteristic(setup);
    characteristic.computeIfPresent("description", (_, text) -> shorter((String) text));
    var view = new LinkedHashMap<String, Object>();
    view.put("characteristic", characteristic);
    view.put("limits", Views.limits(setup.id(), setup.limits(), state.shownSize()));
    view.put("latest", latest);
    view.put("open_violations", open);
    if (latest.size() < state.latest().size() || open.size() < state.open().size()) {
      view.put("truncated", true);
    }
    return view;
  }

  private static String shorter(String text) {
    return text.length() <= FrameBudget.SHORT_MESSAGE
        ? text
        : text.substring(0, FrameBudget.SHORT_MESSAGE) + "…";
  }

  private static Map<String, Object> point(JudgedSample judged) {
    var view = SpcDialect.sample(judged);
    view.remove("characteristic_id");
    return view;
  }

  /** Counts the bytes that lists take. */
  private static final class Room {
    private int used;

    List<Map<String, Object>> fitting(List<Map<String, Object>> entries, int limit) {
      var fitting = new ArrayList<Map<String, Object>>();
      for (var entry : entries.reversed()) {
        used += JsonCodec.bytes(entry).length + 1;
        if (used > limit) {
          break;
        }
        fitting.add(entry);
      }
      return fitting.reversed();
    }
  }
}
