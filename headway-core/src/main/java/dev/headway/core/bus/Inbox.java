package dev.headway.core.bus;

import dev.headway.core.port.Bus.Listener;
import dev.headway.core.topic.TopicName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The rings of other nodes that wait for the listeners, at most one a topic; a thread of its own
 * tells them. When more topics wait than it holds, they are dropped, and the listeners told to read
 * again. Safe for use by any thread.
 */
final class Inbox {
  private static final System.Logger LOG = System.getLogger(Inbox.class.getName());

  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final LinkedHashMap<TopicName, Ring> waiting = new LinkedHashMap<>();
  private final CopyOnWriteArrayList<Listener> listeners = new CopyOnWriteArrayList<>();
  private State state = new State(0, true);
  private State told = state;

  /**
   * @param losses how often rings may have been lost
   * @param ringing whether rings arrive
   */
  private record State(long losses, boolean ringing) {}

  /**
   * @param capacity topics that wait at most
   */
  Inbox(int capacity) {
    this.capacity = capacity;
  }

  void listen(Listener listener) {
    boolean silent;
    lock.lock();
    try {
      listeners.add(listener);
      silent = !told.ringing();
    } finally {
      lock.unlock();
    }
    if (silent) {
      listener.interrupted();
    }
  }

  void rang(List<Ring> rings) {
    lock.lock();
    try {
      rings.forEach(ring -> waiting.merge(ring.topic(), ring, Ring::joined));
      if (waiting.size() > capacity) {
        waiting.clear();
        state = new State(state.losses() + 1, state.ringing());
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Rings may have been lost, and may go on to be. */
  void lost(boolean ringing) {
    lock.lock();
    try {
      state = new State(state.losses() + 1, ringing);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  void restored() {
    lock.lock();
    try {
      state = new State(state.losses(), true);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  boolean ringing() {
    lock.lock();
    try {
      return state.ringing();
    } finally {
      lock.unlock();
    }
  }

  /** Tells the listeners until the thread is interrupted. */
  void tell() {
    try {
      while (true) {
        tellNext();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void tellNext() throws InterruptedException {
    State before;
    State now;
    List<Ring> rings;
    lock.lock();
    try {
      while (waiting.isEmpty() && told.equals(state)) {
        changed.await();
      }
      before = told;
      now = state;
      told = now;
      rings = List.copyOf(waiting.values());
      waiting.clear();
    } finally {
      lock.unlock();
    }
    var lost = before.losses() != now.losses() && before.ringing();
    if (lost) {
      all(Listener::interrupted);
    }
    if (now.ringing() && (lost || !before.ringing())) {
      all(Listener::restored);
    }
    rings.forEach(
        ring -> all(listener -> listener.rang(ring.topic(), ring.number(), ring.bytes())));
  }

  /** One listener's failure is its own. */
  private void all(Consumer<Listener> call) {
    for (var listener : listeners) {
      try {
        call.accept(listener);
      } catch (RuntimeException failure) {
        LOG.log(System.Logger.Level.ERROR, "A listener to the bus failed", failure);
      }
    }
  }
}
