package dev.headway.server.socket;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.limit.RefusalReason;
import dev.headway.server.path.PathTree;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides, before the upgrade and without blocking, whether a client may open a socket. What
 * depends on who the client is, its session decides afterwards. Safe for use by any thread.
 */
public final class SocketGate {
  private static final int REFUSALS = 3;
  private static final long REFUSAL_WINDOW_MS = 60_000;
  private static final int REMEMBERED = 10_000;

  /**
   * The request of a client for a socket.
   *
   * @param path decoded, without query
   * @param origin the Origin header; null for none
   * @param host the Host header
   * @param showsToken whether it shows credentials with the handshake
   * @param protocols the subprotocols it offers
   * @param refusalKey the same for the same client on the same path with the same token
   */
  public record SocketRequest(
      String path,
      @Nullable String origin,
      String host,
      boolean showsToken,
      List<String> protocols,
      String refusalKey) {}

  /** The gate's answer. */
  public sealed interface Admission {
    /**
     * Come in.
     *
     * @param endpoint whose socket it is
     * @param path the path's parameters
     * @param protocol the subprotocol; empty for none
     * @param slot its share of all connections, to be released
     */
    record Accepted(
        SocketEndpoint endpoint,
        Map<String, String> path,
        String protocol,
        ConnectionLimits.Slot slot)
        implements Admission {}

    /** The handshake is refused. */
    record Rejected(HeadwayException refusal) implements Admission {}

    /** Not a socket's path. */
    record NoSuchSocket() implements Admission {}
  }

  /** Says whether a page of another origin may connect. */
  @FunctionalInterface
  public interface OriginRule {
    /** Whether a client with this Origin header is let through. */
    boolean allows(@Nullable String origin, String host, boolean showsToken);
  }

  private final PathTree<SocketEndpoint> endpoints = new PathTree<>();
  private final ConnectionLimits limits;
  private final OriginRule origins;
  private final InstantSource clock;
  private final ConcurrentHashMap<String, ArrayDeque<Long>> refusals = new ConcurrentHashMap<>();
  private volatile boolean draining;

  /**
   * @param endpoints all sockets
   * @param limits counts connections
   * @param origins whom browsers may bring
   */
  public SocketGate(
      List<SocketEndpoint> endpoints,
      ConnectionLimits limits,
      OriginRule origins,
      InstantSource clock) {
    for (var endpoint : endpoints) {
      this.endpoints.put(PathTree.segments(endpoint.path()), endpoint, (first, _) -> first);
    }
    this.limits = limits;
    this.origins = origins;
    this.clock = clock;
  }

  /** Lets nobody in any more. */
  public void drain() {
    draining = true;
  }

  /** Whether nobody is let in any more. */
  public boolean draining() {
    return draining;
  }

  /** Answers a client at the door. */
  public Admission admit(SocketRequest request) {
    var found =
        request.path().startsWith("/") ? endpoints.find(PathTree.segments(request.path())) : null;
    return found == null
        ? new Admission.NoSuchSocket()
        : admit(request, found.value(), parameters(found));
  }

  private static Map<String, String> parameters(PathTree.Match<SocketEndpoint> found) {
    var names = PathTree.parameters(PathTree.segments(found.value().path()));
    return PathTree.named(names, found.parameters());
  }

  private Admission admit(
      SocketRequest request, SocketEndpoint endpoint, Map<String, String> parameters) {
    if (!origins.allows(request.origin(), request.host(), request.showsToken())) {
      limits.refusals().count(RefusalReason.ORIGIN);
      return new Admission.Rejected(
          new HeadwayException(
              ErrorCode.AUTHORIZATION_ERROR, "This origin is not allowed to connect"));
    }
    if (draining) {
      return later(ErrorCode.UNAVAILABLE, "The server is leaving; connect again", 2);
    }
    if (refusedOften(request.refusalKey())) {
      limits.refusals().count(RefusalReason.REFUSED_TOKEN);
      return later(
          ErrorCode.RATE_LIMITED,
          "Refused three times within a minute; get another token first",
          60);
    }
    var slot = limits.acquire();
    return slot == null
        ? later(ErrorCode.UNAVAILABLE, "The server has too many connections; try again", 5)
        : new Admission.Accepted(endpoint, parameters, protocol(endpoint, request), slot);
  }

  private static Admission later(ErrorCode code, String message, int seconds) {
    return new Admission.Rejected(
        HeadwayException.later(code, message, Duration.ofSeconds(seconds)));
  }

  private static String protocol(SocketEndpoint endpoint, SocketRequest request) {
    for (var spoken : endpoint.protocols()) {
      if (request.protocols().contains(spoken)) {
        return spoken;
      }
    }
    return request.protocols().contains("bearer") ? "bearer" : "";
  }

  /** Remembers that a client was sent away by its session. */
  public void refused(String refusalKey) {
    if (refusals.size() >= REMEMBERED) {
      refusals.values().removeIf(times -> !recent(times));
    }
    refusals.compute(
        refusalKey,
        (_, before) -> {
          var times = before == null ? new ArrayDeque<Long>(REFUSALS) : before;
          times.addLast(clock.millis());
          while (times.size() > REFUSALS) {
            times.removeFirst();
          }
          return times;
        });
  }

  private boolean refusedOften(String key) {
    var often = new boolean[1];
    refusals.computeIfPresent(
        key,
        (_, times) -> {
          often[0] = times.size() >= REFUSALS && recent(times);
          return times;
        });
    return often[0];
  }

  private boolean recent(ArrayDeque<Long> times) {
    var oldest = times.peekFirst();
    return oldest != null && clock.millis() - oldest < REFUSAL_WINDOW_MS;
  }
}
