package dev.headway.client.link;

import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A WebSocket of the JDK as a link. */
final class WebSocketLink implements Link, WebSocket.Listener {
  private final Listener listener;
  private final AtomicBoolean over = new AtomicBoolean();
  private final StringBuilder partial = new StringBuilder();
  // The socket once it is there and the last frame before is on its way: sends must not overlap.
  private CompletableFuture<WebSocket> tail = new CompletableFuture<>();

  WebSocketLink(Listener listener) {
    this.listener = listener;
  }

  synchronized void connect(CompletableFuture<WebSocket> connecting) {
    tail = connecting;
    var unused =
        connecting.whenComplete((socket, failure) -> {
          if (failure != null) {
            end(ending(failure));
          } else if (over.get()) {
            socket.abort();
          }
        });
  }

  private static ConnectionEnd ending(Throwable failure) {
    var cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
    if (cause instanceof WebSocketHandshakeException handshake) {
      var response = handshake.getResponse();
      var after = response.headers().firstValue("Retry-After").map(WebSocketLink::seconds);
      return new ConnectionEnd.Refused(response.statusCode(), after.orElse(Duration.ZERO));
    }
    return new ConnectionEnd.Lost(text(cause));
  }

  private static Duration seconds(String header) {
    // The other form, a date (RFC 9110, section 10.2.3), is not used by the server.
    return header.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(header)) : Duration.ZERO;
  }

  private static String text(@Nullable Throwable cause) {
    if (cause == null) {
      return "the connection failed";
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  @Override
  public synchronized void send(String text) {
    // A failure also reaches onError.
    tail = tail.thenCompose(socket -> socket.sendText(text, true));
  }

  @Override
  public synchronized void abort() {
    over.set(true);
    var unused = tail.thenAccept(WebSocket::abort);
  }

  private void end(ConnectionEnd ending) {
    if (over.compareAndSet(false, true)) {
      listener.onEnd(ending);
    }
  }

  @Override
  public void onOpen(WebSocket socket) {
    socket.request(1);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    partial.append(data);
    if (!last) {
      socket.request(1);
      return null;
    }
    var text = partial.toString();
    partial.setLength(0);
    listener.onText(text, () -> socket.request(1));
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
    // The JSON subprotocol has none.
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
    // The JDK sends the pong by itself.
    listener.onAlive();
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    end(new ConnectionEnd.Closed(code, reason));
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    end(new ConnectionEnd.Lost(text(error)));
  }
}
