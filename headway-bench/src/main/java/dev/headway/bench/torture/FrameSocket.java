package dev.headway.bench.torture;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One WebSocket, as JSON or CBOR, that is cut off without a word. What comes after the cut is not
 * read. Thread-safe.
 */
final class FrameSocket implements WebSocket.Listener, AutoCloseable {
  private static final long PATIENCE_SECONDS = 3;

  private final Consumer<JsonNode> reader;
  private final boolean cbor;
  private final CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
  private final StringBuilder text = new StringBuilder();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private @Nullable WebSocket socket;

  private FrameSocket(Consumer<JsonNode> reader, boolean cbor) {
    this.reader = reader;
    this.cbor = cbor;
  }

  /**
   * Opens one.
   *
   * @param subprotocol empty for none; one of CBOR ends so
   * @param reader given each frame, one after the other
   * @throws ExecutionException when the server refuses or is away
   * @throws TimeoutException when it does not answer
   */
  static FrameSocket open(
      HttpClient http, URI address, String subprotocol, Consumer<JsonNode> reader)
      throws InterruptedException, ExecutionException, TimeoutException {
    var frames = new FrameSocket(reader, subprotocol.endsWith("cbor"));
    var builder = http.newWebSocketBuilder();
    if (!subprotocol.isEmpty()) {
      builder.subprotocols(subprotocol);
    }
    var opening = builder.buildAsync(address, frames);
    try {
      frames.socket = opening.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return frames;
    } catch (InterruptedException | ExecutionException | TimeoutException failed) {
      frames.cut();
      var _ = opening.thenAccept(WebSocket::abort);
      throw failed;
    }
  }

  /** Sends a message. */
  void send(Map<String, ?> message) {
    var open = socket;
    if (open != null && cbor) {
      open.sendBinary(ByteBuffer.wrap(Api.CBOR.writeValueAsBytes(message)), true).join();
    } else if (open != null) {
      open.sendText(Api.JSON.writeValueAsString(message), true).join();
    }
  }

  /** Whether it has ended. */
  boolean over() {
    return over.isDone();
  }

  /** Waits for its end, at most so long. */
  void awaitEnd(long millis) throws InterruptedException {
    try {
      var _ = over.get(millis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException _) {
      // cut off below, as it should be
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      read(Api.JSON.readTree(text.toString()));
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
    var some = new byte[part.remaining()];
    part.get(some);
    bytes.writeBytes(some);
    if (last) {
      read(Api.CBOR.readTree(bytes.toByteArray()));
      bytes.reset();
    }
    from.request(1);
    return null;
  }

  private synchronized void read(JsonNode frame) {
    if (!over.isDone()) {
      reader.accept(frame);
    }
  }

  private synchronized void cut() {
    over.complete(null);
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    over.complete(null);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    over.complete(null);
  }

  @Override
  public void close() {
    cut();
    var open = socket;
    if (open != null) {
      open.abort();
    }
  }
}
