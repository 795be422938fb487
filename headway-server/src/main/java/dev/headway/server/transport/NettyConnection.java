package dev.headway.server.transport;

import dev.headway.core.account.Principal;
import dev.headway.core.topic.Cursor;
import dev.headway.core.topic.Dialect;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Topic;
import dev.headway.server.socket.CloseCodes;
import dev.headway.server.socket.Connection;
import dev.headway.server.socket.ConnectionLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.unix.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection on its event loop: a WebSocket, or an event stream over HTTP. Its public
 * methods may be called by any thread and take effect on the loop, in order.
 */
@SuppressWarnings(
    "FutureReturnValueIgnored") // a write that fails closes the channel, which is noticed
final class NettyConnection extends TimingWheel.Entry<NettyConnection> implements Connection {
  /** A client whose unread bytes pass this is closed: it does not read what it asks for. */
  private static final long MAX_UNREAD = 1024 * 1024;

  private final Channel channel;
  private final Framing framing;
  private final LoopState loop;
  private final Turns turns;
  private final Pulse pulse;
  private final boolean straight;
  private final List<LiveFollowing> followings = new ArrayList<>(1);
  private @Nullable Deflation deflation;
  private @Nullable Principal principal;
  private Expiry expiry = Expiry.POLICY;
  private final List<ConnectionLimits.Slot> slots = new ArrayList<>(2);
  private IntConsumer closeObserver = _ -> {};
  private boolean closing;

  NettyConnection(Channel channel, Framing framing, LoopState loop, Pulse pulse) {
    this.channel = channel;
    this.framing = framing;
    this.loop = loop;
    this.pulse = pulse;
    this.straight = StraightWrite.possible(channel);
    this.turns = new Turns(loop.shared().workers());
  }

  /** The client has agreed on compression. Called before anything is sent. */
  void compress() {
    deflation = loop.deflation();
  }

  Turns turns() {
    return turns;
  }

  Pulse pulse() {
    return pulse;
  }

  ByteBufAllocator memory() {
    return channel.alloc();
  }

  boolean writable() {
    return !closing && channel.isWritable();
  }

  void onLoop(Runnable action) {
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
    var sent = deflation == null ? frame : deflation.deflate(frame);
    var length = sent.bytes().length;
    var bytes = memory().directBuffer(length + framing.overhead(length));
    framing.write(sent, bytes);
    writeOwned(bytes);
    if (channel.bytesBeforeWritable() > MAX_UNREAD) {
      close(CloseCodes.TOO_SLOW, "Too slow");
    }
  }

  /**
   * Writes bytes that others are sent, too: straight to the socket where that is possible; what it
   * does not take at once waits in the channel's queue.
   *
   * @return the socket when it took all of them, so that it may be written to straight the next
   *     time; else null
   */
  @Nullable Socket writeShared(ByteBuf bytes) {
    var socket = straight ? StraightWrite.free(channel) : null;
    var taken = socket == null ? 0 : StraightWrite.write(socket, bytes);
    if (taken < bytes.readableBytes()) {
      writeRest(bytes, taken);
      return null;
    }
    pulse.sent(loop.now());
    return socket;
  }

  /** Lets the part of shared bytes wait that the socket has not taken. */
  void writeRest(ByteBuf bytes, int taken) {
    writeOwned(bytes.retainedSlice(bytes.readerIndex() + taken, bytes.readableBytes() - taken));
  }

  private void writeOwned(ByteBuf bytes) {
    pulse.sent(loop.now());
    enqueue(bytes);
  }

  /* Everything that goes through the channel while something is followed comes past here. */
  private void enqueue(ByteBuf bytes) {
    channel.writeAndFlush(bytes, channel.voidPromise());
    if (straight && StraightWrite.free(channel) == null) {
      followings.forEach(LiveFollowing::blocked);
    }
  }

  @Override
  public Cancellable subscribe(Topic topic, Dialect dialect, Cursor from, Watcher watcher) {
    var following = new LiveFollowing(this, watcher, from.offset());
    onLoop(() -> startFollowing(following, topic, audience(dialect)));
    return following;
  }

  private Audience audience(Dialect dialect) {
    return new Audience(deflation == null ? dialect : new Deflated(dialect, deflation), framing);
  }

  private void startFollowing(LiveFollowing following, Topic topic, Audience audience) {
    if (following.active() && open()) {
      followings.add(following);
      loop.fanout().add(following, topic, audience);
    }
  }

