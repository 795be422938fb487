package dev.headway.spc.app;

import dev.headway.core.account.Principal;
import dev.headway.core.topic.Event;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Snapshot;
import dev.headway.core.topic.TopicName;
import dev.headway.server.json.JsonCodec;
import dev.headway.server.stream.TopicKind;
import dev.headway.spc.json.OverviewJson;
import dev.headway.spc.live.Overview;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The topic {@code characteristics:all}, which every user may watch. */
record OverviewTopics(Overview overview) implements TopicKind {
  private static final String URL = "/api/v1/characteristics/overview";

  @Override
  public String kind() {
    return Overview.TOPIC_KIND;
  }

  @Override
  public Optional<Watchable> find(TopicName name, Principal who) {
    return name.equals(Overview.NAME) && mayWatch(who)
        ? Optional.of(new Watchable(overview.topic(), new OverviewDialect()))
        : Optional.empty();
  }

  private static boolean mayWatch(Principal who) {
    return switch (who) {
      case Principal.Known _, Principal.Anonymous _ -> true;
      case Principal.Watcher watcher -> watcher.topics().contains(Overview.NAME.toString());
    };
  }

  /* Events have a line for each characteristic that has changed; the snapshot says where all are. */
  private record OverviewDialect() implements NativeDialect {
    private record EventFrame(String topic, String cursor, String type, Instant at, Object data) {}

    private record Data(List<OverviewJson> characteristics, List<Long> deleted) {}

    private record StateFrame(String overview) {}

    @Override
    public @Nullable Frame event(Event event) {
      return event.body() instanceof Overview.Changed(var states, var deleted)
          ? Frame.text(
              JsonCodec.bytes(
                  new EventFrame(
                      Overview.NAME.toString(),
                      event.cursor().toString(),
                      event.body().type(),
                      event.at(),
                      new Data(states.stream().map(OverviewJson::of).toList(), deleted))))
          : null;
    }

    @Override
    public List<Frame> state(Snapshot snapshot) {
      return List.of(Frame.text(JsonCodec.bytes(new StateFrame(URL))));
    }
  }
}
