package dev.headway.spc.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.headway.core.topic.Event;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Snapshot;
import dev.headway.core.topic.TopicName;
import dev.headway.server.json.JsonCodec;
import dev.headway.server.stream.FrameBudget;
import dev.headway.server.stream.TopicKind.NativeDialect;
import dev.headway.spc.json.CharacteristicJson;
import dev.headway.spc.json.EventJson;
import dev.headway.spc.json.LimitsJson;
import dev.headway.spc.json.SampleEventJson;
import dev.headway.spc.json.SampleJson;
import dev.headway.spc.json.ViolationEventJson;
import dev.headway.spc.live.CharacteristicState;
import dev.headway.spc.live.SpcEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A characteristic on the native stream.
 *
 * @param as the name under which it is watched
 */
record CharacteristicDialect(TopicName as) implements NativeDialect {
  /** What the lists of a snapshot may take, leaving room for everything else. */
  private static final int LISTS = FrameBudget.FRAME - 2_560;

  private record EventFrame(String topic, String cursor, String type, Instant at, Object data) {}

  @Override
  public @Nullable Frame event(Event event) {
    return event.body() instanceof SpcEvent happened
        ? Frame.text(
            JsonCodec.bytes(
                new EventFrame(
                    as.toString(),
                    event.cursor().toString(),
                    happened.type(),
                    event.at(),
                    data(happened))))
        : null;
  }

  private static Object data(SpcEvent happened) {
    return happened instanceof SpcEvent.Sampled(var judged, _)
        ? SampleJson.point(judged)
        : EventJson.of(happened);
  }

  @Override
  public List<Frame> state(Snapshot snapshot) {
    return snapshot.state() instanceof CharacteristicState state
        ? List.of(Frame.text(JsonCodec.bytes(state(state))))
        : List.of();
  }

  private record StateFrame(
      CharacteristicJson characteristic,
      LimitsJson limits,
      List<SampleEventJson> latest,
      List<ViolationEventJson> openViolations,
      long openCount,
      @JsonInclude(Include.NON_NULL) @Nullable Boolean truncated) {}

  /** The newest samples and violations that fit into a frame; REST has all. */
  private static StateFrame state(CharacteristicState state) {
    var room = new Room();
    var open = room.fitting(state.open().stream().map(ViolationEventJson::of).toList(), LISTS / 3);
    var latest = room.fitting(state.latest().stream().map(SampleEventJson::point).toList(), LISTS);
    var whole = latest.size() == state.latest().size() && open.size() == state.open().size();
    return new StateFrame(
        CharacteristicJson.of(state.setup()).shortened(FrameBudget.SHORT_MESSAGE),
        LimitsJson.of(state),
        latest,
        open,
        state.openCount(),
        whole ? null : true);
  }

  /** Counts the bytes that lists take. */
  private static final class Room {
    private int used;

    /** The last of the entries that fit, in their order. */
    <T> List<T> fitting(List<T> entries, int limit) {
      var fitting = new ArrayList<T>();
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
