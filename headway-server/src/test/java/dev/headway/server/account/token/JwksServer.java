package dev.headway.server.account.token;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** An identity provider's keys over HTTP, on a free port. */
public final class JwksServer implements AutoCloseable {
  final AtomicInteger requests = new AtomicInteger();
  private final HttpServer server;
  private volatile List<JWK> keys = List.of();

  public JwksServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/keys", this::answer);
    server.start();
  }

  public void publish(JWK... published) {
    keys = List.of(published);
  }

  public URI url() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/keys");
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    var body = new JWKSet(keys).toString(true).getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
