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

  /** Whether any job may be worked on, whoever submitted it, by those who hold its lease. */
  public boolean mayWork(Principal who) {
    return who instanceof Principal.Known known && known.role().includes(Role.WORKER);
  }

  /** Whose work is in a list for somebody; null for everybody's. */
  public @Nullable Visibility visible(Principal who) {
    return who.admin() ? null : new Visibility(who.userId(), anonymousServed);
  }

  /**
   * Whether jobs may be claimed from a queue: those of {@link #claimable}. Whoever has signed in
   * may do what an anonymous client may.
   */
  public boolean mayClaim(Principal who, String queue) {
    return switch (who) {
      case Principal.Watcher _ -> false;
      case Principal.Known known ->
          (known.role().includes(Role.WORKER) || anonymousServed)
              && (known.queues().isEmpty() || known.queues().contains(queue));
      case Principal.Anonymous _ -> anonymousServed;
    };
  }

  /**
   * Whose jobs may be claimed; null for everybody's. Only those to whom an administrator gave the
   * role or the key take the work of others.
   */
  public @Nullable Visibility claimable(Principal who) {
    var others = mayWork(who) && who instanceof Principal.Known known && !known.ownWorkOnly();
    return others ? null : new Visibility(who.userId(), anonymousServed);
  }

  private boolean sharedWork(@Nullable Long owner) {
    return owner == null && anonymousServed;
  }

  private static boolean isOwnerOrAdmin(Principal.Known known, @Nullable Long owner) {
    return known.role().equals(Role.ADMIN) || (owner != null && owner == known.id());
  }
}
