package dev.headway.core.port;

/** Hashes passwords for storage, and checks passwords against stored hashes. Thread-safe. */
public interface PasswordHasher {
  /** A salted hash that names its own parameters. */
  String hash(String password);

  /** Whether a hash made by {@link #hash} is of this password; false for any other text. */
  boolean matches(String password, String hash);

  /** A hash of no known password that takes as long to check as any other. */
  String decoy();
}
