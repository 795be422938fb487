package dev.headway.core.port;

import dev.headway.core.topic.TopicName;
import org.jspecify.annotations.Nullable;

/**
 * The bus between the nodes of one database: a node rings after a commit, the others then read the
 * topic. Nothing is kept on it, so nothing can be lost on it: a ring that does not arrive costs
 * time, and a node that may have missed one is told so and reads again. Safe for use by any thread.
 */
public interface Bus extends AutoCloseable {
  /** No bus: a node that is alone, or that looks at the database from time to time. */
  Bus NONE =
      new Bus() {
        @Override
        public void announce(TopicName topic, long number, byte @Nullable [] body) {}

        @Override
        public void listen(Listener listener) {}

        @Override
        public boolean carriesProgress() {
          return false;
        }

        @Override
        public boolean ringing() {
          return false;
        }

        @Override
        public void close() {}
      };

  /**
   * A listener to the other nodes. Its methods are called by one thread, one after the other; while
   * one runs, later rings of a topic are joined into one.
   */
  interface Listener {
    /**
     * Another node has moved a topic.
     *
     * @param number of the topic's last milestone
     * @param body what was announced with it; null when the topic is to be read
     */
    void rang(TopicName topic, long number, byte @Nullable [] body);

    /** Rings may be missing from now on. */
    void interrupted();

    /** Rings arrive again; whatever is watched must be read once. */
    void restored();
  }

  /**
   * Rings at all other nodes, to be called after the commit. Never blocks and never throws; rings
   * of one topic that come quickly one after the other are joined into the newest.
   *
   * @param number of the topic's last milestone
   * @param body what spares the others a read; left out where it is too long for the bus
   */
  void announce(TopicName topic, long number, byte @Nullable [] body);

  /** Adds a listener, which hears the other nodes and never this one. */
  void listen(Listener listener);

  /**
   * Whether it is made for a ring with a body at each report; otherwise a report is worth one only
   * once it is stored.
   */
  boolean carriesProgress();

  /** Whether rings arrive at present. */
  boolean ringing();

  /** Leaves the bus; what is announced afterwards goes nowhere. */
  @Override
  void close();
}
