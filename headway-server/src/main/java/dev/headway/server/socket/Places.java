package dev.headway.server.socket;

import dev.headway.core.account.Principal;
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
  public record Limits(int total, int perUser, int perResource) {
    /** As the contracts say. */
    public static final Limits DEFAULT = new Limits(1_000, 100, 10);
  }

  /** A place that was taken. */
  public interface Place {
    /** Gives it back; once. */
    void leave();
  }

  private final Limits limits;
  private final AtomicInteger total = new AtomicInteger();
  private final ConcurrentHashMap<String, Integer> users = new ConcurrentHashMap<>();
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
    var user = userKey(who);
    if (!take(users, user, limits.perUser())) {
      return null;
    }
    if (resource != null && !take(resources, resource, limits.perResource())) {
      give(users, user);
      return null;
    }
    return () -> {
      give(users, user);
      if (resource != null) {
        give(resources, resource);
      }
    };
  }

  /** How many connections there are. */
  public int total() {
    return total.get();
  }

  private static String userKey(Principal who) {
    return who instanceof Principal.Anonymous(var address)
        ? "address " + address
        : "user " + who.userId();
  }

  private static boolean take(ConcurrentHashMap<String, Integer> counts, String key, int limit) {
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

  private static void give(ConcurrentHashMap<String, Integer> counts, String key) {
    counts.computeIfPresent(key, (_, count) -> count > 1 ? Integer.valueOf(count - 1) : null);
  }
}
