package dev.headway.server.transport.socket;

import dev.headway.core.account.Principal;
import dev.headway.core.topic.Cursor;
import dev.headway.core.topic.Dialect;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Topic;
import dev.headway.server.socket.CloseCodes;
import dev.headway.server.socket.Connection;
import dev.headway.server.socket.ConnectionLimits;
import dev.headway.server.transport.fanout.DirectWrite;
import dev.headway.server.transport.fanout.Encoding;
import dev.headway.server.transport.fanout.Framing;
import dev.headway.server.transport.fanout.Outlet;
import dev.headway.server.transport.fanout.Subscription;
import dev.headway.server.transport.fanout.TopicFanout;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.unix.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection on its event loop: a WebSocket, or an event stream over HTTP. The methods
 * of {@link Connection} may be called by any thread and take effect on the loop, in order.
 */
@SuppressWarnings(
    "FutureReturnValueIgnored") // a write that fails closes the channel, which is noticed
public final class NettyConnection extends TimingWheel.Entry<NettyConnection>
    implements Connection, Outlet {
  /** The bytes that may wait for a client that does not read the answers to its requests. */
  private static final long MAX_UNREAD = 1024 * 1024;

  private final Channel channel;
  private final ConnectionLoop loop;
  private final Heartbeat heartbeat;
  private final SerialExecutor actions;
  private final boolean direct;
  private final List<TopicWatch> watches = new ArrayList<>(1);
  private final List<ConnectionLimits.Slot> slots = new ArrayList<>(2);
  private final Framing framing;
  private ConnectionLimits.@Nullable Slot unverified;
  private @Nullable Deflation deflation;
  private @Nullable Principal principal;
  private Expiry expiry = Expiry.POLICY;
  private IntConsumer closeObserver = _ -> {};
  private boolean closing;

  /**
   * @param framing how frames go out: as messages of a WebSocket, or as chunks of a stream
   */
  public NettyConnection(
      Channel channel, Framing framing, ConnectionLoop loop, Heartbeat heartbeat) {
    this.channel = channel;
    this.framing = framing;
    this.loop = loop;
    this.heartbeat = heartbeat;
    this.direct = DirectWrite.possible(channel);
    this.actions = new SerialExecutor(loop.workers());
  }

  /** Turns compression on. Called before anything is sent. */
  public void compress() {
    deflation = loop.deflation();
  }

  /** Runs the session's actions, one after the other. */
  public Executor actions() {
    return actions;
  }

  Heartbeat heartbeat() {
    return heartbeat;
  }

  @Override
  public boolean writable() {
    return !closing && channel.isWritable();
  }

  private void onLoop(Runnable action) {
    if (channel.eventLoop().inEventLoop()) {
      action.run();
    } else {
      channel.eventLoop().execute(action);
    }
  }

  @Override
  public boolean open() {
    return channel.isActive() && !closing;
  }

  @Override
  public void send(Frame frame) {
    onLoop(() -> write(frame));
  }

  private void write(Frame frame) {
    if (closing) {
      return;
    }
    var sent = deflation == null ? frame : deflation.message(frame);
    var wrapping = deflation == null ? framing : Framing.WHOLE_MESSAGE;
    var length = sent.bytes().length;
    var bytes = channel.alloc().directBuffer(length + wrapping.overhead(length));
    wrapping.write(sent, bytes);
    writeOwned(bytes);
    if (channel.bytesBeforeWritable() > MAX_UNREAD) {
      close(CloseCodes.TOO_SLOW, "Too slow");
    }
  }

  @Override
  public @Nullable Socket writeShared(ByteBuf bytes) {
    var socket = direct ? DirectWrite.free(channel) : null;
    var taken = socket == null ? 0 : DirectWrite.write(socket, bytes);
    var rest = bytes.readableBytes() - taken;
    if (rest > 0) {
      writeOwned(bytes.retainedSlice(bytes.readerIndex() + taken, rest));
      return null;
    }
    heartbeat.sent(loop.now());
    return socket;
  }

  private void writeOwned(ByteBuf bytes) {
    heartbeat.sent(loop.now());
    enqueue(bytes);
  }

  /* All bytes that go through the channel after a first subscription pass here. */
  private void enqueue(ByteBuf bytes) {
    channel.writeAndFlush(bytes, channel.voidPromise());
    if (direct && DirectWrite.free(channel) == null) {
      watches.forEach(TopicWatch::blocked);
    }
  }

  @Override
  public Cancellable subscribe(Topic topic, Dialect dialect, Cursor from, Watcher watcher) {
    var watch = new TopicWatch(watcher);
    onLoop(() -> watch.start(topic, encoding(dialect), from.offset()));
    return watch;
  }

  private Encoding encoding(Dialect dialect) {
    return deflation == null
        ? new Encoding(dialect, framing)
        : new Encoding(new DeflatedDialect(dialect, deflation), Framing.WHOLE_MESSAGE);
  }

  /** A session's subscription, as long as it lasts. Used on the loop, but for {@link #cancel}. */
  private final class TopicWatch implements Cancellable, Watcher {
    private final Watcher watcher;
    private @Nullable TopicFanout fanout;
    private @Nullable Subscription subscription;
    private boolean over;

    TopicWatch(Watcher watcher) {
      this.watcher = watcher;
    }

    void start(Topic topic, Encoding encoding, long offset) {
      if (over || !open()) {
        return;
      }
      watches.add(this);
      fanout = loop.fanout(topic);
      subscription = new Subscription(NettyConnection.this, this, offset);
      fanout.add(subscription, encoding);
    }

    @Override
    public void cancel() {
      onLoop(this::stop);
    }

    void stop() {
      over = true;
      if (watches.remove(this) && fanout != null && subscription != null) {
        fanout.remove(subscription);
      }
    }

    void catchUp() {
      if (fanout != null && subscription != null) {
        fanout.catchUp(subscription);
      }
    }

    void blocked() {
      if (subscription != null) {
        subscription.blocked();
      }
    }

    long sentAt() {
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
      watches.remove(this);
      actions.execute(() -> callback.accept(watcher));
    }
  }

  /** Sends what was appended while the socket took no bytes. */
  public void writableAgain() {
    List.copyOf(watches).forEach(TopicWatch::catchUp);
  }

  @Override
  public void close(int code, String reason) {
    onLoop(() -> closeOnLoop(code, reason));
  }

  private void closeOnLoop(int code, String reason) {
    if (closing) {
      return;
    }
    closing = true;
    closeObserver.accept(code);
    stopWatches();
    switch (framing) {
      case WEB_SOCKET, WHOLE_MESSAGE ->
          channel.writeAndFlush(closeFrame(code, reason), channel.voidPromise());
      case CHUNK ->
          channel
              .writeAndFlush(Unpooled.copiedBuffer("0\r\n\r\n", StandardCharsets.US_ASCII))
              .addListener(ChannelFutureListener.CLOSE);
    }
    heartbeat.closing(loop.now());
    loop.lookSoonAt(this);
  }

  private void stopWatches() {
    List.copyOf(watches).forEach(TopicWatch::stop);
  }

  private ByteBuf closeFrame(int code, String reason) {
    var text = reason.getBytes(StandardCharsets.UTF_8);
    var length = Math.min(text.length, 123);
    return channel
        .alloc()
        .directBuffer(length + 4)
        .writeByte(0x88)
        .writeByte(length + 2)
        .writeShort(code)
        .writeBytes(text, 0, length);
  }

  /** The peer has answered, or begun, the closing handshake. */
  void peerClosed(int code) {
    var echo = !closing;
    closing = true;
    stopWatches();
    if (echo) {
      channel.writeAndFlush(closeFrame(code, "")).addListener(ChannelFutureListener.CLOSE);
    } else {
      channel.close();
    }
  }

  /** Ends all subscriptions and gives back all slots: the channel is gone. */
  public void gone() {
    closing = true;
    stopWatches();
    slots.forEach(ConnectionLimits.Slot::release);
    slots.clear();
    releaseUnverified();
    loop.remove(this);
  }

  /** Sets the observer of the code with which this side closes the connection. */
  public void observeClose(IntConsumer observer) {
    closeObserver = observer;
  }

  /** Keeps a slot until the connection is gone. */
  public void keep(ConnectionLimits.Slot slot) {
    onLoop(() -> {
      if (channel.isActive()) {
        slots.add(slot);
      } else {
        slot.release();
      }
    });
  }

  /** Keeps a slot until the client is verified, or the connection is gone. */
  public void keepUntilVerified(ConnectionLimits.Slot slot) {
    unverified = slot;
  }

  private void releaseUnverified() {
    if (unverified != null) {
      unverified.release();
      unverified = null;
    }
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
    onLoop(() -> {
      releaseUnverified();
      principal = who;
      expiry = how;
      loop.lookSoonAt(this); // it may have ended while it was being verified
    });
  }

  /* Closes the connection when its credential has ended or was revoked. */
  private void checkCredential(long wallClock) {
    var who = principal;
    if (who == null || closing) {
      return;
    }
    if (credentialEnd() <= wallClock) {
      closeOnLoop(expiry.expired().code(), expiry.expired().reason());
    } else if (!loop.credentials().holds(who)) {
      closeOnLoop(expiry.revoked().code(), expiry.revoked().reason());
    }
  }

  /* In milliseconds of the wall clock; far off when there is none. */
  private long credentialEnd() {
    var shown = principal == null ? null : principal.shown();
    var end = shown == null ? null : shown.expiresAt();
    return end == null ? Long.MAX_VALUE : end.toEpochMilli();
  }

  @Override
  public Cancellable after(Duration delay, Runnable action) {
    var future =
        channel
            .eventLoop()
            .schedule(() -> executeIfOpen(action), delay.toMillis(), TimeUnit.MILLISECONDS);
    return () -> future.cancel(false);
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
    onLoop(() -> {
      heartbeat.add(beat);
      loop.lookSoonAt(this);
    });
    return () -> onLoop(() -> heartbeat.remove(beat));
  }

  /**
   * Does what is due: heartbeats, pings, and closing connections that are silent, slow to close, or
   * without a valid credential.
   *
   * @return the time of the next look, at the latest
   */
  long look(long now, long wallClock) {
    if (!heartbeat.quiet(now)) {
      doWhatIsDue(now);
    }
    checkCredential(wallClock);
    var lasts = closing ? Long.MAX_VALUE : credentialEnd() - wallClock;
    return Math.min(heartbeat.quietUntil() - now, lasts) + now;
  }

  private void doWhatIsDue(long now) {
    watches.forEach(watch -> heartbeat.sent(watch.sentAt()));
    for (var frame : heartbeat.due(now, closing)) {
      write(frame);
    }
    switch (heartbeat.judge(now)) {
      case ALIVE -> {}
      case PING -> ping(now);
      case IDLE -> closeOnLoop(CloseCodes.GOING_AWAY, "Idle timeout");
      case DEAD -> channel.close();
    }
    heartbeat.lookedAfter();
  }

  private void ping(long now) {
    heartbeat.pinged(now);
    if (framing == Framing.WEB_SOCKET) {
      enqueue(channel.alloc().directBuffer(2).writeShort(0x8900));
    }
  }

  /** Answers a ping. */
  void pong(ByteBuf payload) {
    var bytes = channel.alloc().directBuffer(payload.readableBytes() + 2);
    enqueue(bytes.writeByte(0x8A).writeByte(payload.readableBytes()).writeBytes(payload));
  }
}
