package dev.headway.core.account;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.stream.Collectors;

/** The roles of an installation: the server's own and its applications'. Thread-safe. */
public final class Roles {
  private final Set<Role> ofApplications = new CopyOnWriteArraySet<>();

  /** The server's own roles. */
  public Roles() {}

  /** Registers an application's roles; one that is known already stays as it is. */
  public void register(Collection<Role> roles) {
    ofApplications.addAll(roles);
  }

  /** All roles: user, worker, the applications' as registered, admin. */
  public List<Role> all() {
    var all = new ArrayList<Role>();
    all.add(Role.USER);
    all.add(Role.WORKER);
    all.addAll(ofApplications);
    all.add(Role.ADMIN);
    return all.stream().distinct().toList();
  }

  /** The role of that name; empty when there is none. */
  public Optional<Role> find(String name) {
    return all().stream().filter(role -> role.name().equals(name)).findFirst();
  }

  /**
   * The roles that a key of a user with {@code role} may have, in the order of {@link #all}. Every
   * user may have workers for the own jobs.
   */
  public List<Role> ofKeysFor(Role role) {
    return all().stream()
        .filter(wanted -> wanted.equals(Role.WORKER) || role.includes(wanted))
        .toList();
  }

  /** The names of roles for a person: {@code user, worker, admin}. */
  public static String names(Collection<Role> roles) {
    return roles.stream().map(Role::name).collect(Collectors.joining(", "));
  }
}
