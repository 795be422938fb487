package dev.headway.testkit.net;

import dev.headway.testkit.Patience;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket client that keeps every text frame it is sent, for tests. Waiting ends with an
 * assertion error that shows what did arrive. Safe for use by one test thread.
 */
public final class RecordingWatcher implements AutoCloseable {
  private static final Duration PATIENCE = Patience.LONG;

  /** How a connection ended. */
  public record Closed(int code, String reason) {}

  private final HttpClient http = HttpClient.newHttpClient();

  private record Arrival(String frame, long at) {}

  private final LinkedBlockingQueue<Arrival> arrived = new LinkedBlockingQueue<>();
  private final List<String> seen = new ArrayList<>();
  private final List<Long> arrivals = new ArrayList<>();
  private final CompletableFuture<Closed> closed = new CompletableFuture<>();
  private final LongSupplier nanos;
  private final WebSocket socket;

  private RecordingWatcher(
      URI uri, @Nullable String protocol, LongSupplier nanos, String... headers) {
    this.nanos = nanos;
    var builder = http.newWebSocketBuilder();
    for (var at = 0; at + 1 < headers.length; at += 2) {
      builder.header(headers[at], headers[at + 1]);
    }
    if (protocol != null) {
      builder.subprotocols(protocol);
    }
    socket = builder.buildAsync(uri, new Listener()).join();
  }

  /** Connects; headers come as names and values in turn. */
  public static RecordingWatcher connect(String uri, String... headers) {
    return new RecordingWatcher(URI.create(uri), null, () -> 0, headers);
  }

  /** Connects and asks for a subprotocol. */
  public static RecordingWatcher connectWith(String protocol, String uri, String... headers) {
    return new RecordingWatcher(URI.create(uri), protocol, () -> 0, headers);
  }

  /** Connects, and notes by a clock of nanoseconds when each frame comes. */
  public static RecordingWatcher connectTimed(LongSupplier nanos, String uri) {
    return new RecordingWatcher(URI.create(uri), null, nanos);
  }

  /** Sends a text frame. */
  public RecordingWatcher send(String text) {
    socket.sendText(text, true).join();
    return this;
  }

  /** The next frame. */
  public String next() {
    return await(_ -> true);
  }

  /** The next frame that fits; those before it are passed over but stay in {@link #seen()}. */
  public String await(Predicate<String> fits) {
    return awaitWithin(PATIENCE, fits);
  }

  /** The next frame that fits, where frames may be as far apart as {@code patience}. */
  public String awaitWithin(Duration patience, Predicate<String> fits) {
    var deadline = patience.toMillis();
    try {
      while (true) {
        var arrival = arrived.poll(deadline, TimeUnit.MILLISECONDS);
        if (arrival == null) {
          throw new AssertionError(
              "The frame did not come; the connection: %s; seen: %s"
                  .formatted(closed.isDone() ? closed.join() : "open", String.join("\n", seen)));
        }
        keep(arrival);
        if (fits.test(arrival.frame())) {
          return arrival.frame();
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting for a frame", interrupted);
    }
  }

  /** The next frame that contains a text. */
  public String awaitText(String text) {
    return await(frame -> frame.contains(text));
  }

  /** When each of {@link #seen()} came; zeros without a clock. */
  public List<Long> arrivals() {
    return List.copyOf(arrivals);
  }

  /** Every frame taken so far, in order. */
  public List<String> seen() {
    return List.copyOf(seen);
  }

  /** Takes all frames up to the end of the connection and returns how it ended. */
  public Closed awaitClose() {
    var end = closed.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    for (var rest = arrived.poll(); rest != null; rest = arrived.poll()) {
      keep(rest);
    }
    return end;
  }

  private void keep(Arrival arrival) {
    seen.add(arrival.frame());
    arrivals.add(arrival.at());
  }

  /** The subprotocol that the server selected; empty for none. */
  public String protocol() {
    return socket.getSubprotocol();
  }

  /** Goes without a word, as a lost network does. */
  public void vanish() {
    socket.abort();
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder partial = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        arrived.add(new Arrival(partial.toString(), nanos.getAsLong()));
        partial.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(new Closed(code, reason));
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      closed.complete(new Closed(1006, String.valueOf(error.getMessage())));
    }
  }
}
