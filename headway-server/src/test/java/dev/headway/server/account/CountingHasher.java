package dev.headway.server.account;

import dev.headway.core.port.PasswordHasher;
import java.util.concurrent.atomic.AtomicInteger;

/** Hashes nothing, at once, and counts how often it was asked. */
public final class CountingHasher implements PasswordHasher {
  public final AtomicInteger hashed = new AtomicInteger();
  public final AtomicInteger checked = new AtomicInteger();

  @Override
  public String hash(String password) {
    hashed.incrementAndGet();
    return "plain:" + password;
  }

  @Override
  public boolean matches(String password, String hash) {
    checked.incrementAndGet();
    return hash.equals("plain:" + password);
  }

  @Override
  public String decoy() {
    return "plain:correct horse";
  }
}
