package dev.headway.server.notice;

import dev.headway.core.id.IdSource;
import dev.headway.core.job.Json;
import dev.headway.core.port.Bus;
import dev.headway.core.topic.TopicName;
import dev.headway.server.json.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The notices of an administrator to all clients, of this server and, where there is a bus, of the
 * others. Safe for use by any thread.
 */
public final class Notices implements Bus.Listener {
  private static final String TOPIC_KIND = "notice";

  /**
   * A notice.
   *
   * @param message for people
   * @param severity for example {@code INFO} or {@code WARNING}
   */
  public record Notice(String message, String severity) {}

  /** Passes notices on to clients. Must be quick. */
  @FunctionalInterface
  public interface Listener {
    /** There is a notice. */
    void told(Notice notice);
  }

  private final Bus bus;
  private final IdSource ids;
  private final CopyOnWriteArrayList<Listener> listeners = new CopyOnWriteArrayList<>();

  /**
   * @param bus to the other servers
   * @param ids names notices, so that none takes another's place on the bus
   */
  public Notices(Bus bus, IdSource ids) {
    this.bus = bus;
    this.ids = ids;
    bus.listen(this);
  }

  /** Adds somebody who passes notices on. */
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /** Removes somebody who passed notices on. */
  public void unlisten(Listener listener) {
    listeners.remove(listener);
  }

  /**
   * Tells everybody who is connected now, to whichever server. Notices of one moment may arrive at
   * other servers in another order.
   */
  public void tell(Notice notice) {
    show(notice);
    var name = new TopicName(TOPIC_KIND, ids.uuid().toString());
    bus.announce(name, 0, JsonCodec.bytes(notice));
  }

  private void show(Notice notice) {
    listeners.forEach(listener -> listener.told(notice));
  }

  @Override
  public void rang(TopicName topic, long number, byte @Nullable [] body) {
    if (topic.kind().equals(TOPIC_KIND) && body != null) {
      var text = new String(body, StandardCharsets.UTF_8);
      show(JsonCodec.read(new Json(text), Notice.class));
    }
  }

  @Override
  public void interrupted() {}

  @Override
  public void restored() {}
}
