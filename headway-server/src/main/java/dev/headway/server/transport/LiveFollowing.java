package dev.headway.server.transport;

import dev.headway.server.socket.Connection.Cancellable;
import dev.headway.server.socket.Connection.Watcher;
import org.jspecify.annotations.Nullable;

/** One connection's cursor in one topic. Used on the connection's loop, but for {@link #cancel}. */
final class LiveFollowing implements Cancellable {
  private final NettyConnection connection;
  private final Watcher watcher;
  private final long start;
  private boolean active = true;
  private @Nullable Followers followers;

  /** Its place among the followers, so that leaving does not search. */
  private int index = -1;

  /**
   * @param start the offset after which it begins
   */
  LiveFollowing(NettyConnection connection, Watcher watcher, long start) {
    this.connection = connection;
    this.watcher = watcher;
    this.start = start;
  }

  NettyConnection connection() {
    return connection;
  }

  /** The offset after which it begins; how far it has come, its {@link #followers} know. */
  long start() {
    return start;
  }

  /** Among whom it is; null before it begins and after it has ended. */
  @Nullable Followers followers() {
    return followers;
  }

  int index() {
    return index;
  }

  void placedIn(@Nullable Followers among, int place) {
    followers = among;
    index = place;
  }

  /** Something waits in its connection's channel: it must not be overtaken. */
  void blocked() {
    if (followers != null) {
      followers.blocked(index);
    }
  }

  /** When it was last sent something past its channel, in the loop's milliseconds. */
  long sentAt() {
    return followers == null ? 0 : followers.sentAt(index);
  }

  boolean active() {
    return active;
  }

  void deactivate() {
    active = false;
  }

  /** Tells the session, in its turn. */
  void tell(java.util.function.Consumer<Watcher> news) {
    connection.turns().execute(() -> news.accept(watcher));
  }

  @Override
  public void cancel() {
    connection.onLoop(() -> connection.stopFollowing(this));
  }
}
