package dev.headway.testkit;

import dev.headway.core.port.PasswordHasher;

/** Passwords as they are, so that tests sign in at once; a real hash takes half a second. */
public final class QuickHasher implements PasswordHasher {
  private static final String MARK = "plain:";

  @Override
  public String hash(String password) {
    return MARK + password;
  }

  @Override
  public boolean matches(String password, String hash) {
    return hash.equals(MARK + password);
  }

  @Override
  public String decoy() {
    return MARK;
  }
}
