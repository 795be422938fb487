package dev.headway.client.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The client's present token. What the application supplies wins whenever it changes; in between, a
 * token that the server renewed takes the place of the supplied one. Thread-safe.
 */
public final class Tokens {
  private static final Duration LONGEST_MARGIN = Duration.ofMinutes(5);

  private final Supplier<@Nullable String> source;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable String supplied;
  private @Nullable String present;

  /** Asks {@code source} before every use; it may answer null for an anonymous client. */
  public Tokens(Supplier<@Nullable String> source) {
    this.source = source;
  }

  /** The token to use now; null for none. */
  public @Nullable String present() {
    var offered = source.get();
    lock.lock();
    try {
      if (!Objects.equals(offered, supplied)) {
        supplied = offered;
        present = offered;
      }
      return present;
    } finally {
      lock.unlock();
    }
  }

  /** Uses {@code token} from now on, until the application supplies another one. */
  public void replace(String token) {
    lock.lock();
    try {
      present = token;
    } finally {
      lock.unlock();
    }
  }

  /**
   * When a token should be renewed: a fifth of its life before its end, at most five minutes before
   * it. Empty for tokens without a readable end, such as API keys.
   */
  public static Optional<Instant> renewalTime(String token) {
    return claim(token, "exp")
        .map(end -> {
          var start = claim(token, "iat").orElse(end.minus(LONGEST_MARGIN));
          var fifth = Duration.between(start, end).dividedBy(5);
          return end.minus(fifth.compareTo(LONGEST_MARGIN) < 0 ? fifth : LONGEST_MARGIN);
        });
  }

  /** When a token ends; empty when it cannot be read from it (RFC 7519, section 4.1.4). */
  public static Optional<Instant> expiry(String token) {
    return claim(token, "exp");
  }

  private static Optional<Instant> claim(String token, String name) {
    var parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      var claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
      var value = Json.parse(claims).path(name);
      return value.isNumber()
          ? Optional.of(Instant.ofEpochSecond(value.asLong()))
          : Optional.empty();
    } catch (IllegalArgumentException | ProtocolException ignored) {
      return Optional.empty();
    }
  }
}
