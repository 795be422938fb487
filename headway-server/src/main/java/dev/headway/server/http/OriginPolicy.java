package dev.headway.server.http;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.contract.Excerpt;
import dev.headway.server.socket.CredentialVerifier.Origin;
import dev.headway.server.socket.SocketGate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rule for web pages that may talk to this server (RFC 6454, and the Fetch standard's CORS
 * protocol). The same rule holds for REST and for WebSocket handshakes. Immutable.
 *
 * @param allowed further origins, for example {@code https://app.example.org}
 * @param loopback whether the server is bound to loopback addresses alone
 */
public record OriginPolicy(Set<String> allowed, boolean loopback) implements SocketGate.OriginRule {
  private static final String LOOPBACK_NAME = "(localhost|127(\\.\\d{1,3}){3}|\\[::1])";
  private static final Pattern LOOPBACK_HOST = Pattern.compile(LOOPBACK_NAME + "(:\\d{1,5})?");
  private static final Pattern PROXY_HEADER =
      Pattern.compile(
          "forwarded|via|x-forwarded.*|x-real-ip|x-client-ip|x-cluster-client-ip|true-client-ip"
              + "|cf-.*|fastly-client-ip|x-original-.*|x-envoy-.*|x-proxyuser-ip");
  private static final Pattern LOOPBACK_ORIGIN =
      Pattern.compile("http://(localhost|127\\.0\\.0\\.1)(:\\d{1,5})?");
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9.\\-_]+(:\\d{1,5})?|\\[[0-9A-Fa-f:.]+](:\\d{1,5})?");
  private static final String REQUEST_HEADERS =
      "Authorization, Content-Type, Accept, If-None-Match, Last-Event-ID, Signature-Meaning,"
          + " Signature-Password, Signature-Token";
  private static final String ANSWER_HEADERS = "Location, ETag, Retry-After, X-Request-Id";

  /** Takes a copy. */
  public OriginPolicy {
    allowed = Set.copyOf(allowed);
  }

  /** The judgement on the page behind a request. */
  public enum Trust {
    /** No page at all: a program. */
    PROGRAM,
    /** A page of this server, or of a listed origin. */
    TRUSTED,
    /** A page of another server on this machine: let through, but only with a token. */
    LOCAL,
    /** Any other page. */
    FOREIGN;

    /** Whether a request is let through to authentication. */
    public boolean admitted() {
      return this != FOREIGN;
    }

    /** Whether it may be served without a token, if this server does that. */
    public boolean servesAnonymous() {
      return this == PROGRAM || this == TRUSTED;
    }
  }

  /**
   * Judges the page behind a request.
   *
   * @param origin the Origin header; null for none
   * @param host the Host header
   */
  public Trust judge(@Nullable String origin, String host) {
    if (origin == null) {
      return Trust.PROGRAM;
    }
    var normal = origin.toLowerCase(Locale.ROOT);
    var server = host.toLowerCase(Locale.ROOT);
    if (normal.equals("http://" + server)
        || normal.equals("https://" + server)
        || allowed.contains(normal)) {
      return Trust.TRUSTED;
    }
    return loopback && LOOPBACK_ORIGIN.matcher(normal).matches() ? Trust.LOCAL : Trust.FOREIGN;
  }

  @Override
  public boolean allows(@Nullable String origin, String host, boolean showsToken) {
    var trust = judge(origin, host);
    return trust.servesAnonymous() || (trust == Trust.LOCAL && showsToken);
  }

  /**
   * Returns whether the server answers to a host: bound to loopback, only to loopback names and
   * addresses, and to the hosts of listed origins. A page whose domain has been pointed at
   * 127.0.0.1 (DNS rebinding) reaches no route.
   *
   * @param host the Host header; null for none, which no browser leaves out
   */
  public boolean serves(@Nullable String host) {
    if (!loopback || host == null || loopbackHost(host)) {
      return true;
    }
    var name = host.toLowerCase(Locale.ROOT);
    return allowed.contains("http://" + name) || allowed.contains("https://" + name);
  }

  /** The refusal of a request to a host that is not {@linkplain #serves served}. */
  public static HeadwayException misdirected(String host) {
    return new HeadwayException(
        ErrorCode.MISDIRECTED,
        "This server does not answer to the host (%s); use localhost, or list https://%s in http.allowed-origins"
            .formatted(Excerpt.text(host), Excerpt.text(host)));
  }

  private static boolean loopbackHost(String host) {
    return LOOPBACK_HOST.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }

  /**
   * Where a client comes from. It may be anonymous only when no proxy stands between, no page of
   * another origin is behind it, and it asks by a loopback name.
   *
   * @param headers by lower-case name
   */
  public Origin clientOf(RawRequest.Peer peer, Map<String, String> headers) {
    var host = headers.getOrDefault("host", "");
    var trust = judge(headers.get("origin"), host);
    var direct =
        trust.servesAnonymous()
            && peer.direct()
            && headers.keySet().stream().noneMatch(PROXY_HEADER.asMatchPredicate())
            && (host.isEmpty() || loopbackHost(host));
    return new Origin(peer.address(), direct);
  }

  /**
   * Where the client reached this server, for example {@code http://localhost:8000}; behind a proxy
   * that ends TLS, {@code X-Forwarded-Proto} names the scheme.
   *
   * @param headers by lower-case name
   * @param secure whether it came over TLS
   */
  public static String baseUrl(Map<String, String> headers, boolean secure) {
    var host = headers.getOrDefault("host", "localhost").toLowerCase(Locale.ROOT);
    var https = secure || "https".equals(headers.get("x-forwarded-proto"));
    return (https ? "https://" : "http://") + host;
  }

  /** Whether a Host header is one. */
  public static boolean wellFormed(@Nullable String host) {
    return host == null || HOST.matcher(host).matches();
  }

  /** The headers of an answer that let the page read it. */
  public static Map<String, String> answerHeaders(String origin) {
    return Map.of(
        "Access-Control-Allow-Origin", origin,
        "Access-Control-Expose-Headers", ANSWER_HEADERS,
        "Vary", "Origin");
  }

  /** The further headers of the answer to a preflight. */
  public static Map<String, String> preflightHeaders(List<String> methods) {
    return Map.of(
        "Access-Control-Allow-Methods",
        String.join(", ", methods),
        "Access-Control-Allow-Headers",
        REQUEST_HEADERS,
        "Access-Control-Max-Age",
        "600");
  }
}
