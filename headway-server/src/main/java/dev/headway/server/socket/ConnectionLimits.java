package dev.headway.server.socket;

import dev.headway.core.account.Principal;
import dev.headway.core.setting.Setting;
import dev.headway.core.setting.SettingTree;
import dev.headway.server.limit.ClientKey;
import dev.headway.server.limit.Quota;
import dev.headway.server.limit.RefusalReason;
import dev.headway.server.limit.Refusals;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Counts of open connections against limits: in all, per client, per resource. Thread-safe. */
public final class ConnectionLimits {
  /**
   * The limits.
   *
   * @param total in all
   * @param perUser for one user; anonymous clients count by address
   * @param perResource for one resource of one contract
   */
  public record Settings(
      @Setting(
              name = "limits.connections",
              preset = "1000",
              min = 1,
              max = 1_000_000,
              text =
                  "WebSockets and streams in all. Four times as many connections may speak HTTP,"
                      + " half of them from one address.")
          int total,
      @Setting(
              name = "limits.connections-per-user",
              preset = "100",
              min = 1,
              max = 1_000_000,
              text =
                  "WebSockets and streams of one user; without a token, of one address. Four times"
                      + " as many requests of a user may be open at once.")
          int perUser,
      @Setting(
              name = "limits.connections-per-resource",
              preset = "10",
              min = 1,
              max = 1_000_000,
              text = "Connections to one schedule, comparison, analysis or job path.")
          int perResource) {
    /** As the contracts say. */
    public static final Settings DEFAULT = SettingTree.defaults(Settings.class);
  }

  /** One connection's share of the counts. */
  public interface Slot {
    /** Gives it back; to be called once. */
    void release();
  }

  /* A browser keeps up to six connections beside its WebSocket. */
  private static final int HTTP_PER_SOCKET = 4;
  private static final int MOST_HTTP = 400;
  /* Below this part of a limit, nobody elsewhere is told. */
  private static final long FEW = 5;

  private final Settings limits;
  private final Refusals refusals;
  private final ToLongFunction<String> elsewhere;
  private final Quota<ClientKey> http;
  private final Quota<ClientKey> sockets;
  private final Quota<ClientKey> unverified;
  private final Quota<ClientKey> clients;
  private final Quota<String> resources;

  /** Counts of a server that is alone. */
  public ConnectionLimits(Settings limits, Refusals refusals) {
    this(limits, refusals, _ -> 0);
  }

  /**
   * @param limits bounds; that of all connections is this server's own
   * @param refusals counts what is over them
   * @param elsewhere the connections of a holder at other servers
   */
  public ConnectionLimits(Settings limits, Refusals refusals, ToLongFunction<String> elsewhere) {
    this.limits = limits;
    this.refusals = refusals;
    this.elsewhere = elsewhere;
    var mostHttp = Math.max(MOST_HTTP, HTTP_PER_SOCKET * limits.total());
    this.http = new Quota<>(mostHttp, mostHttp / 2);
    this.sockets = new Quota<>(limits.total(), 0);
    var few = Math.max(10, limits.total() / 10);
    this.unverified = new Quota<>(few, few / 2);
    this.clients = new Quota<>(limits.perUser());
    this.resources = new Quota<>(limits.perResource());
  }

  /**
   * Counts a connection that speaks HTTP, before anything is known of it. They may be four times as
   * many as WebSockets and streams (at least 400), half of them from one address; null at either
   * limit.
   *
   * @param proxy whether it is a proxy's, which has the connections of many clients
   */
  public @Nullable Slot acquireHttp(String address, boolean proxy) {
    return proxy
        ? take(http, RefusalReason.CONNECTIONS)
        : take(http, ClientKey.at(address), RefusalReason.CONNECTIONS);
  }

  /** Counts a connection before its client is known; null at the limit of all connections. */
  public @Nullable Slot acquire() {
    return take(sockets, RefusalReason.SOCKETS);
  }

  /** Counts a client's connection and, if named, a resource's; null at either limit. */
  public synchronized @Nullable Slot acquire(Principal who, @Nullable String resource) {
    var client = ClientKey.of(who);
    var own = take(clients, client, holder(client), RefusalReason.SOCKETS_OF_CLIENT);
    if (own == null || resource == null) {
      return own;
    }
    var shared = take(resources, resource, holder(resource), RefusalReason.SOCKETS_OF_RESOURCE);
    if (shared == null) {
      own.release();
      return null;
    }
    return () -> release(own, shared);
  }

  private synchronized void release(Slot own, Slot shared) {
    own.release();
    shared.release();
  }

  /**
   * Counts a connection whose client has shown no credentials yet. They may be a tenth of all
   * connections (at least 10), and half of that from one address; null at either limit.
   */
  public @Nullable Slot acquireUnverified(String address) {
    return take(unverified, ClientKey.at(address), RefusalReason.SOCKETS_WITHOUT_TOKEN);
  }

  private @Nullable Slot take(Quota<?> quota, RefusalReason otherwise) {
    if (!quota.take(1)) {
      refusals.count(otherwise);
      return null;
    }
    return () -> quota.release(1);
  }

  private <K> @Nullable Slot take(Quota<K> quota, K holder, RefusalReason otherwise) {
    return taken(quota, holder, 0, otherwise);
  }

  private <K> @Nullable Slot take(
      Quota<K> quota, K holder, String everywhere, RefusalReason otherwise) {
    return taken(quota, holder, elsewhere.applyAsLong(everywhere), otherwise);
  }

  private static String holder(ClientKey client) {
    return switch (client) {
      case ClientKey.OfUser(var id) -> "user " + id;
      case ClientKey.At(var network) -> "address " + network;
    };
  }

  private static String holder(String resource) {
    return "resource " + resource;
  }

  private <K> @Nullable Slot taken(
      Quota<K> quota, K holder, long elsewhere, RefusalReason otherwise) {
    if (quota.take(holder, 1, elsewhere) != Quota.Grant.GIVEN) {
      refusals.count(otherwise);
      return null;
    }
    return () -> quota.release(holder, 1);
  }

  /**
   * The connections that other servers are told of, by holder: of those that have a fifth of their
   * limit or more here, so that they are few. At most as much as the fifths that others hold may a
   * limit be passed by, and by what came since they were last told.
   */
  public Map<String, Long> told() {
    var told = new HashMap<String, Long>();
    clients.held().forEach((client, count) -> tell(told, holder(client), count, limits.perUser()));
    resources
        .held()
        .forEach((name, count) -> tell(told, holder(name), count, limits.perResource()));
    return told;
  }

  private static void tell(Map<String, Long> told, String holder, long count, long limit) {
    if (FEW * count >= limit) {
      told.put(holder, count);
    }
  }

  /** The counts of clients turned away, for these limits and for other reasons. */
  public Refusals refusals() {
    return refusals;
  }

  /** The number of connections that speak HTTP. */
  public int http() {
    return Math.toIntExact(http.total());
  }

  /** The number of open WebSockets and streams. */
  public int total() {
    return Math.toIntExact(sockets.total());
  }

  /** The number of open connections by client. */
  public Map<ClientKey, Long> clients() {
    return clients.held();
  }

  /** The number of open connections by resource. */
  public Map<String, Long> resources() {
    return resources.held();
  }
}
