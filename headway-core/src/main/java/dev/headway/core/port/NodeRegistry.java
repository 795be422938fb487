package dev.headway.core.port;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The registry of the nodes that share a store. Each renews its entry several times a second. Ages
 * are measured by the store's clock, whatever those of the nodes say. Blocks on the store; safe for
 * use by any thread.
 */
public interface NodeRegistry {
  /** How long an entry counts that is not renewed. */
  Duration LIFE = Duration.ofSeconds(10);

  /** The registry of a node that shares its store with no other. */
  NodeRegistry NONE =
      new NodeRegistry() {
        @Override
        public Renewal renew(Entry own) {
          throw new UnsupportedOperationException("A node that is alone has no entry");
        }

        @Override
        public void remove(Entry own) {}
      };

  /**
   * The entry of a node.
   *
   * @param node its name
   * @param home names its data directory, which only one process uses at a time
   * @param life names this start of it
   * @param held how many connections it has of those whose number is bounded, by holder
   */
  record Entry(String node, String home, String life, Map<String, Long> held) {
    /** Takes a copy. */
    public Entry {
      held = Map.copyOf(held);
    }
  }

  /** The outcome of a renewal. */
  sealed interface Renewal {
    /**
     * The entry is written.
     *
     * @param now the time by the store's clock
     * @param lapsed whether the node had an entry before that no longer counted
     * @param others the entries of the other nodes that count
     */
    record Renewed(Instant now, boolean lapsed, List<Entry> others) implements Renewal {
      /** Takes a copy. */
      public Renewed {
        others = List.copyOf(others);
      }
    }

    /**
     * Another node has the name, and nothing is written.
     *
     * @param age the time since it renewed its entry
     */
    record Taken(Duration age) implements Renewal {}
  }

  /**
   * Renews a node's entry, or makes it: in place of one of an earlier start from the same data
   * directory, and of one that no longer counts.
   */
  Renewal renew(Entry own);

  /** Removes the entry of a node that leaves, if it is still that of this start. */
  void remove(Entry own);
}
