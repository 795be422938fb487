package dev.headway.server.transport;

import dev.headway.core.topic.Topic;
import dev.headway.server.socket.Connection.Follower;
import dev.headway.server.socket.Connection.Following;

/** One connection's cursor in one topic. Used on the connection's loop, but for {@link #stop}. */
final class LiveFollowing implements Following {
  private final NettyConnection connection;
  private final Topic topic;
  private final Audience audience;
  private final Follower follower;
  private long position;
  private boolean active = true;

  /** Its place in its group's list, so that leaving does not search. */
  private int index = -1;

  LiveFollowing(NettyConnection connection, Topic topic, Audience audience, Follower follower) {
    this.connection = connection;
    this.topic = topic;
    this.audience = audience;
    this.follower = follower;
  }

  NettyConnection connection() {
    return connection;
  }

  Topic topic() {
    return topic;
  }

  Audience audience() {
    return audience;
  }

  long position() {
    return position;
  }

  void moveTo(long offset) {
    position = offset;
  }

  int index() {
    return index;
  }

  void placedAt(int place) {
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
