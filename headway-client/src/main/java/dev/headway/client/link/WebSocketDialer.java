package dev.headway.client.link;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Connects over the native stream's WebSocket. */
public final class WebSocketDialer implements Link.Dialer {
  private static final String SUBPROTOCOL = "headway.v1";
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);

  private final HttpClient http;
  private final URI uri;
  private final Supplier<@Nullable String> token;

  /**
   * @param uri with scheme ws or wss
   * @param token asked before every connection; null for an anonymous client
   */
  public WebSocketDialer(HttpClient http, URI uri, Supplier<@Nullable String> token) {
    this.http = http;
    this.uri = uri;
    this.token = token;
  }

  @Override
  public Link dial(Link.Listener listener) {
    var link = new WebSocketLink(listener);
    var builder =
        http.newWebSocketBuilder().subprotocols(SUBPROTOCOL).connectTimeout(CONNECT_WITHIN);
    var present = token.get();
    if (present != null) {
      builder.header("Authorization", "Bearer " + present);
    }
    link.connect(builder.buildAsync(uri, link));
    return link;
  }
}