  void stopFollowing(LiveFollowing following) {
    if (following.active()) {
      following.deactivate();
      followings.remove(following);
      loop.fanout().remove(following);
    }
  }

  /** The socket takes bytes again: sends what came meanwhile. */
  void writableAgain() {
    for (var following : List.copyOf(followings)) {
      loop.fanout().catchUp(following);
    }
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
    List.copyOf(followings).forEach(this::stopFollowing);
    switch (framing) {
      case WEB_SOCKET -> channel.writeAndFlush(closeFrame(code, reason), channel.voidPromise());
      case CHUNK ->
          channel
              .writeAndFlush(Unpooled.copiedBuffer("0\r\n\r\n", StandardCharsets.US_ASCII))
              .addListener(ChannelFutureListener.CLOSE);
    }
    pulse.closing(loop.now());
    loop.lookSoonAt(this);
  }

  private ByteBuf closeFrame(int code, String reason) {
    var text = reason.getBytes(StandardCharsets.UTF_8);
    var length = Math.min(text.length, 123);
    return memory()
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
    List.copyOf(followings).forEach(this::stopFollowing);
    if (echo) {
      channel.writeAndFlush(closeFrame(code, "")).addListener(ChannelFutureListener.CLOSE);
    } else {
      channel.close();
    }
  }

  /** The channel is gone: nothing is followed any more, and the limits are free. */
  void gone() {
    closing = true;
    List.copyOf(followings).forEach(this::stopFollowing);
    slots.forEach(ConnectionLimits.Slot::release);
    slots.clear();
  }

  /** Told of the code when this side closes the connection. */
  void observeClose(IntConsumer observer) {
    closeObserver = observer;
  }

  /** Keeps a slot until the connection is gone. */
  void keep(ConnectionLimits.Slot slot) {
    onLoop(() -> {
      if (channel.isActive()) {
        slots.add(slot);
      } else {
        slot.release();
      }
    });
  }

  @Override
  public boolean reserve(Principal who, @Nullable String resource) {
    var slot = loop.shared().limits().acquire(who, resource);
    if (slot != null) {
      keep(slot);
    }
    return slot != null;
  }

  @Override
  public void adopt(Principal who, Expiry how) {
    onLoop(() -> {
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
    } else if (!loop.shared().credentials().holds(who)) {
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
        channel.eventLoop().schedule(() -> inTurn(action), delay.toMillis(), TimeUnit.MILLISECONDS);
    return () -> future.cancel(false);
  }

  private void inTurn(Runnable action) {
    if (open()) {
      turns.execute(action);
    }
  }

  @Override
  public Cancellable heartbeat(
      Duration interval, boolean onlyWhenSilent, Supplier<@Nullable Frame> frame) {
    var beat = new Pulse.Beat(interval.toMillis(), onlyWhenSilent, frame, loop.now());
    onLoop(() -> {
      pulse.add(beat);
      loop.lookSoonAt(this);
    });
    return () -> onLoop(() -> pulse.remove(beat));
  }

  /**
   * Does what is due: heartbeats, pings, and closing what is silent or slow to close, or whose
   * credential has ended.
   *
   * @return when it is to be looked at again, at the latest
   */
  long look(long now, long wallClock) {
    if (!pulse.quiet(now)) {
      doWhatIsDue(now);
    }
    checkCredential(wallClock);
    var lasts = closing ? Long.MAX_VALUE : credentialEnd() - wallClock;
    return Math.min(pulse.quietUntil() - now, lasts) + now;
  }

  private void doWhatIsDue(long now) {
    followings.forEach(following -> pulse.sent(following.sentAt()));
    for (var frame : pulse.due(now, closing)) {
      write(frame);
    }
    switch (pulse.judge(now)) {
      case ALIVE -> {}
      case PING -> ping(now);
      case IDLE -> closeOnLoop(CloseCodes.GOING_AWAY, "Idle timeout");
      case DEAD -> channel.close();
    }
    pulse.lookedAfter();
  }

  private void ping(long now) {
    pulse.pinged(now);
    if (framing == Framing.WEB_SOCKET) {
      enqueue(memory().directBuffer(2).writeShort(0x8900));
    }
  }

  /** Answers a ping. */
  void pong(ByteBuf payload) {
    var bytes = memory().directBuffer(payload.readableBytes() + 2);
    enqueue(bytes.writeByte(0x8A).writeByte(payload.readableBytes()).writeBytes(payload));
  }
}
