package dev.headway.server.transport;

import dev.headway.server.socket.Connection.Follower;
import dev.headway.server.socket.Connection.Following;
import org.jspecify.annotations.Nullable;

/** One connection's cursor in one topic. Used on the connection's loop, but for {@link #stop}. */
final class LiveFollowing implements Following {
  private final NettyConnection connection;
  private final Follower follower;
  private long position;
  private boolean active = true;
  private @Nullable Followers followers;

  /** Its place among the followers, so that leaving does not search. */
  private int index = -1;

  /**
   * @param position the offset after which it begins
   */
  LiveFollowing(NettyConnection connection, Follower follower, long position) {
    this.connection = connection;
    this.follower = follower;
    this.position = position;
  }

  NettyConnection connection() {
    return connection;
  }

  long position() {
    return position;
  }

  void moveTo(long offset) {
    position = offset;
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

  boolean active() {
    return active;
  }

  void deactivate() {
    active = false;
  }

  /** Tells the session, in its turn. */
  void tell(java.util.function.Consumer<Follower> news) {
    connection.turns().execute(() -> news.accept(follower));
  }

  @Override
  public void stop() {
    connection.onLoop(() -> connection.stopFollowing(this));
  }
}
