package dev.headway.store;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A watch for damage to a database's files, which its failures tell of. Thread-safe. */
final class DamageDetector {
  private static final Logger LOG = LoggerFactory.getLogger(DamageDetector.class);

  private final String database;
  private volatile boolean found;

  /** Watches the database of this description. */
  DamageDetector(String database) {
    this.database = database;
  }

  /** Whether there was damage. */
  boolean found() {
    return found;
  }

  /** Notes damage that was found otherwise, and has been logged. */
  void note() {
    found = true;
  }

  /** Does work on the database; damage that it meets is noted and logged once. */
  <T extends @Nullable Object> T watching(Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException failure) {
      if (!found && Failures.isDamage(failure)) {
        found = true;
        LOG.error("{} is damaged; restore a backup", database, failure);
      }
      throw failure;
    }
  }
}
