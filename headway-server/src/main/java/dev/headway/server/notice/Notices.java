package dev.headway.server.notice;

import java.util.concurrent.CopyOnWriteArrayList;

/** The notices of an administrator to all clients. Safe for use by any thread. */
public final class Notices {
  /**
   * A notice.
   *
   * @param message for people
   * @param severity for example {@code INFO} or {@code WARNING}
   */
  public record Notice(String message, String severity) {}

  /** Passes notices on to clients. Must be quick. */
  @FunctionalInterface
  public interface Listener {
    /** There is a notice. */
    void told(Notice notice);
  }

  private final CopyOnWriteArrayList<Listener> listeners = new CopyOnWriteArrayList<>();

  /** Adds somebody who passes notices on. */
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /** Removes somebody who passed notices on. */
  public void unlisten(Listener listener) {
    listeners.remove(listener);
  }

  /** Tells everybody who is connected now. */
  public void tell(Notice notice) {
    listeners.forEach(listener -> listener.told(notice));
  }
}
