package dev.headway.client.link;

import dev.headway.client.time.Backoff;
import java.time.Duration;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/**
 * The waits between connections: within the window that the server names in its hello, wider with
 * every failure. Confined to the stream's loop.
 */
public final class Reconnects {
  private static final Duration CAP = Duration.ofSeconds(60);

  private final Backoff backoff;
  private Duration least = Duration.ZERO;
  private Duration most = Duration.ofSeconds(1);

  /**
   * No failures yet.
   *
   * @param random spreads the waits
   */
  public Reconnects(RandomGenerator random) {
    this.backoff = new Backoff(random, CAP);
  }

  /** Takes over the server's window. */
  public void window(JsonNode reconnect) {
    if (reconnect.isObject()) {
      least = Duration.ofMillis(Math.max(0, reconnect.path("min_ms").asLong(0)));
      most = Duration.ofMillis(Math.max(least.toMillis(), reconnect.path("max_ms").asLong(1_000)));
    }
  }

  /** The wait that follows an advice. */
  public Duration after(ReconnectAdvice advice, ConnectionEnd ending) {
    var first = backoff.failures() == 0;
    backoff.fail();
    return switch (advice) {
      case AT_ONCE -> first ? Duration.ZERO : spread();
      case WITHIN_WINDOW, WITHOUT_WEBSOCKET, NEW_TOKEN -> spread();
      case BACK_OFF -> {
        backoff.fail();
        backoff.fail();
        yield longer(spread(), ending);
      }
    };
  }

  private static Duration longer(Duration wait, ConnectionEnd ending) {
    return ending instanceof ConnectionEnd.Refused refused
            && refused.retryAfter().compareTo(wait) > 0
        ? refused.retryAfter().plus(wait)
        : wait;
  }

  private Duration spread() {
    return backoff.between(least, most);
  }

  /** Forgets the failures: a connection has been stable. */
  public void stable() {
    backoff.reset();
  }

  /** The number of failures since the last stable connection. */
  public int failures() {
    return backoff.failures();
  }
}
