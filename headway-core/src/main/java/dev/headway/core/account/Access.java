package dev.headway.core.account;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of access. A resource with an owner is its owner's and the admins'; one without belongs
 * to every client of a server that serves anonymous clients, and to admins alone afterwards. Pure
 * and thread-safe.
 *
 * @param anonymousServed whether this server serves clients without credentials
 */
public record Access(boolean anonymousServed) {
  /**
   * Whether the resource may be seen.
   *
   * @param owner the owner's user id; null for anonymous work
   * @param names every topic name that the resource goes by
   */
  public boolean mayWatch(Principal who, @Nullable Long owner, Set<String> names) {
    return switch (who) {
      case Principal.Watcher watcher -> names.stream().anyMatch(watcher.topics()::contains);
      case Principal.Known known -> isOwnerOrAdmin(known, owner) || sharedWork(owner);
      case Principal.Anonymous _ -> sharedWork(owner);
    };
  }

  /** Whether the resource may be changed: cancelled, retried, deleted. */
  public boolean maySteer(Principal who, @Nullable Long owner) {
    return switch (who) {
      case Principal.Watcher _ -> false;
      case Principal.Known known -> isOwnerOrAdmin(known, owner) || sharedWork(owner);
      case Principal.Anonymous _ -> sharedWork(owner);
    };
  }

  /** Whether jobs may be claimed from a queue. */
  public boolean mayClaim(Principal who, String queue) {
    return switch (who) {
      case Principal.Watcher _ -> false;
      case Principal.Known known ->
          known.role().includes(Role.WORKER)
              && (known.queues().isEmpty() || known.queues().contains(queue));
      case Principal.Anonymous _ -> anonymousServed;
    };
  }

  private boolean sharedWork(@Nullable Long owner) {
    return owner == null && anonymousServed;
  }

  private static boolean isOwnerOrAdmin(Principal.Known known, @Nullable Long owner) {
    return known.role().equals(Role.ADMIN) || (owner != null && owner == known.id());
  }
}
