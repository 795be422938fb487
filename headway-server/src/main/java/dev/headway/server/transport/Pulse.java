package dev.headway.server.transport;

import dev.headway.core.topic.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * When a connection was last heard and last spoken to, and what follows from it. All times are
 * milliseconds of the loop's clock. Used on the connection's loop.
 */
final class Pulse {
  /**
   * The intervals of a kind of connection, in milliseconds.
   *
   * @param ping how often the peer is pinged; 0 for never
   * @param pong how long it may take to answer
   * @param idle how long it may be silent
   * @param close how long it may take to answer a close
   */
  record Intervals(long ping, long pong, long idle, long close) {
    /** Longer than any server runs, and short enough to be added to a time. */
    static final long NEVER = Long.MAX_VALUE / 4;
  }

  /** What is to be done about a connection. */
  enum Verdict {
    ALIVE,
    PING,
    IDLE,
    DEAD
  }

  /** A frame that is sent again and again. */
  static final class Beat {
    private final long interval;
    private final boolean onlyWhenSilent;
    private final Supplier<@Nullable Frame> frame;
    private long since;

    Beat(long interval, boolean onlyWhenSilent, Supplier<@Nullable Frame> frame, long now) {
      this.interval = interval;
      this.onlyWhenSilent = onlyWhenSilent;
      this.frame = frame;
      this.since = now;
    }
  }

  private final Intervals intervals;
  private final List<Beat> beats = new ArrayList<>(0);
  private long lastHeard;
  private long lastSent;
  private long lastPing;
  private boolean awaitingPong;
  private long closingSince = -1;
  private long quietUntil;

  /**
   * @param firstPing the moment of the first ping, so that connections made together do not stay
   *     together
   */
  Pulse(Intervals intervals, long now, long firstPing) {
    this.intervals = intervals;
    this.lastHeard = now;
    this.lastSent = now;
    this.lastPing = firstPing - intervals.ping();
  }

  void heard(long now) {
    lastHeard = now;
    awaitingPong = false;
  }

  /** Something was sent at this moment or later. */
  void sent(long now) {
    lastSent = Math.max(lastSent, now);
  }

  void pinged(long now) {
    lastPing = now;
    awaitingPong = true;
  }

  void closing(long now) {
    closingSince = now;
    quietUntil = now;
  }

  void add(Beat beat) {
    beats.add(beat);
    quietUntil = 0;
  }

  void remove(Beat beat) {
    beats.remove(beat);
  }

  /** The heartbeats whose time has come. */
  List<Frame> due(long now, boolean closing) {
    if (beats.isEmpty() || closing) {
      return List.of();
    }
    var frames = new ArrayList<Frame>(1);
    for (var beat : beats) {
      var since = beat.onlyWhenSilent ? Math.max(beat.since, lastSent) : beat.since;
      if (now - since >= beat.interval) {
        beat.since = now;
        var frame = beat.frame.get();
        if (frame != null) {
          frames.add(frame);
        }
      }
    }
    return frames;
  }

  Verdict judge(long now) {
    if (closingSince >= 0) {
      return now - closingSince >= intervals.close() ? Verdict.DEAD : Verdict.ALIVE;
    }
    if (awaitingPong && now - lastPing >= intervals.pong()) {
      return Verdict.DEAD;
    }
    if (now - lastHeard >= intervals.idle()) {
      return Verdict.IDLE;
    }
    var due = intervals.ping() > 0 && !awaitingPong && now - lastPing >= intervals.ping();
    return due ? Verdict.PING : Verdict.ALIVE;
  }

  /** Whether nothing can be due yet. */
  boolean quiet(long now) {
    return now < quietUntil;
  }

  /** Until when nothing can be due. */
  long quietUntil() {
    return quietUntil;
  }

  /* What is heard and sent meanwhile puts things off, so that this may only be too early. */
  void lookedAfter() {
    if (closingSince >= 0) {
      quietUntil = closingSince + intervals.close();
      return;
    }
    quietUntil = Math.min(nextPing(), lastHeard + intervals.idle());
    for (var beat : beats) {
      var since = beat.onlyWhenSilent ? Math.max(beat.since, lastSent) : beat.since;
      quietUntil = Math.min(quietUntil, since + beat.interval);
    }
  }

  /* An answer in time does not change this, even where pings come faster than it has to. */
  private long nextPing() {
    if (intervals.ping() == 0) {
      return Long.MAX_VALUE;
    }
    var interval = awaitingPong ? Math.min(intervals.ping(), intervals.pong()) : intervals.ping();
    return lastPing + interval;
  }
}
