package dev.headway.core.account;

import java.util.regex.Pattern;

/**
 * A permission beyond a user's own things, by its name on the wire. The server has three of its
 * own; applications register theirs in {@link Roles}.
 *
 * @param name 1 to 32 lower-case letters and hyphens, for example {@code worker}
 */
public record Role(String name) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z-]{0,31}");

  /** Owns jobs and what applications make of them. */
  public static final Role USER = new Role("user");

  /** Claims and reports jobs as well. */
  public static final Role WORKER = new Role("worker");

  /** May do everything. */
  public static final Role ADMIN = new Role("admin");

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException when it is not of that form
   */
  public Role {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("Not the name of a role: " + name);
    }
  }

  /** Whether it permits everything that {@code other} does. */
  public boolean includes(Role other) {
    return equals(ADMIN) || equals(other) || other.equals(USER);
  }

  @Override
  public String toString() {
    return name;
  }
}
