package dev.headway.server.stream;

import dev.headway.core.port.Bus;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.TopicName;
import dev.headway.server.socket.Connection;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The notices of the native stream that news of other servers comes later for a while ({@code
 * degraded}), and that it comes at once again ({@code restored}). Nothing is missed meanwhile, so
 * connections stay. Safe for use by any thread.
 */
public final class BusNotices implements Bus.Listener {
  private final Map<Connection, Wire> clients = new ConcurrentHashMap<>();
  private volatile boolean degraded;

  void enter(Connection connection, Wire wire) {
    clients.put(connection, wire);
    if (degraded) {
      connection.send(notice("degraded", wire));
    }
  }

  void leave(Connection connection) {
    clients.remove(connection);
  }

  @Override
  public void rang(TopicName topic, long number, byte @Nullable [] body) {}

  @Override
  public void interrupted() {
    degraded = true;
    tell("degraded");
  }

  @Override
  public void restored() {
    degraded = false;
    tell("restored");
  }

  private void tell(String word) {
    var frames = new EnumMap<Wire, Frame>(Wire.class); // encoded once for all
    clients.forEach(
        (client, wire) -> client.send(frames.computeIfAbsent(wire, each -> notice(word, each))));
  }

  private static Frame notice(String word, Wire wire) {
    return wire.frame(new NativeReply.OfBus(word));
  }
}
