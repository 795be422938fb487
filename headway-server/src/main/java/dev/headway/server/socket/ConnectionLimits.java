package dev.headway.server.socket;

import dev.headway.core.account.Principal;
import dev.headway.core.setting.Setting;
import dev.headway.core.setting.SettingTree;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
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
              text = "Connections in all.")
          int total,
      @Setting(
              name = "limits.connections-per-user",
              preset = "100",
              min = 1,
              max = 1_000_000,
              text = "Connections of one user; without a token, of one address.")
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

  /** A client as connections are counted. */
  public sealed interface Client {
    /** A user, with whichever credential. */
    record OfUser(long id) implements Client {}

    /** A client without credentials, by address. */
    record At(String address) implements Client {}
  }

  private final Settings limits;
  private final AtomicInteger total = new AtomicInteger();
  private final AtomicInteger unverified = new AtomicInteger();
  private final ConcurrentHashMap<String, Integer> unverifiedAt = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Client, Integer> clients = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Integer> resources = new ConcurrentHashMap<>();

  /** Counts against {@code limits}. */
  public ConnectionLimits(Settings limits) {
    this.limits = limits;
  }

  /** Counts a connection before its client is known; null at the limit of all connections. */
  public @Nullable Slot acquire() {
    if (total.incrementAndGet() > limits.total()) {
      total.decrementAndGet();
      return null;
    }
    return total::decrementAndGet;
  }

  /** Counts a client's connection and, if named, a resource's; null at either limit. */
  public @Nullable Slot acquire(Principal who, @Nullable String resource) {
    var client = client(who);
    if (!take(clients, client, limits.perUser())) {
      return null;
    }
    if (resource != null && !take(resources, resource, limits.perResource())) {
      release(clients, client);
      return null;
    }
    return () -> {
      release(clients, client);
      if (resource != null) {
        release(resources, resource);
      }
    };
  }

  /**
   * Counts a connection whose client has shown no credentials yet. They may be a tenth of all
   * connections (at least 10), and half of that from one address; null at either limit.
   */
  public @Nullable Slot acquireUnverified(String address) {
    var most = Math.max(10, limits.total() / 10);
    if (unverified.incrementAndGet() > most || !take(unverifiedAt, address, most / 2)) {
      unverified.decrementAndGet();
      return null;
    }
    return () -> {
      unverified.decrementAndGet();
      release(unverifiedAt, address);
    };
  }

  /** The number of open connections. */
  public int total() {
    return total.get();
  }

  /** The number of open connections by client. */
  public Map<Client, Integer> clients() {
    return Map.copyOf(clients);
  }

  /** The number of open connections by resource. */
  public Map<String, Integer> resources() {
    return Map.copyOf(resources);
  }

  private static Client client(Principal who) {
    return switch (who) {
      case Principal.Anonymous(var address) -> new Client.At(address);
      case Principal.Known known -> new Client.OfUser(known.id());
      case Principal.Watcher watcher -> new Client.OfUser(watcher.id());
    };
  }

  private static <K> boolean take(ConcurrentHashMap<K, Integer> counts, K key, int limit) {
    var taken = new boolean[1];
    counts.compute(
        key,
        (_, count) -> {
          var present = count == null ? 0 : count;
          taken[0] = present < limit;
          return taken[0] ? Integer.valueOf(present + 1) : count;
        });
    return taken[0];
  }

  private static <K> void release(ConcurrentHashMap<K, Integer> counts, K key) {
    counts.computeIfPresent(key, (_, count) -> count > 1 ? Integer.valueOf(count - 1) : null);
  }
}
