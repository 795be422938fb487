package dev.headway.bench.load;

import dev.headway.bench.load.Counted.Latency;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A few watchers of whatever sends frames with a {@code timestamp}: how old frames are when they
 * arrive, to the millisecond that the timestamp has. A watcher's first frame is left out: it shows
 * what was before. Thread-safe.
 */
public final class FrameTimes {
  private static final Pattern TIMESTAMP = Pattern.compile("\"timestamp\":\"([^\"]+)\"");
  private static final Pattern END = Pattern.compile("\"type\":\"(complete|error)\"");
  private static final int PATIENCE_SECONDS = 240;

  private final HttpClient http = HttpClient.newHttpClient();
  private final ConcurrentLinkedQueue<Double> ages = new ConcurrentLinkedQueue<>();
  private final AtomicInteger withoutEnd = new AtomicInteger();
  private final List<Listener> open = new ArrayList<>();

  /** With nobody watching. */
  public FrameTimes() {}

  /** Connects watchers. */
  public void watch(String uri, int watchers) {
    for (var count = 0; count < watchers; count++) {
      var listener = new Listener();
      open.add(listener);
      Generator.await(http.newWebSocketBuilder().buildAsync(URI.create(uri), listener));
    }
  }

  /** Waits until the server has closed all connections. */
  public void awaitClosed() {
    for (var listener : open) {
      Generator.await(listener.closed.completeOnTimeout(false, PATIENCE_SECONDS, TimeUnit.SECONDS));
      if (!listener.ended) {
        withoutEnd.incrementAndGet();
      }
    }
    open.clear();
  }

  /** How many frames were timed. */
  public int frames() {
    return ages.size();
  }

  /** How many watchers were not shown how it ended. */
  public int withoutEnd() {
    return withoutEnd.get();
  }

  /** How old frames were. */
  public Latency latency() {
    var sorted = ages.stream().sorted().toList();
    return new Latency(
        quantile(sorted, 0.5),
        quantile(sorted, 0.99),
        quantile(sorted, 0.999),
        quantile(sorted, 1));
  }

  private static double quantile(List<Double> sorted, double share) {
    return sorted.isEmpty() ? 0 : sorted.get((int) Math.round(share * (sorted.size() - 1)));
  }

  private final class Listener implements WebSocket.Listener {
    private final CompletableFuture<Boolean> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private boolean begun;
    private volatile boolean ended;

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        frame(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    private void frame(String frame) {
      var stamp = TIMESTAMP.matcher(frame);
      if (begun && stamp.find()) {
        ages.add(Duration.between(Instant.parse(stamp.group(1)), Instant.now()).toNanos() / 1e6);
      }
      begun = true;
      ended |= END.matcher(frame).find();
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(true);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      closed.complete(false);
    }
  }
}
