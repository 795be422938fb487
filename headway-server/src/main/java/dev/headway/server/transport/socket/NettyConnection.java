package dev.headway.server.transport.socket;

import dev.headway.core.account.Principal;
import dev.headway.core.topic.Dialect;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Topic;
import dev.headway.server.socket.CloseCodes;
import dev.headway.server.socket.CloseCounts;
import dev.headway.server.socket.Connection;
import dev.headway.server.socket.ConnectionLimits;
import dev.headway.server.transport.fanout.Framing;
import dev.headway.server.transport.fanout.LoopTasks;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection on its event loop: a WebSocket, or an event stream over HTTP. The methods
 * of {@link Connection} may be called by any thread and take effect on the loop, in order.
 */
@SuppressWarnings(
    "FutureReturnValueIgnored") // a write that fails closes the channel, which is noticed
public final class NettyConnection extends ConnectionLoop.Member
    implements Connection, SerialExecutor.Owner {
  /** The bytes that may wait for a client that does not read the answers to its requests. */
  private static final long MAX_UNREAD = 1024 * 1024;

  private final Channel channel;
  private final ConnectionLoop loop;
  private final Heartbeat heartbeat;
  private final SerialExecutor actions;
  private final TopicWatches watches;
  private final ConnectionOutput output;
  private final ConnectionSlots slots = new ConnectionSlots();
  private final ConnectionCredential credential = new ConnectionCredential();
  private volatile int largestMessage;
  private volatile int mostMessages;
  private IntConsumer closeObserver = _ -> {};

  /**
   * @param framing how frames go out: as messages of a WebSocket, or as chunks of a stream
   */
  public NettyConnection(
      Channel channel, Framing framing, ConnectionLoop loop, Heartbeat heartbeat) {
    this.channel = channel;
    this.loop = loop;
    this.heartbeat = heartbeat;
    this.actions = new SerialExecutor(loop.workers(), this);
    this.watches = new TopicWatches(loop, actions);
    this.output = new ConnectionOutput(channel, framing, loop, heartbeat, watches);
  }

  /** Turns compression on. Called before anything is sent. */
  public void compress() {
    output.compress();
  }

  /** Runs the session's actions, one after the other. */
  public Executor actions() {
    return actions;
  }

  Heartbeat heartbeat() {
    return heartbeat;
  }

  ConnectionOutput output() {
    return output;
  }

  @Override
  public boolean open() {
    return output.open();
  }

  @Override
  public void allow(int bytes, int messagesPerSecond) {
    mostMessages = messagesPerSecond;
    largestMessage = bytes;
  }

  /** The largest message that is taken, in bytes; 0 where the server's setting counts. */
  public int largestMessage() {
    return largestMessage;
  }

  /** How many messages are taken in a second; 0 where the server's setting counts. */
  int mostMessages() {
    return mostMessages;
  }

  @Override
  public void send(Frame frame) {
    loop.run(() -> write(frame));
  }

  private void write(Frame frame) {
    if (output.ended()) {
      return;
    }
    output.write(frame);
    if (output.backlog() > MAX_UNREAD) {
      close(CloseCodes.TOO_SLOW, "Too slow");
    }
  }

  @Override
  public Cancellable subscribe(Topic topic, Dialect dialect, long after, Watcher watcher) {
    var watch = watches.of(watcher);
    loop.run(() -> {
      if (open()) {
        watch.start(topic, after, output.encoding(dialect), output);
      }
    });
    return watch;
  }

  /** Sends what was appended while the socket took no bytes. */
  public void writableAgain() {
    watches.catchUp();
  }

  @Override
  public void close(int code, String reason) {
    loop.run(() -> closeOnLoop(code, reason));
  }

  private void closeOnLoop(int code, String reason) {
    if (output.ended()) {
      return;
    }
    output.end();
    loop.closes().count(CloseCounts.Side.SERVER, code);
    closeObserver.accept(code);
    watches.stopAll();
    output.writeClose(code, reason);
    heartbeat.closing(loop.now());
    loop.lookSoonAt(this);
  }

  /** The peer has answered, or begun, the closing handshake. */
  void peerClosed(int code) {
    var echo = !output.ended();
    output.end();
    watches.stopAll();
    if (echo) {
      loop.closes().count(CloseCounts.Side.CLIENT, code);
      output.echoClose(code);
    } else {
      channel.close();
    }
  }

  /** Ends all subscriptions and gives back all slots: the channel is gone. */
  public void gone() {
    if (!output.ended()) {
      loop.closes().count(CloseCounts.Side.CLIENT, CloseCodes.ABNORMAL);
    }
    output.end();
    watches.stopAll();
    slots.release();
    loop.remove(this);
  }

  /* A session that has failed may have lost its place: its client comes back and resumes. */
  @Override
  public void actionFailed() {
    close(CloseCodes.INTERNAL, "Internal error");
  }

  @Override
  void abort() {
    channel.close();
  }

  /** Sets the observer of the code with which this side closes the connection. */
  public void observeClose(IntConsumer observer) {
    closeObserver = observer;
  }

  /** Keeps a slot until the connection is gone. */
  public void keep(ConnectionLimits.Slot slot) {
    loop.run(() -> {
      if (channel.isActive()) {
        slots.keep(slot);
      } else {
        slot.release();
      }
    });
  }

  /** Keeps a slot until the client is verified, or the connection is gone. */
  public void keepUntilVerified(ConnectionLimits.Slot slot) {
    slots.keepUntilVerified(slot);
  }

  @Override
  public boolean reserve(Principal who, @Nullable String resource) {
    var slot = loop.limits().acquire(who, resource);
    if (slot != null) {
      keep(slot);
    }
    return slot != null;
  }

  @Override
  public void adopt(Principal who, Expiry how) {
    loop.run(() -> {
      slots.verified();
      credential.adopt(who, how);
      loop.lookSoonAt(this); // it may have ended while it was being verified
    });
  }

  @Override
  public Cancellable after(Duration delay, Runnable action) {
    var task = (Runnable) () -> executeIfOpen(action);
    var future = LoopTasks.schedule(channel.eventLoop(), task, delay.toMillis());
    return future == null ? () -> {} : () -> future.cancel(false);
  }

  private void executeIfOpen(Runnable action) {
    if (open()) {
      actions.execute(action);
    }
  }

  @Override
  public Cancellable heartbeat(
      Duration interval, boolean onlyWhenSilent, Supplier<@Nullable Frame> frame) {
    var beat = new Heartbeat.Beat(interval.toMillis(), onlyWhenSilent, frame, loop.now());
    loop.run(() -> {
      heartbeat.add(beat);
      loop.lookSoonAt(this);
    });
    return () -> loop.run(() -> heartbeat.remove(beat));
  }

  /**
   * Does what is due: heartbeats, pings, and closing connections that are silent, slow to close, or
   * without a valid credential.
   */
  @Override
  long look(long now, long wallClock) {
    if (!heartbeat.quiet(now)) {
      doWhatIsDue(now);
    }
    checkCredential(wallClock);
    var lasts = output.ended() ? Long.MAX_VALUE : credential.end() - wallClock;
    return Math.min(heartbeat.quietUntil() - now, lasts) + now;
  }

  private void doWhatIsDue(long now) {
    watches.noteWrites(heartbeat);
    for (var frame : heartbeat.due(now, output.ended())) {
      write(frame);
    }
    switch (heartbeat.judge(now)) {
      case ALIVE -> {}
      case PING -> {
        heartbeat.pinged(now);
        output.ping();
      }
      case IDLE -> closeOnLoop(CloseCodes.GOING_AWAY, "Idle timeout");
      case DEAD -> channel.close();
    }
    heartbeat.lookedAfter();
  }

  private void checkCredential(long wallClock) {
    var close = output.ended() ? null : credential.invalid(wallClock, loop.credentials());
    if (close != null) {
      closeOnLoop(close.code(), close.reason());
    }
  }
}
