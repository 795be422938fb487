package dev.headway.server.status;

import dev.headway.core.account.Principal;
import dev.headway.core.topic.Event;
import dev.headway.core.topic.EventBody;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Hub;
import dev.headway.core.topic.Snapshot;
import dev.headway.core.topic.TopicName;
import dev.headway.server.json.JsonCodec;
import dev.headway.server.stream.FrameBudget;
import dev.headway.server.stream.TopicKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The topic {@code server:status}, for admins: only the newest status matters, and it is read only
 * while the topic is watched. Thread-safe.
 */
public final class StatusTopics implements TopicKind {
  private static final TopicName NAME = new TopicName("server", "status");

  /** Bytes of the status in a frame at most. */
  private static final int ROOM = FrameBudget.FRAME - 256;

  private static final int MOST = 64;

  private final Hub hub;
  private final StatusReader reader;

  /** The status that {@code reader} reads, published in {@code hub}. */
  public StatusTopics(Hub hub, StatusReader reader) {
    this.hub = hub;
    this.reader = reader;
  }

  private record Changed(ServerStatus status) implements EventBody {
    @Override
    public String type() {
      return "status";
    }

    @Override
    public String conflationKey() {
      return "status";
    }

    @Override
    public boolean ended() {
      return false;
    }
  }

  @Override
  public String kind() {
    return NAME.kind();
  }

  @Override
  public Optional<Watchable> find(TopicName name, Principal who) {
    return name.equals(NAME) && who.admin()
        ? Optional.of(new Watchable(hub.open(NAME, reader::read), new StatusDialect()))
        : Optional.empty();
  }

  /** Publishes a changed status if the topic is watched. Called by one thread at a time. */
  public void tick() {
    if (hub.watched(NAME.kind()).isEmpty()) {
      return;
    }
    hub.live(NAME)
        .ifPresent(topic -> {
          var status = reader.read();
          if (!status.equals(topic.state())) {
            hub.publish(topic, status, new Changed(status));
          }
        });
  }

  private record StatusFrame(
      String topic, String cursor, String type, Instant at, ServerStatus data) {}

  /** The status on the native stream. */
  private record StatusDialect() implements NativeDialect {
    @Override
    public @Nullable Frame event(Event event) {
      if (!(event.body() instanceof Changed(var status))) {
        return null;
      }
      var frame =
          new StatusFrame(
              NAME.toString(),
              event.cursor().toString(),
              event.body().type(),
              event.at(),
              fitting(status));
      return Frame.text(JsonCodec.bytes(frame));
    }

    @Override
    public List<Frame> state(Snapshot snapshot) {
      return snapshot.state() instanceof ServerStatus status
          ? List.of(Frame.text(JsonCodec.bytes(fitting(status))))
          : List.of();
    }

    /** As much as a frame takes; REST has more. */
    private static ServerStatus fitting(ServerStatus status) {
      var shown = status;
      for (var most = MOST; JsonCodec.bytes(shown).length > ROOM && most > 0; most /= 2) {
        shown = status.shortened(most);
      }
      return shown;
    }
  }
}
