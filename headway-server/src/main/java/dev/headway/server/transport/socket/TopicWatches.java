package dev.headway.server.transport.socket;

import dev.headway.core.topic.Topic;
import dev.headway.server.socket.Connection.Cancellable;
import dev.headway.server.socket.Connection.Watcher;
import dev.headway.server.transport.fanout.Encoding;
import dev.headway.server.transport.fanout.Outlet;
import dev.headway.server.transport.fanout.Subscription;
import dev.headway.server.transport.fanout.TopicFanout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The topics that a connection's session watches. Used on the connection's event loop. */
final class TopicWatches {
  private final ConnectionLoop loop;
  private final Executor actions;

  /** Nearly always one: immutable, so that it takes little memory. */
  private List<Watch> watches = List.of();

  /**
   * @param actions runs the callbacks of the session's watchers
   */
  TopicWatches(ConnectionLoop loop, Executor actions) {
    this.loop = loop;
    this.actions = actions;
  }

  /** A watch that has not been started. Thread-safe. */
  Watch of(Watcher watcher) {
    return new Watch(watcher);
  }

  /** Sends what was appended while the socket took no bytes. */
  void catchUp() {
    watches.forEach(Watch::catchUp);
  }

  /** Forbids direct writes: bytes wait in the channel's queue, and must not be overtaken. */
  void block() {
    watches.forEach(Watch::block);
  }

  /** Notes the direct writes, of which the connection hears nothing. */
  void noteWrites(Heartbeat heartbeat) {
    watches.forEach(watch -> heartbeat.sent(watch.sentAt()));
  }

  void stopAll() {
    watches.forEach(Watch::stop);
  }

  private void add(Watch watch) {
    var more = new ArrayList<>(watches);
    more.add(watch);
    watches = List.copyOf(more);
  }

  private boolean remove(Watch watch) {
    var rest = new ArrayList<>(watches);
    var found = rest.remove(watch);
    watches = List.copyOf(rest);
    return found;
  }

  /** A session's subscription to one topic, as long as it lasts. */
  final class Watch implements Cancellable, Watcher {
    private final Watcher watcher;
    private @Nullable TopicFanout fanout;
    private @Nullable Subscription subscription;
    private boolean stopped;

    private Watch(Watcher watcher) {
      this.watcher = watcher;
    }

    /**
     * Begins the subscription, unless it was cancelled before.
     *
     * @param offset the offset after which it begins
     */
    void start(Topic topic, long offset, Encoding encoding, Outlet outlet) {
      if (stopped) {
        return;
      }
      add(this);
      fanout = loop.fanout(topic);
      subscription = new Subscription(outlet, this, offset);
      fanout.add(subscription, encoding);
    }

    /** Ends the subscription. Thread-safe. */
    @Override
    public void cancel() {
      loop.run(this::stop);
    }

    private void stop() {
      stopped = true;
      if (remove(this) && fanout != null && subscription != null) {
        fanout.remove(subscription);
      }
    }

    private void catchUp() {
      if (fanout != null && subscription != null) {
        fanout.catchUp(subscription);
      }
    }

    private void block() {
      if (subscription != null) {
        subscription.blocked();
      }
    }

    private long sentAt() {
      return subscription == null ? 0 : subscription.sentAt();
    }

    @Override
    public void ended() {
      pass(Watcher::ended);
    }

    @Override
    public void fellBehind() {
      pass(Watcher::fellBehind);
    }

    @Override
    public void removed() {
      pass(Watcher::removed);
    }

    private void pass(Consumer<Watcher> callback) {
      remove(this);
      actions.execute(() -> callback.accept(watcher));
    }
  }
}
