package dev.headway.server.transport.socket;

import dev.headway.core.topic.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The times at which a connection was last heard and last written to, and what is due by them:
 * pings, heartbeat frames, its end. All times are milliseconds of the loop's clock. Used on the
 * connection's loop.
 */
public final class Heartbeat {
  /**
   * The intervals of a kind of connection, in milliseconds.
   *
   * @param ping between two pings; 0 for none
   * @param pong the longest time to the answer of a ping
   * @param idle the longest silence of the peer
   * @param close the longest time to the answer of a close
   */
  public record Intervals(long ping, long pong, long idle, long close) {
    /** A time that does not come, and can be added to another without overflow. */
    public static final long NEVER = Long.MAX_VALUE / 4;
  }

  /** The next step with a connection. */
  enum Verdict {
    ALIVE,
    PING,
    IDLE,
    DEAD
  }

  /** A frame that is sent periodically. */
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
  private List<Beat> beats = List.of();
  private long lastHeard;
  private long lastSent;
  private long lastPing;
  private boolean awaitingPong;
  private long closingSince = -1;
  private long quietUntil;

  /**
   * @param firstPing the time of the first ping: connections that are made together shall not be
   *     pinged together
   */
  public Heartbeat(Intervals intervals, long now, long firstPing) {
    this.intervals = intervals;
    this.lastHeard = now;
    this.lastSent = now;
    this.lastPing = firstPing - intervals.ping();
  }

  /** Notes a sign of life of the peer. */
  void heard(long now) {
    lastHeard = now;
    awaitingPong = false;
  }

  /** Notes a write at this time or later. */
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
    var more = new ArrayList<>(beats);
    more.add(beat);
    beats = List.copyOf(more);
    quietUntil = 0;
  }

  void remove(Beat beat) {
    beats = beats.stream().filter(other -> other != beat).toList();
  }

  /** Returns the heartbeat frames that are due. */
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

  /** Returns whether nothing can be due yet. */
  boolean quiet(long now) {
    return now < quietUntil;
  }

  /** The time before which nothing can be due. */
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
