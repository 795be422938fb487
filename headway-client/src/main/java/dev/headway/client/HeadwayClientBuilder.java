package dev.headway.client;

import dev.headway.client.time.Scheduler;
import dev.headway.client.time.Timing;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** A builder of {@link HeadwayClient}. Everything but the server has a default. Not thread-safe. */
public final class HeadwayClientBuilder {
  final URI origin;
  Supplier<@Nullable String> token = () -> null;
  Consumer<String> tokenListener = renewed -> {};
  @Nullable HttpClient http;
  Duration reportEvery = Duration.ofMillis(100);
  int logLines = 2_000;
  @Nullable Scheduler scheduler;
  private InstantSource clock = InstantSource.system();
  private RandomGenerator random = RandomGenerator.getDefault();

  HeadwayClientBuilder(URI server) {
    if (!"http".equals(server.getScheme()) && !"https".equals(server.getScheme())) {
      throw new IllegalArgumentException(
          "The server (%s) must be an http or https address, such as http://localhost:8000"
              .formatted(server));
    }
    this.origin = server;
  }

  /** The HTTP client to use: the one that was given, or one of its own. */
  HttpClient http() {
    if (http != null) {
      return http;
    }
    var own =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10));
    return ("https".equals(origin.getScheme()) ? own : own.sslContext(withoutCertificates()))
        .build();
  }

  /** A context that trusts nobody. Plain HTTP needs no more; to read the machine's takes 0.1 s. */
  private static SSLContext withoutCertificates() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("Every Java platform has TLS", missing);
    }
  }

  /** Uses a token or an API key. */
  public HeadwayClientBuilder token(@Nullable String fixed) {
    return token(() -> fixed);
  }

  /** Asks for the token or API key before every use; null stands for an anonymous client. */
  public HeadwayClientBuilder token(Supplier<@Nullable String> supplier) {
    this.token = supplier;
    return this;
  }

  /** Passes each renewed token to {@code listener}. */
  public HeadwayClientBuilder onTokenRenewed(Consumer<String> listener) {
    this.tokenListener = listener;
    return this;
  }

  /** Uses another HTTP client, for example with a proxy or one's own certificates. */
  public HeadwayClientBuilder http(HttpClient client) {
    this.http = client;
    return this;
  }

  /** Sends a worker's reports at most this often; 100 ms unless told otherwise. */
  public HeadwayClientBuilder reportEvery(Duration interval) {
    this.reportEvery = interval;
    return this;
  }

  /** Keeps at most so many lines of a job's log while the server is away; 2,000 by default. */
  public HeadwayClientBuilder logLines(int lines) {
    this.logLines = lines;
    return this;
  }

  /** Uses another clock. */
  public HeadwayClientBuilder clock(InstantSource source) {
    this.clock = source;
    return this;
  }

  /** Spreads reconnects by another source of randomness. */
  public HeadwayClientBuilder random(RandomGenerator source) {
    this.random = source;
    return this;
  }

  /** Runs what is to be done later on another scheduler, which the client does not close. */
  public HeadwayClientBuilder scheduler(Scheduler other) {
    this.scheduler = other;
    return this;
  }

  /** Creates the client. It does not connect before it is used. */
  public HeadwayClient build() {
    return new HeadwayClient(this);
  }

  Timing timing(@Nullable Scheduler own) {
    var used = scheduler != null ? scheduler : own;
    if (used == null) {
      throw new IllegalStateException("A scheduler is needed");
    }
    return new Timing(clock, used, random);
  }
}
