package dev.headway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.account.Principal;
import dev.headway.core.topic.Dialect;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Topic;
import dev.headway.server.json.JsonCodec;
import dev.headway.server.socket.Connection;
import dev.headway.server.socket.Handshake;
import dev.headway.server.socket.SocketEndpoint;
import dev.headway.server.socket.Verification;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.dataformat.cbor.CBORMapper;

/**
 * The connection of an anonymous client that sends one message twice and reads every answer.
 *
 * @param cbor whether answers are CBOR, not JSON
 */
record FuzzedClient(boolean cbor) implements Connection {
  private static final CBORMapper CBOR = new CBORMapper();

  /** The client's principal. */
  static final Principal ANONYMOUS = new Principal.Anonymous("127.0.0.1");

  /**
   * Opens a session without a network, sends a message to it twice, and leaves.
   *
   * @param path the parameters of the socket's path
   * @param protocol the subprotocol; empty for none
   */
  static void send(
      SocketEndpoint endpoint, Map<String, String> path, String protocol, Frame message) {
    var verified = new Verification.Valid(ANONYMOUS);
    var handshake = new Handshake(path, Map.of(), protocol, "127.0.0.1", verified);
    var session = endpoint.open(new FuzzedClient(message.isBinary()), handshake);
    session.received(message);
    session.received(message);
    session.closed();
  }

  @Override
  public void send(Frame frame) {
    var value = cbor ? CBOR.readTree(frame.bytes()) : JsonCodec.parse(frame.bytes());
    assertThat(value.isObject() || value.isArray()).isTrue();
  }

  @Override
  public Cancellable subscribe(Topic topic, Dialect dialect, long after, Watcher watcher) {
    return () -> {};
  }

  @Override
  public void close(int code, String reason) {
    assertThat(code).isBetween(1000, 4999);
  }

  @Override
  public void adopt(Principal principal, Expiry expiry) {}

  @Override
  public boolean reserve(Principal principal, @Nullable String resource) {
    return true;
  }

  @Override
  public Cancellable after(Duration delay, Runnable action) {
    return () -> {};
  }

  @Override
  public Cancellable heartbeat(
      Duration interval, boolean onlyWhenSilent, Supplier<@Nullable Frame> frame) {
    return () -> {};
  }

  @Override
  public boolean open() {
    return true;
  }
}
