package dev.headway.core.account;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a user may do beyond their own things. */
public enum Role {
  /** Owns jobs, schedules, comparisons and analyses; reads and acknowledges in process control. */
  USER,
  /** Claims and reports jobs. */
  WORKER,
  /** A user who also changes limits and rules of characteristics. */
  ENGINEER,
  /** Everything. */
  ADMIN;

  /** The name on the wire, for example {@code engineer}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of that name; empty when there is none. */
  public static Optional<Role> parse(String name) {
    return Arrays.stream(values()).filter(role -> role.wireName().equals(name)).findFirst();
  }
}
