package dev.headway.server.socket;

import dev.headway.core.account.Principal;
import dev.headway.core.setting.Setting;
import dev.headway.core.setting.SettingTree;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counts connections: in all, per user, and per resource. Safe for use by any thread. */
public final class Places {
  /**
   * How many connections there may be.
   *
   * @param total in all
   * @param perUser for one user; anonymous clients count by address
   * @param perResource for one resource of one contract
   */
  public record Limits(
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
    public static final Limits DEFAULT = SettingTree.defaults(Limits.class);
  }

  /** A place that was taken. */
  public interface Place {
    /** Gives it back; once. */
    void leave();
  }

  /** Who takes places. */
  public sealed interface Client {
    /** A user, whatever was shown. */
    record OfUser(long id) implements Client {}

    /** Whoever shows nothing, by address. */
    record At(String address) implements Client {}
  }

  private final Limits limits;
  private final AtomicInteger total = new AtomicInteger();
  private final ConcurrentHashMap<Client, Integer> clients = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Integer> resources = new ConcurrentHashMap<>();

  /** Places within {@code limits}. */
  public Places(Limits limits) {
    this.limits = limits;
  }

  /** Takes one of all places, before anything is known of the client; null when all are taken. */
  public @Nullable Place arrive() {
    if (total.incrementAndGet() > limits.total()) {
      total.decrementAndGet();
      return null;
    }
    return total::decrementAndGet;
  }

  /** Takes a user's place and, if named, one of a resource; null when either is full. */
  public @Nullable Place enter(Principal who, @Nullable String resource) {
    var client = client(who);
    if (!take(clients, client, limits.perUser())) {
      return null;
    }
    if (resource != null && !take(resources, resource, limits.perResource())) {
      give(clients, client);
      return null;
    }
    return () -> {
      give(clients, client);
      if (resource != null) {
        give(resources, resource);
      }
    };
  }

  /** How many connections there are. */
  public int total() {
    return total.get();
  }

  /** How many connections each client has at this moment. */
  public Map<Client, Integer> clients() {
    return Map.copyOf(clients);
  }

  /** How many connections each resource has at this moment. */
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

  private static <K> void give(ConcurrentHashMap<K, Integer> counts, K key) {
    counts.computeIfPresent(key, (_, count) -> count > 1 ? Integer.valueOf(count - 1) : null);
  }
}
