package dev.headway.core.engine;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The jobs of which a write failed, and which may have been written all the same, since the answer
 * can be lost of what was committed. Thread-safe.
 */
final class UnsettledJobs {
  private static final System.Logger LOG = System.getLogger(UnsettledJobs.class.getName());

  private final Set<UUID> ids = ConcurrentHashMap.newKeySet();

  void add(UUID id) {
    ids.add(id);
  }

  void remove(UUID id) {
    ids.remove(id);
  }

  boolean contains(UUID id) {
    return ids.contains(id);
  }

  /**
   * Compares each with the store; returns the number of those that had been written. Those that
   * cannot be read stay for the next time.
   *
   * @param catchUp publishes what is stored of a job; returns whether there was anything
   */
  int settle(Predicate<UUID> catchUp) {
    return (int) Set.copyOf(ids).stream().filter(id -> settle(id, catchUp)).count();
  }

  private boolean settle(UUID id, Predicate<UUID> catchUp) {
    try {
      var moved = catchUp.test(id);
      ids.remove(id);
      return moved;
    } catch (RuntimeException failure) {
      LOG.log(System.Logger.Level.DEBUG, "Job " + id + " cannot be read yet", failure);
      return false;
    }
  }
}
